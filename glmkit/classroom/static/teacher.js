// The teacher's page: the password, then the class as it is, as long as the page is open.

import { ClassPage } from "./class_page.js";
import { ClassSide } from "./class_side.js";
import { make, write } from "./elements.js";
import { LimitsDialog } from "./limits_dialog.js";
import { loginForm } from "./login_form.js";
import { SeatTable } from "./seat_table.js";
import { watch } from "./watched_view.js";

class TeacherPage extends ClassPage {
  begin() {
    if (this.root.dataset.known === "true") this.enter();
    else this.askPassword();
  }

  askPassword(why = "") {
    const form = loginForm({ desk: this.desk, say: this.say, why, entered: () => this.enter() });
    this.root.replaceChildren(make("div", { class: "bar" }, this.otherLanguage()), form);
    form.querySelector("#password").focus();
  }

  enter() {
    const act = (what, more) => this.act(what, more);
    this.tell("");
    this.behind = make("span", { class: "quiet" });
    this.stopped = make("strong", { class: "problem" });
    this.side = new ClassSide({ say: this.say, act });
    this.dialog = new LimitsDialog({ say: this.say, set: (seat, limits) => this.limit(seat, limits) });
    this.table = new SeatTable({
      say: this.say,
      decide: (seat) => act(seat.stopped ? "allow" : "stop", { seat: seat.id }),
      limit: (seat, from) => this.dialog.open(seat, from),
    });
    this.root.replaceChildren(this.bar(), make("div", { class: "class" }, make("div", { class: "sideways" }, this.table.element), this.side.element), this.dialog.element);
    this.watch();
  }

  bar() {
    return make("div", { class: "bar" },
      make("h1", {}, this.say("heading")), this.behind, this.stopped, this.status,
      make("a", { href: `hand-ins${location.search}` }, this.say("hand_ins")), this.otherLanguage(),
      make("button", { class: "small", onclick: () => this.leave() }, this.say("leave")));
  }

  /** Looks at the class until the visit is over. */
  async watch() {
    const { say, lang } = this;
    const why = await watch({ say, lang, look: (mark) => this.desk.live(mark), show: (found) => this.show(found), tell: (...said) => this.tell(...said) });
    this.askPassword(why);
  }

  show(found) {
    write(this.behind, found.behind);
    write(this.stopped, found.class.stopped ? this.say("class_stopped") : found.shut);
    this.table.show(found.seats);
    this.side.show(found);
  }

  /** Does it and says so; whether it was done. */
  async act(what, more) {
    try {
      const { words } = await this.desk.act(what, more);
      this.tell(words);
      return true;
    } catch (error) {
      this.tell(error.message, true);
      return false;
    }
  }

  async limit(seat, limits) {
    try {
      const { words } = await this.desk.act("limit", { seat: seat.id, ...limits });
      this.tell(words);
      return "";
    } catch (error) {
      return error.message;
    }
  }

  async leave() {
    await this.desk.logout().catch((error) => this.tell(error.message, true));
    location.reload();
  }
}

new TeacherPage(document.getElementById("page")).begin();
