// A pupil's page: a seat of the class in any browser there.

import { ClassPage } from "./class_page.js";
import { ConversationView } from "./conversation_view.js";
import { make, mark, write } from "./elements.js";
import { handInForm } from "./hand_in_form.js";
import { Loudspeaker } from "./loudspeaker.js";
import { SayPanel } from "./say_panel.js";
import { SeatLine } from "./seat_line.js";

class PupilPage extends ClassPage {
  constructor(root) {
    super(root);
    this.state = "ready";
    this.seat = null;
    this.lost = false; // while the class does not answer
    this.line = new SeatLine(this.desk, {
      onfirst: (found, anew) => this.first(found, anew),
      onmessage: (message) => this.told(message),
      onseat: (seat) => this.stands(seat),
      onend: (error) => this.ended(error),
      onlost: () => this.reaches(false),
      onback: () => this.reaches(true),
    });
    this.loudspeaker = new Loudspeaker({
      onheard: (report) => this.line.do("heard", report).catch(() => {}), // it is only counted
      onchange: () => this.show(),
    });
    this.build();
  }

  build() {
    const { say, line } = this;
    this.heading = make("h1");
    this.used = make("span", { class: "quiet" });
    this.behind = make("p", { class: "quiet" });
    this.standing = make("p", { class: "standing", role: "status" });
    this.status.setAttribute("role", "alert");
    this.enable = make("p", { hidden: true }, `${say("no_sound")} `,
      make("button", { type: "button", onclick: () => this.loudspeaker.prepare() }, say("enable_sound")));
    this.view = new ConversationView({ say, line });
    this.panel = new SayPanel({ say, line, begins: () => this.begins(), tell: (words, wrong) => this.tell(words, wrong) });
    this.panel.stopped = () => this.loudspeaker.flush();
    this.handing = make("div");
  }

  begin() {
    this.line.follow();
  }

  /** What the page is told once: it is drawn, with what was said before. */
  first(found, anew) {
    write(this.heading, this.say("heading", { name: found.name }));
    write(this.behind, this.say("behind", { answers: found.behind }));
    this.panel.show(found);
    this.handing.replaceChildren(handInForm({
      say: this.say, lessons: found.lessons, tell: (...said) => this.tell(...said),
      done: (what, more) => this.panel.told(this.line.do(what, more)),
    }));
    if (anew) this.anew();
    else this.view.forget();
    this.root.replaceChildren(this.bar(), this.behind, make("div", { class: "seat" },
      make("div", { class: "acts" }, this.standing, this.status, this.enable, this.panel.element, this.handing), this.view.element));
    for (const message of found.lines) this.told(message);
  }

  /** The class was started anew: what it numbers now is other turns than those shown. */
  anew() {
    this.state = "ready";
    this.view.close();
    this.view.note(`run ${Date.now()}`, this.say("run_anew"));
  }

  bar() {
    return make("div", { class: "bar" }, this.heading, this.used, this.otherLanguage(),
      make("button", { type: "button", class: "small", onclick: () => this.leave() }, this.say("leave")));
  }

  /** Whether the class answers. */
  reaches(there) {
    this.lost = !there;
    this.tell(this.say(there ? "back" : "lost"), !there);
  }

  /** That nothing is wrong is not said while the class does not answer. */
  tell(words, wrong = false) {
    if (words || !this.lost) super.tell(words, wrong);
  }

  /** A click or a key leads to an answer: what sounds stops, and what comes may sound. */
  begins() {
    this.tell("");
    this.loudspeaker.prepare();
    this.loudspeaker.flush();
  }

  told(message) {
    const act = {
      said: () => this.view.said(message),
      turn: () => this.view.turned(message),
      note: () => this.view.note(message.id, message.words),
      play: () => this.loudspeaker.play(message.id, bytesOf(message.sound)),
      end: () => this.loudspeaker.end(message.id),
      flush: () => this.loudspeaker.flush(),
      decode: () => this.panel.decode(),
      state: () => { this.state = message.state; },
    }[message.type];
    act?.();
    this.show();
  }

  stands(seat) {
    this.seat = seat;
    this.show();
  }

  show() {
    if (!this.seat) return;
    write(this.standing, this.standingWords());
    mark(this.standing, "data-state", this.loudspeaker.sounding ? "sounding" : this.state);
    write(this.used, this.usedWords());
    this.panel.hold(this.isStopped());
    this.enable.hidden = !this.loudspeaker.held;
  }

  /** The teacher's doing: nothing can be said until it is allowed again. */
  isStopped() {
    return this.seat.stopped || this.seat.denied === "class_stopped";
  }

  standingWords() {
    const { denied, doing, before, wait_seconds: seconds } = this.seat;
    if (this.isStopped()) return this.say("state_stopped");
    if (before !== null) return this.say(seconds === null ? "queue" : "queue_about", { before, seconds: Math.round(seconds) });
    if (doing) return this.say(`state_${doing}`);
    if (this.loudspeaker.sounding) return this.say("state_sounding");
    if (denied === "class_closed") return this.say("state_shut");
    if (denied && this.state !== "saying" && this.state !== "answering") return this.say("state_denied");
    return this.say(`state_${this.state}`);
  }

  usedWords() {
    const { turns, minutes, limits } = this.seat;
    const most = ["turns", "minutes", "yuan"].filter((name) => limits[name] !== null)
      .map((name) => this.say(`most_${name}`, { most: limits[name] })).join(" · ");
    return this.say(most ? "used_of" : "used", { turns, minutes, most });
  }

  /** This tab is over: another one has the seat, or this browser has none. */
  ended(error) {
    this.loudspeaker.flush();
    const again = error.status === 401
      ? make("a", { href: `seat?lang=${this.lang}` }, this.say("take_seat"))
      : make("button", { type: "button", class: "main", onclick: () => this.line.follow() }, this.say("use_here"));
    this.root.replaceChildren(make("div", { class: "login" }, make("p", { role: "alert" }, error.message), again));
  }

  async leave() {
    await this.line.leave().catch(() => {});
    location.href = `seat?lang=${this.lang}`;
  }
}

function bytesOf(words) {
  const letters = atob(words), bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes.buffer;
}

new PupilPage(document.getElementById("page")).begin();
