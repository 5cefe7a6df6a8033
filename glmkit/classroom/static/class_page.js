// What every page of a class has: its language and sentences, the way to the class, and a line for what is told.

import { Desk } from "./desk.js";
import { make, mark, speaker, write } from "./elements.js";

/** A page drawn into `root`. */
export class ClassPage {
  constructor(root) {
    this.root = root;
    this.lang = root.dataset.lang;
    this.say = speaker(JSON.parse(document.getElementById("words").textContent));
    this.desk = new Desk(this.lang);
    this.status = make("p", { class: "status", role: "status" });
  }

  /** The same page in the other language. */
  otherLanguage() {
    const other = this.lang === "zh" ? "en" : "zh";
    return make("a", { href: `?lang=${other}`, lang: other }, this.say("other_language"));
  }

  tell(words, wrong = false) {
    mark(this.status, "data-wrong", wrong);
    write(this.status, words);
  }
}
