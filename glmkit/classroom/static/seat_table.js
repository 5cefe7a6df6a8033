// The seats, a row each. Rows stay what they are while their words change, so that focus stays.

import { make, mark, write } from "./elements.js";

const COLUMNS = ["number", "name", "state", "voice", "turns", "minutes", "wait", "errors", "yuan", "acts"];
const NUMBERS = new Set(["turns", "minutes", "errors", "yuan"]);

const HEADINGS = {
  number: "col_number", name: "col_name", state: "col_state", voice: "col_voice", turns: "col_turns",
  minutes: "col_minutes", wait: "col_wait", errors: "col_errors", yuan: "col_yuan", acts: "col_acts",
};

/** The table; `decide(seat)` toggles a seat, `limit(seat, button)` asks for its limits. */
export class SeatTable {
  constructor({ say, decide, limit }) {
    Object.assign(this, { say, decide, limit });
    this.rows = new Map();
    this.body = make("tbody");
    const heads = COLUMNS.map((name) =>
      make("th", { scope: "col", class: classOf(name) }, say(HEADINGS[name])));
    this.element = make("table", { class: "seats" },
      make("caption", { class: "unseen" }, say("caption")),
      make("thead", {}, make("tr", {}, ...heads)), this.body);
  }

  show(seats) {
    mark(this.element, "data-many", seats.length > 20);
    for (const seat of seats) {
      if (!this.rows.has(seat.id)) this.add(seat);
      this.fill(this.rows.get(seat.id), seat);
    }
  }

  add(seat) {
    const row = { seat, cells: {} };
    for (const name of COLUMNS) {
      row.cells[name] = make(name === "name" ? "th" : "td", {
        class: classOf(name), scope: name === "name" ? "row" : null,
      });
    }
    const called = `${seat.number} ${seat.name}`;
    row.limits = make("button", {
      class: "small", "aria-label": this.say("act_on", { act: this.say("limit"), name: called }),
      onclick: () => this.limit(row.seat, row.limits),
    }, this.say("limit"));
    row.stop = make("button", { class: "small", onclick: () => this.decide(row.seat) });
    row.cells.acts.append(row.limits, " ", row.stop);
    row.element = make("tr", { "data-seat": seat.id }, ...Object.values(row.cells));
    this.rows.set(seat.id, row);
    this.body.append(row.element);
  }

  fill(row, seat) {
    row.seat = seat;
    const words = this.words(seat);
    for (const [name, said] of Object.entries(words)) write(row.cells[name], said);
    mark(row.cells.name, "title", seat.name);
    mark(row.cells.errors, "title", Object.entries(seat.troubles).map((pair) => pair.join(" × ")).join(", ") || null);
    mark(row.element, "data-state", seat.stopped ? "stopped" : seat.connected ? "connected" : "away");
    mark(row.element, "data-voice", seat.speaking ? "speaking" : seat.answering ? "answering" : null);
    mark(row.element, "data-waits", seat.before !== null);
    mark(row.element, "data-errors", seat.errors > 0);
    for (const name of ["turns", "minutes", "yuan"]) mark(row.cells[name], "data-full", isFull(seat, name));
    const act = this.say(seat.stopped ? "allow" : "stop");
    write(row.stop, act);
    mark(row.stop, "aria-label", this.say("act_on", { act, name: `${seat.number} ${seat.name}` }));
  }

  words(seat) {
    const { say } = this;
    return {
      number: seat.number,
      name: seat.name,
      state: say(seat.stopped ? "stopped" : seat.connected ? "connected" : "away"),
      voice: seat.speaking ? say("speaking") : seat.answering ? say("answering") : "",
      turns: this.amount(seat, "turns", 0),
      minutes: this.amount(seat, "minutes", 1),
      wait: this.wait(seat),
      errors: seat.errors || "",
      yuan: this.amount(seat, "yuan", 2),
    };
  }

  amount(seat, name, digits) {
    const most = seat.limits[name];
    const used = seat[name].toFixed(digits);
    return most === null ? used : this.say("of", { used, most });
  }

  wait(seat) {
    const { before, wait_seconds: seconds, last_wait: last } = seat;
    if (before === 0) return this.say(seconds === null ? "next" : "next_about", { seconds });
    if (before !== null) return this.say(seconds === null ? "waits" : "waits_about", { before, seconds });
    return last > 0 ? this.say("waited", { seconds: last }) : "";
  }
}

const classOf = (name) => (NUMBERS.has(name) ? `${name} figure` : name);

const isFull = (seat, name) => seat.limits[name] !== null && seat[name] >= seat.limits[name];
