// Slips to print and cut: each pupil's line, and a QR code of where a browser takes the seat.

import { ClassPage } from "./class_page.js";
import { make } from "./elements.js";

class SlipsPage extends ClassPage {
  constructor(root) {
    super(root);
    this.teacher = `./${location.search}`;
  }

  async begin() {
    try {
      await this.desk.live(""); // which brings the token
      const first = await this.desk.post("slips", {}), { get_codes: command } = first;
      const missing = command ? make("p", { class: "quiet missing" }, this.say("slips_no_codes", { command })) : "";
      const all = make("div", { class: "slips" });
      this.root.replaceChildren(this.bar(), missing, all);
      for (let found = first; ; found = await this.desk.post("slips", { after: all.childElementCount })) {
        all.append(...found.slips.map((slip) => this.slip(slip)));
        if (!found.more) break;
      }
    } catch (error) {
      const back = make("a", { href: this.teacher }, this.say("heading"));
      this.root.replaceChildren(make("p", { class: "problem", role: "alert" }, error.message), back);
    }
  }

  bar() {
    return make("div", { class: "bar" }, make("h1", {}, this.say("slips")),
      make("span", { class: "quiet" }, this.say("slips_how")),
      make("button", { class: "main", onclick: () => window.print() }, this.say("print")),
      make("a", { href: this.teacher }, this.say("heading")), this.otherLanguage());
  }

  /** Two ways in: the line for a notebook, and for a browser what is scanned, or typed. */
  slip({ number, name, line, page, typed, code }) {
    const called = `${number} ${name}`;
    const picture = code && make("img", { class: "code", src: code, alt: this.say("code_of", { name: called }) });
    return make("section", {}, picture, make("div", {}, make("h2", {}, called),
      make("p", {}, this.say("slip_notebook")), make("code", {}, line),
      make("p", {}, this.say(picture ? "slip_browser_or_scan" : "slip_browser")), make("code", {}, page),
      make("p", {}, this.say("slip_type")), make("code", { class: "typed" }, typed)));
  }
}

new SlipsPage(document.getElementById("page")).begin();
