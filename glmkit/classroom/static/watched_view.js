// A view that is looked at for ever; where nobody answers, that is said once and tried again.

const BETWEEN = 400; // ms between two looks, so that a lively class does not flood the page
const AGAIN = 2000; // ms until another try, where nobody answers

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Shows what `look(mark)` gives, again and again; over when the visit is, and then says why. `tell(words, wrong)`. */
export async function watch({ look, show, tell, say, lang }) {
  let seen = "", lost = false, at = "";
  for (;;) {
    try {
      const found = await look(seen);
      if (lost) tell(say("back"));
      lost = false;
      seen = found.mark;
      at = new Date().toLocaleTimeString(lang);
      show(found);
      await pause(BETWEEN);
    } catch (error) {
      if (error.status === 401) return error.message;
      if (!lost) tell(say("lost", { time: at }), true);
      lost = true;
      await pause(AGAIN);
    }
  }
}
