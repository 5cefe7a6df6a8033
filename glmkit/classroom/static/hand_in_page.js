// The page of hand-ins: the table, a cell opened, a turn for the class; live as long as it is open.

import { ClassPage } from "./class_page.js";
import { make, write } from "./elements.js";
import { HandInDialog } from "./hand_in_dialog.js";
import { HandInTable, SHOWS_MARK, short } from "./hand_in_table.js";
import { Projection } from "./projection.js";
import { watch } from "./watched_view.js";

class HandInPage extends ClassPage {
  begin() {
    if (this.root.dataset.known === "true") this.enter();
    else this.needLogin();
  }

  needLogin(why = "") {
    this.root.replaceChildren(make("p", { class: "problem", role: "alert" }, why), make("p", {}, make("a", { href: `./${location.search}` }, this.say("needs_login"))));
  }

  enter() {
    const { say, lang, desk } = this;
    this.behind = make("span", { class: "quiet" });
    this.counted = make("span", { class: "quiet" });
    this.projection = new Projection({ say, read: (...which) => desk.projected(...which), closed: (why) => this.returned(why) });
    this.dialog = new HandInDialog({ say, lang, read: (...which) => desk.opened(...which), project: (...which) => this.project(which) });
    this.table = new HandInTable({ say, lang, open: (...which) => this.dialog.open(...which) });
    this.root.replaceChildren(this.bar(), this.table.element, this.legend(), this.dialog.element, this.projection.element);
    this.watch();
  }

  bar() {
    const link = (href, words, more = {}) => make("a", { href, ...more }, this.say(words));
    return make("div", { class: "bar" }, make("h1", {}, this.say("hand_ins")), this.behind, this.counted, this.status,
      link(`hand-ins.csv?lang=${this.lang}`, "csv", { download: true }), link(`./${location.search}`, "heading"), this.otherLanguage());
  }

  legend() {
    const score = short({ right: 4, of: 5, tries: 7, answers: 1 });
    return make("p", { class: "quiet legend" }, this.say("legend", { score, show: SHOWS_MARK }), " ", this.say("move_how"));
  }

  async watch() {
    const { say, lang } = this;
    const why = await watch({ say, lang, look: (mark) => this.desk.handed(mark), show: (found) => this.show(found), tell: (...said) => this.tell(...said) });
    this.projection.close();
    this.needLogin(why);
  }

  show({ behind, lessons, pupils }) {
    write(this.behind, behind);
    const there = pupils.filter(({ cells }) => Object.keys(cells).length).length;
    write(this.counted, this.say("counted", { there, all: pupils.length }));
    this.table.show({ lessons, pupils });
    this.dialog.follow(pupils);
    this.projection.follow(pupils);
  }

  project(which) {
    this.shown = which;
    this.dialog.close();
    this.tell("");
    this.projection.open(...which);
  }

  /** Back from the projection, to where it came from. */
  returned(why) {
    this.tell(why, Boolean(why));
    if (!why) this.dialog.from?.focus();
  }
}

new HandInPage(document.getElementById("page")).begin();
