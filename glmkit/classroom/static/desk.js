// What a page asks the class, each with a deadline; a refusal is an error that says why.

const PATIENCE = 15000; // ms: a view is held for six seconds, an act may take as long
const OPENING = 90000; // ms: a hand-in is opened behind one that may take half of that

/** What was refused, in words for the reader; `status` is HTTP's. */
export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** The class's desks, in the reader's language: the teacher's and the pupils'. */
export class Desk {
  constructor(lang) {
    this.lang = lang;
    this.token = "";
  }

  login(password) {
    return this.post("login", { password });
  }

  logout() {
    return this.post("logout", {});
  }

  act(what, more = {}) {
    return this.post("act", { do: what, ...more });
  }

  /** The class, once it is otherwise than what has this mark. */
  async live(mark) {
    const found = await this.ask(`live?after=${encodeURIComponent(mark)}`);
    this.token = found.token;
    return found;
  }

  /** The hand-ins as a table, once it is otherwise than what has this mark. */
  handed(mark) {
    return this.ask(`handed?after=${encodeURIComponent(mark)}`);
  }

  /** What is inside a hand-in. */
  opened(seat, name) {
    return this.read("opened", { seat, name });
  }

  /** A turn of a hand-in, for the player. */
  projected(seat, name, turn) {
    return this.read("projected", { seat, name, turn });
  }

  /** Asks until it was read, which may take longer than an answer may. */
  async read(path, query) {
    const until = performance.now() + OPENING; // which nobody sets
    for (;;) {
      const found = await this.ask(`${path}?${new URLSearchParams(query)}`);
      if (!found.reading) return found;
      if (performance.now() > until) throw new Refused(found.words, 504);
    }
  }

  post(path, body) {
    const headers = { "Content-Type": "application/json", "X-Glmkit-Token": this.token };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async ask(path, { headers = {}, ...options } = {}) {
    const answer = await fetch(path, {
      ...options,
      headers: { ...headers, "Accept-Language": this.lang },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const found = await answer.json();
    if (!answer.ok) throw new Refused(found.error.message, answer.status);
    return found;
  }
}
