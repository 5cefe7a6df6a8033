// Slips to print and cut: each pupil's line, to be typed or copied from paper once.

import { Desk } from "./desk.js";
import { make, speaker } from "./elements.js";

class SlipsPage {
  constructor(root) {
    this.root = root;
    this.say = speaker(JSON.parse(document.getElementById("words").textContent));
    this.desk = new Desk(root.dataset.lang);
  }

  async begin() {
    try {
      await this.desk.live(""); // which brings the token
      const { slips } = await this.desk.post("slips", {});
      this.root.replaceChildren(this.bar(), make("div", { class: "slips" }, ...slips.map((slip) => this.slip(slip))));
    } catch (error) {
      const back = make("a", { href: "./" }, this.say("heading"));
      this.root.replaceChildren(make("p", { class: "problem", role: "alert" }, error.message), back);
    }
  }

  bar() {
    return make("div", { class: "bar" }, make("h1", {}, this.say("slips")),
      make("span", { class: "quiet" }, this.say("slips_how")),
      make("button", { class: "main", onclick: () => window.print() }, this.say("print")),
      make("a", { href: "./" }, this.say("heading")));
  }

  slip({ number, name, line }) {
    return make("section", {}, make("h2", {}, `${number} ${name}`), make("code", {}, line),
      make("p", {}, this.say("claim_first")), make("p", {}, this.say("claim_then")));
  }
}

new SlipsPage(document.getElementById("page")).begin();
