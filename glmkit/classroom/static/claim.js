// Where a pupil takes a seat: number and name, once; then the line to paste, or the seat's own page.
// While the teacher gives none out, the page says so and looks again.

import { ClassPage } from "./class_page.js";
import { focusAgain, make, write } from "./elements.js";

const AGAIN = 3000; // ms until it looks again whether seats are given out

class ClaimPage extends ClassPage {
  ask() {
    const { say } = this;
    const number = make("input", { id: "number", required: true, maxlength: 20, autocomplete: "off" });
    const name = make("input", { id: "name", required: true, maxlength: 60, autocomplete: "name" });
    const problem = make("p", { class: "problem", role: "alert" });
    const button = make("button", { class: "main" }, say("claim"));
    const take = async (event) => {
      event.preventDefault();
      button.disabled = true;
      write(problem, "");
      try {
        this.show(await this.desk.post("claim", { number: number.value, name: name.value }));
      } catch (error) {
        write(problem, error.message);
        button.disabled = false;
      }
    };
    const fields = make("div", { hidden: true },
      make("p", { class: "quiet" }, say("claim_how")),
      make("label", { for: "number" }, say("claim_number")), make("div", { class: "row" }, number),
      make("label", { for: "name" }, say("claim_name")), make("div", { class: "row" }, name),
      make("div", { class: "row" }, button), problem);
    const closed = make("p", { role: "status" });
    this.root.replaceChildren(
      make("div", { class: "bar" }, this.otherLanguage()),
      make("form", { class: "login", onsubmit: take }, make("h1", {}, say("claim_heading")), closed, fields),
      this.byLine());
    this.enterByAddress();
    this.follow(fields, closed, number);
  }

  /** Shows the fields while seats are given out; what was typed stays. */
  async follow(fields, closed, first) {
    while (fields.isConnected) {
      const { open } = await this.desk.ask("claim").catch(() => ({ open: true })); // it says why when asked
      const opened = open && fields.hidden;
      fields.hidden = !open;
      if (opened) focusAgain(first);
      write(closed, open ? "" : this.say("claim_closed"));
      await new Promise((over) => { setTimeout(over, AGAIN); });
    }
  }

  /** Who has a line already goes straight to the seat's page. */
  byLine() {
    const given = make("input", { id: "given", class: "line", type: "password", required: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const shown = make("input", { id: "shown", type: "checkbox", onchange: () => { given.type = shown.checked ? "text" : "password"; } });
    const enter = (event) => {
      event.preventDefault();
      this.enter(given.value);
    };
    this.problem = make("p", { class: "problem", role: "alert" });
    return make("form", { class: "login", onsubmit: enter },
      make("label", { for: "given" }, this.say("claim_by_line")), make("div", { class: "row" }, given),
      make("div", { class: "row" }, make("button", {}, this.say("claim_enter")), make("label", { class: "row" }, shown, this.say("claim_shown"))), this.problem);
  }

  /** A slip's address may hold the line behind its #, which no request carries; it goes from the bar. */
  enterByAddress() {
    const line = plain(location.hash.slice(1));
    if (!line) return;
    history.replaceState(null, "", location.pathname + location.search);
    this.enter(line);
  }

  async enter(line) {
    write(this.problem, "");
    try {
      await this.desk.post("talk/enter", { line });
      location.href = this.page;
    } catch (error) {
      write(this.problem, error.message);
    }
  }

  get page() {
    return `talk?lang=${this.lang}`;
  }

  /** The line, chosen for copying; it is shown this once. */
  show({ name, line }) {
    const field = make("textarea", { id: "line", class: "line", readonly: true, rows: 3 });
    field.value = line;
    const copied = make("span", { role: "status" });
    const copy = async () => {
      await navigator.clipboard.writeText(line);
      write(copied, this.say("claim_copied"));
    };
    this.root.replaceChildren(make("div", { class: "login" },
      make("h1", {}, name),
      make("label", { for: "line" }, this.say("claim_line")), field,
      navigator.clipboard ? make("div", { class: "row" }, make("button", { onclick: copy }, this.say("claim_copy")), copied) : null,
      make("p", {}, make("a", { href: this.page }, this.say("claim_page"))),
      make("ol", {}, ...["claim_first", "claim_then", "claim_once"].map((step) => make("li", {}, this.say(step))))));
    field.select();
  }
}

/** What an address says, without its %; as it stands where that cannot be read. */
function plain(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

new ClaimPage(document.getElementById("page")).ask();
