// What was said, turn by turn; each turn has its timeline once it is over.

import { make, write } from "./elements.js";
import { turnTimeline } from "./turn_timeline.js";

const WHO = { you: "you", answer: "answer", tool: "tool", note: "note" };

/** The list; `line` gives the timelines. */
export class ConversationView {
  constructor({ say, line }) {
    Object.assign(this, { say, line });
    this.nothing = make("p", { class: "quiet" }, say("nothing_yet"));
    this.list = make("ol", { class: "said" });
    this.element = make("section", { class: "conversation", "aria-labelledby": "conversation" },
      make("h2", { id: "conversation" }, say("conversation")), this.nothing,
      make("div", { role: "log", "aria-labelledby": "conversation" }, this.list));
    this.forget();
  }

  forget() {
    this.turns = new Map();
    this.lines = new Map();
    this.list.replaceChildren();
    this.nothing.hidden = false;
  }

  /** What is there stays to be read; what comes now is of other turns and lines. */
  close() {
    for (const { fold } of this.turns.values()) fold?.remove();
    this.turns = new Map();
    this.lines = new Map();
  }

  /** One line, or one more word of it. */
  said({ id, who, words, turn }) {
    let line = this.lines.get(id);
    if (!line) {
      line = { words: make("span", { class: "words", dir: "auto" }), place: null };
      line.element = make("p", { class: `line ${WHO[who] ?? "note"}` }, make("b", {}, this.say(WHO[who] ?? "note")), " ", line.words);
      this.lines.set(id, line);
    }
    write(line.words, words);
    line.element.hidden = !words;
    this.put(line, turn ?? null);
  }

  /** Into its turn, or into none, at the end; of its turn the pupil's words come first. */
  put(line, turn) {
    if (line.place !== null && line.place === turn) return;
    if (line.element.isConnected && turn === null) return;
    line.place = turn;
    const holder = turn === null ? this.item() : this.turn(turn).lines;
    const last = line.item;
    if (line.element.classList.contains("you")) holder.prepend(line.element);
    else holder.append(line.element);
    line.item = turn === null ? holder : null;
    if (last && last !== holder && !last.childElementCount) last.remove();
    this.follow();
  }

  item() {
    const item = make("li");
    this.list.append(item);
    this.nothing.hidden = true;
    return item;
  }

  turn(number) {
    if (!this.turns.has(number)) {
      const lines = make("div"), item = this.item();
      item.className = "turn";
      item.append(make("h3", {}, this.say("turn", { number: number + 1 })), lines);
      this.turns.set(number, { item, lines, fold: null });
    }
    return this.turns.get(number);
  }

  /** A turn began, or is over: then it has a timeline. */
  turned({ number, over }) {
    const turn = this.turn(number);
    if (!over || turn.fold) return;
    turn.fold = turnTimeline({ say: this.say, line: this.line, number });
    turn.item.append(turn.fold);
    this.follow();
  }

  note(id, words) {
    this.said({ id, who: "note", words });
  }

  /** Stays at the newest line, unless somebody reads further up. */
  follow() {
    const { documentElement: page } = document;
    if (page.scrollHeight - page.scrollTop - page.clientHeight < 400) this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}
