// One seat's limits, asked for in a dialog; the focus goes back to where it came from.

import { focusAgain, make, write } from "./elements.js";

const FIELDS = [["yuan", "most_yuan", "any"], ["minutes", "most_minutes", "any"], ["turns", "most_turns", "1"]];

/** The dialog; `set(seat, limits)` is asked to set them and gives the words of a refusal, or "". */
export class LimitsDialog {
  constructor({ say, set }) {
    Object.assign(this, { say, set });
    this.heading = make("h2", { id: "limits-heading" });
    this.problem = make("p", { class: "problem", role: "alert" });
    this.inputs = Object.fromEntries(FIELDS.map(([name, , step]) =>
      [name, make("input", { id: `most-${name}`, type: "number", min: 0, max: 1000000, step, inputmode: "decimal" })]));
    const rows = FIELDS.map(([name, label]) =>
      make("div", { class: "row" }, make("label", { for: `most-${name}` }, say(label)), this.inputs[name]));
    this.element = make("dialog", { "aria-labelledby": "limits-heading", onclose: () => focusAgain(this.from) },
      make("form", { onsubmit: (event) => this.submit(event) },
        this.heading, make("p", { class: "quiet" }, say("limits_how")), ...rows, this.problem,
        make("div", { class: "row end" },
          make("button", { type: "button", onclick: () => this.element.close() }, say("cancel")),
          make("button", { class: "main" }, say("save")))));
  }

  open(seat, from) {
    Object.assign(this, { seat, from });
    write(this.heading, this.say("limits_of", { name: `${seat.number} ${seat.name}` }));
    write(this.problem, "");
    for (const [name, input] of Object.entries(this.inputs)) input.value = seat.limits[name] ?? "";
    this.element.showModal();
  }

  async submit(event) {
    event.preventDefault();
    const limits = Object.fromEntries(Object.entries(this.inputs).map(([name, input]) =>
      [name, input.value === "" ? null : Number(input.value)]));
    const problem = await this.set(this.seat, limits);
    write(this.problem, problem);
    if (!problem) this.element.close();
  }
}
