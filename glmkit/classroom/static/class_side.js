// Beside the table: totals, what is done with the whole class, and what went wrong in it.

import { make, mark, write } from "./elements.js";

const TOTALS = {
  connected: "total_connected", places: "total_places", waiting: "total_waiting",
  turns: "total_turns", minutes: "total_minutes", yuan: "total_yuan",
};

/** The side; `act(what, more)` does something with the class and says whether it was done. */
export class ClassSide {
  constructor({ say, act }) {
    Object.assign(this, { say, act });
    this.stopped = false;
    this.totals = Object.fromEntries(Object.keys(TOTALS).map((name) => [name, make("dd")]));
    this.uncharged = make("p", { class: "quiet" }, say("uncharged"));
    this.hold = make("button", { onclick: () => act(this.stopped ? "allow_all" : "stop_all") });
    this.troubles = make("ol", { class: "troubles", tabindex: 0, "aria-labelledby": "wrong" });
    this.opening = make("button", { onclick: () => act(this.open ? "close_claims" : "open_claims") });
    this.address = make("p", { class: "quiet" });
    this.twice = make("ul", { class: "troubles twice" });
    this.element = make("aside", {}, this.whole(), this.message(), this.claiming(), this.wrong());
  }

  whole() {
    const pairs = Object.entries(TOTALS).map(([name, label]) =>
      make("div", {}, make("dt", {}, this.say(label)), this.totals[name]));
    return make("section", { "aria-labelledby": "totals" },
      make("h2", { id: "totals" }, this.say("totals")), make("dl", {}, ...pairs), this.uncharged,
      make("div", { class: "row" }, this.hold, make("a", { href: `class.csv?lang=${document.documentElement.lang.slice(0, 2)}`, download: true }, this.say("csv"))));
  }

  message() {
    const field = make("textarea", { id: "message", rows: 2, maxlength: 500, required: true });
    const send = async (event) => {
      event.preventDefault();
      if (await this.act("message", { words: field.value })) field.value = "";
    };
    return make("form", { onsubmit: send },
      make("label", { for: "message" }, this.say("message")), field,
      make("div", { class: "row end" }, make("button", {}, this.say("send"))));
  }

  claiming() {
    return make("section", { "aria-label": this.say("claims") },
      make("div", { class: "row" }, this.opening, make("a", { href: `slips${location.search}` }, this.say("slips"))), this.address, this.twice);
  }

  wrong() {
    return make("section", { "aria-labelledby": "wrong" },
      make("h2", { id: "wrong" }, this.say("troubles")), this.troubles);
  }

  show({ class: all, troubles, claims, seats }) {
    this.claims(claims, seats.length);
    this.stopped = all.stopped;
    write(this.hold, this.say(all.stopped ? "allow_all" : "stop_all"));
    mark(this.hold, "class", all.stopped ? "main" : "stop");
    this.uncharged.hidden = all.charged;
    write(this.totals.connected, all.connected);
    write(this.totals.places, this.say("of", { used: all.places_taken, most: all.places }));
    write(this.totals.waiting, all.waiting);
    write(this.totals.turns, this.amount(all, "turns", 0));
    write(this.totals.minutes, this.amount(all, "minutes", 1));
    write(this.totals.yuan, this.amount(all, "yuan", 2));
    this.list(troubles);
  }

  amount(all, name, digits) {
    const used = all[name].toFixed(digits), most = all.limits[name];
    return most === null ? used : this.say("of", { used, most });
  }

  claims({ open, taken, refused, page }, all) {
    this.open = open;
    write(this.opening, this.say(open ? "close_claims" : "open_claims"));
    write(this.address, open ? this.say("claims_at", { where: whereFrom(page), taken, all }) : "");
    if (changed(this.twice, refused)) this.twice.replaceChildren(...refused.map(({ id, name, count }) =>
      make("li", {}, make("b", { class: "problem" }, this.say("claimed_twice", { name, count })), " ",
        make("button", {
          class: "small", "aria-label": this.say("act_on", { act: this.say("free"), name }),
          onclick: () => this.act("free", { seat: id }),
        }, this.say("free")))));
  }

  list(troubles) {
    if (!changed(this.troubles, troubles)) return;
    const items = troubles.map(({ code, count, words }) => make("li", {},
      make("b", {}, this.say("times", { count })), " ", words, " ", code ? make("code", {}, code) : null));
    this.troubles.replaceChildren(...(items.length ? items : [make("li", { class: "quiet" }, this.say("no_troubles"))]));
  }
}

/** Where pupils take their seats: as this page was opened, unless nobody else can open that. */
function whereFrom(page) {
  const here = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
  const where = new URL("seat", (here && page) || location.href);
  where.search = "";
  return where;
}

const listed = new WeakMap();

/** Whether a list shows something else than before; what is the same stays, with its focus. */
function changed(list, found) {
  const said = JSON.stringify(found), before = listed.get(list);
  listed.set(list, said);
  return said !== before;
}
