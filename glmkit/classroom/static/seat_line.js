// The way to the class: what is new comes by asking again and again, what is done goes one by one.

const PIECE = 60000; // bytes of a recording in one request: a desk takes 65,536
const AGAIN = 2000; // ms until another try, where nobody answers
const BETWEEN = 60; // ms between two looks while an answer comes in

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** This tab's line to a desk. Tells `onfirst` (once a stay), `onmessage`, `onseat`, and `onend` where it is over. */
export class SeatLine {
  constructor(desk, tells) {
    Object.assign(this, { desk, ...tells });
    this.tab = Array.from(window.crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");
    this.doing = Promise.resolve();
    this.heard = []; // pieces of the microphone's that wait for their request
    this.live = false;
  }

  /** Looks for news as long as this tab has the conversation. */
  async follow() {
    let lost = false;
    this.live = true;
    this.newest = "";
    while (this.live) {
      try {
        const found = await this.desk.ask(this.path("live", { after: this.newest, seat: this.mark }));
        if (lost) this.onback();
        lost = false;
        this.take(found);
        await pause(BETWEEN);
      } catch (error) {
        if (error.status) return this.end(error);
        if (!lost) this.onlost();
        lost = true;
        await pause(AGAIN);
      }
    }
  }

  take(found) {
    const anew = this.run !== undefined && this.run !== found.run;
    if (anew && !found.lines) return (this.newest = ""); // what a page is told once is asked for next
    if (found.lines) {
      this.desk.token = found.token;
      this.onfirst(found, anew);
    }
    this.run = found.run;
    this.mark = found.seat.mark;
    for (const message of found.messages ?? []) this.onmessage(message);
    this.onseat(found.seat);
    this.newest = found.newest;
  }

  end(error) {
    this.live = false;
    this.onend(error);
  }

  /** Does one thing, after those before it. */
  do(what, more = {}) {
    return this.after(() => this.desk.post(this.path("do"), { do: what, ...more }));
  }

  /** Stops whatever goes on, at once: nothing that waits in this tab comes before. */
  stop() {
    return this.desk.post(this.path("do"), { do: "stop" });
  }

  /** A piece of what the microphone hears; over a slow line those that wait go together. */
  sound(bytes) {
    this.heard.push(bytes);
    return this.after(() => this.sendHeard());
  }

  async sendHeard() {
    const now = [];
    for (let size = 0; this.heard.length && size + this.heard[0].byteLength <= PIECE; size += now.at(-1).byteLength)
      now.push(this.heard.shift());
    if (now.length) await this.raw("sound", {}, new Blob(now));
  }

  /** A recording, piece by piece. */
  file(bytes, decoded) {
    return this.after(async () => {
      for (let at = 0; at < bytes.byteLength; at += PIECE)
        await this.raw("file", { at, bytes: bytes.byteLength, decoded }, bytes.slice(at, at + PIECE));
    });
  }

  turn(number) {
    return this.desk.ask(this.path("turn", { number }));
  }

  leave() {
    return this.desk.post(this.path("leave"), {});
  }

  raw(name, fields, bytes) {
    const headers = { "Content-Type": "application/octet-stream", "X-Glmkit-Token": this.desk.token };
    return this.desk.ask(this.path(name, fields), { method: "POST", headers, body: bytes });
  }

  path(name, fields = {}) {
    const address = new URL(`talk/${name}`, location.href);
    for (const [key, value] of Object.entries({ tab: this.tab, ...fields }))
      if (value !== undefined) address.searchParams.set(key, value);
    return address.href;
  }

  /** One request behind the other, so that nothing overtakes; what failed is told, and goes on. */
  after(asking) {
    const done = this.doing.then(asking);
    this.doing = done.catch(() => {});
    return done;
  }
}
