// One cell opened: a pupil's hand-ins of a lesson, with exercises, findings and turns.

import { focusAgain, make, write } from "./elements.js";
import { timeOf } from "./hand_in_table.js";

/** The dialog; `read(seat, name)` gives what is inside, `project(…)` shows a turn to the class. */
export class HandInDialog {
  constructor({ say, lang, read, project }) {
    Object.assign(this, { say, lang, read, project });
    this.heading = make("h2", { id: "hand-in-heading" });
    this.which = make("select", { id: "hand-in-which", onchange: () => this.load(this.which.value) });
    this.choice = make("div", { class: "row" }, make("label", { for: "hand-in-which" }, say("which")), this.which);
    this.status = make("p", { class: "quiet", role: "status" });
    this.inside = make("div", { class: "inside" });
    this.element = make("dialog", { class: "hand-in", "aria-labelledby": "hand-in-heading", onclose: () => this.closed() },
      make("div", { class: "row" }, this.heading, make("button", { class: "small close", onclick: () => this.close() }, say("close"))),
      this.choice, this.status, this.inside);
  }

  open(pupil, lesson, from) {
    Object.assign(this, { pupil, lesson, from });
    const { names } = pupil.cells[lesson];
    write(this.heading, this.say("of", { name: `${pupil.number} ${pupil.name}`, lesson }));
    this.choose(names);
    this.element.showModal();
    this.load(names.at(-1));
  }

  close() {
    this.element.close();
  }

  /** Nothing of a pupil's words stays in the page. It comes late: another may be open by then. */
  closed() {
    if (this.element.open) return;
    this.name = "";
    this.inside.replaceChildren();
    focusAgain(this.from);
  }

  choose(names) {
    this.choice.hidden = names.length < 2;
    this.which.replaceChildren(...names.map((name) => make("option", { value: name }, name.split("-").at(-1))));
    this.which.value = names.at(-1);
  }

  /** What the table says now: what was withdrawn is not shown any longer. */
  follow(pupils) {
    if (!this.element.open) return;
    const now = pupils.find(({ id }) => id === this.pupil.id)?.cells[this.lesson]?.names ?? [];
    if (now.includes(this.name)) return;
    this.inside.replaceChildren();
    write(this.status, this.say("withdrawn"));
  }

  async load(name) {
    this.name = name;
    this.inside.replaceChildren();
    write(this.status, this.say("reading"));
    try {
      const found = await this.read(this.pupil.id, name);
      if (this.name === name) this.show(found);
    } catch (error) {
      if (this.name === name) write(this.status, error.message);
    }
  }

  show(found) {
    const { say } = this;
    const voice = say(found.voice ? "with_voice" : "without_voice");
    const size = Math.max(1, Math.round(found.bytes / 1000));
    write(this.status, say("handed_at", { number: found.number, time: timeOf(found.at, this.lang), size, voice }));
    const more = (count) => (count ? make("p", { class: "quiet" }, say("more", { count })) : null);
    this.inside.replaceChildren(
      make("p", { class: "quiet" }, say("recorded_with", { peer: found.peer })),
      found.problem ? make("p", { class: "problem" }, found.problem) : "",
      part(say("exercises"), listed(found.exercises.map((words) => make("li", {}, words)), say("no_exercises"), "ul")),
      part(say("findings"), listed(found.findings.map((each) => this.finding(each)), say("no_findings")), more(found["more_findings"])),
      part(say("turns"), found.show ? null : make("p", { class: "quiet" }, say("asked_not")),
        listed(found.turns.map((turn, n) => this.turn(turn, n + 1, found.show)), say("no_turns")), more(found["more_turns"])));
  }

  finding({ fact, cure }) {
    return make("li", { dir: "auto" }, fact, cure ? make("div", { class: "quiet" }, `→ ${cure}`) : null);
  }

  turn({ said, answered }, number, may) {
    const { say } = this;
    const project = make("button", {
      class: "small", "aria-label": say("project_turn", { turn: number }),
      onclick: () => this.project(this.pupil, this.lesson, this.name, number),
    }, say("project"));
    const line = (who, words) => make("div", { class: "line" }, make("b", {}, say(who)), " ", make("span", { dir: "auto" }, words || say("no_text")));
    return make("li", {}, line("said", said), line("answered", answered), may ? project : null);
  }
}

const part = (heading, ...inside) => make("section", {}, make("h3", {}, heading), ...inside);

const listed = (items, none, kind = "ol") => (items.length ? make(kind, {}, ...items) : make("p", { class: "quiet" }, none));
