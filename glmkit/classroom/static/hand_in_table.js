// Pupils × lessons, each cell the last hand-in of a lesson. One stop for the Tab key; arrows move.

import { make, mark, write } from "./elements.js";

const SHOWS = "▸";
const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };

/** The table; `open(pupil, lesson, button)` is asked to open a cell. */
export class HandInTable {
  constructor({ say, lang, open }) {
    Object.assign(this, { say, lang, open });
    this.rows = new Map();
    this.head = make("tr");
    this.body = make("tbody", { onkeydown: (event) => this.move(event), onfocusin: ({ target }) => this.stopAt(target) });
    this.table = make("table", { class: "seats work" },
      make("caption", { class: "unseen" }, say("hand_ins_caption")), make("thead", {}, this.head), this.body);
    this.element = make("div", { class: "sideways", tabindex: -1 }, this.table);
  }

  show({ lessons, pupils }) {
    mark(this.table, "data-many", pupils.length > 20);
    if (this.lessons?.join() !== lessons.join()) this.columns(lessons);
    for (const pupil of pupils) {
      if (!this.rows.has(pupil.id)) this.add(pupil);
      this.fill(this.rows.get(pupil.id), pupil);
    }
    this.stopAt(this.body.querySelector("button[tabindex='0']") ?? this.body.querySelector("button"));
  }

  columns(lessons) {
    this.lessons = lessons;
    this.rows.clear();
    this.body.replaceChildren();
    const heads = lessons.map((lesson) =>
      make("th", { scope: "col", class: "lesson" }, make("span", { class: "unseen" }, this.say("lesson", { lesson })), make("span", { "aria-hidden": "true" }, lesson)));
    this.head.replaceChildren(make("th", { scope: "col", class: "number" }, this.say("col_number")), make("th", { scope: "col", class: "name" }, this.say("col_name")), ...heads);
  }

  add(pupil) {
    const cells = Object.fromEntries(this.lessons.map((lesson) => [lesson, make("td", { class: "lesson" })]));
    const name = make("th", { class: "name", scope: "row", title: pupil.name }, pupil.name);
    const element = make("tr", { "data-seat": pupil.id }, make("td", { class: "number" }, pupil.number), name, ...this.lessons.map((lesson) => cells[lesson])); // an object would put 10 before 01
    this.rows.set(pupil.id, { cells });
    this.body.append(element);
  }

  fill(row, pupil) {
    row.pupil = pupil;
    for (const [lesson, cell] of Object.entries(row.cells)) {
      const found = pupil.cells[lesson];
      if (!found) this.empty(cell);
      else this.score(cell.firstChild ?? this.button(cell, row, lesson), pupil, lesson, found);
    }
  }

  button(cell, row, lesson) {
    const button = make("button", { class: "score", tabindex: -1, onclick: () => this.open(row.pupil, lesson, button) });
    cell.append(button);
    return button;
  }

  /** What was withdrawn leaves its place; the focus goes on to another one. */
  empty(cell) {
    if (!cell.firstChild) return;
    const held = cell.contains(document.activeElement);
    cell.replaceChildren();
    if (held) this.body.querySelector("button")?.focus();
  }

  score(button, pupil, lesson, found) {
    const shows = found.shows.length > 0;
    write(button, found.broken ? this.say("unreadable") : short(found));
    mark(button, "data-shows", shows);
    mark(button, "data-all", !found.broken && found.of > 0 && found.right >= found.of);
    mark(button, "data-broken", found.broken);
    const name = `${pupil.number} ${pupil.name}`, time = timeOf(found.at, this.lang);
    const told = this.say(found.broken ? "cell_broken" : "cell", { ...found, name, lesson, time, count: found.names.length });
    mark(button, "aria-label", told + (shows ? this.say("cell_shows") : ""));
  }

  /** The one button that the Tab key comes to. */
  stopAt(button) {
    if (button?.tagName !== "BUTTON") return;
    for (const other of this.body.querySelectorAll("button[tabindex='0']")) if (other !== button) other.tabIndex = -1;
    button.tabIndex = 0;
  }

  move(event) {
    const way = WAYS[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.next(event.target.closest("td"), way)?.focus();
  }

  /** The nearest button that way, past empty cells. */
  next(cell, [down, right]) {
    const rows = [...this.body.rows], row = rows.indexOf(cell.parentElement), column = cell.cellIndex;
    if (right) {
      const beside = [...rows[row].cells].filter((each) => each.firstChild?.tagName === "BUTTON");
      const there = beside.filter((each) => Math.sign(each.cellIndex - column) === Math.sign(right));
      return there.at(right === 1 ? 0 : right === -1 ? -1 : right > 0 ? -1 : 0)?.firstChild;
    }
    const inColumn = rows.map((each) => each.cells[column].firstChild).filter((each) => each?.tagName === "BUTTON");
    const there = inColumn.filter((each) => Math.sign(rows.indexOf(each.closest("tr")) - row) === down);
    return there.at(down > 0 ? 0 : -1);
  }
}

/** `4/5·7·1`: right of all, tries, and the model answers that were read, if any. */
export const short = ({ right, of, tries, answers }) => `${right}/${of}·${tries}${answers ? `·${answers}` : ""}`;

/** When it was handed in, by this computer's clock. */
export const timeOf = (at, lang) => new Date(at * 1000).toLocaleString(lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

/** What stands in the legend for hand-ins that the class may see. */
export const SHOWS_MARK = SHOWS;
