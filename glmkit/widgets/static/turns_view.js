// The conversation as a person sees it: turns that can be scrolled, and each opened as its card.

import { make } from "./page_elements.js";

const NEAR = 24; // pixels from the end of the log that still count as there

/** Brings the log up to date; it follows what is new where its reader is at the end already. */
export function showTurns(engine, log) {
  const following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const had = new Map([...log.querySelectorAll("[data-id]")].map((each) => [each.dataset.id, each]));
  let added = false;
  for (const [id, line] of engine.lines) {
    if (line.who !== "turn" && !line.words) continue;
    let shown = had.get(id);
    if (!shown) {
      shown = line.who === "turn" ? turnOf(engine, id, line.turn) : lineOf(engine, id, line.who);
      had.set(id, shown);
      log.append(shown);
      added = true;
    }
    if (line.who === "turn") showOpen(engine, shown, line.turn);
    else added = showLine(engine, shown, line, had.get(`turn ${line.turn}`)) || added;
  }
  if (added && following) log.scrollTop = log.scrollHeight;
}

const lineOf = (engine, id, who) =>
  make("div", { class: `glmkit-said glmkit-${who}`, "data-id": id }, make("b", {}, engine.say(who)), make("span"));

function turnOf(engine, id, number) {
  const name = engine.say("turn", { number: number + 1 });
  const key = make("button", { type: "button", class: "glmkit-turn-key", title: engine.say("turn_hint"), "aria-expanded": false,
    onclick: () => engine.turnOver(number) }, name);
  return make("div", { class: "glmkit-turn", role: "group", "aria-label": name, "data-id": id }, make("div", { class: "glmkit-lines" }), key);
}

const showOpen = (engine, shown, number) =>
  shown.lastChild.setAttribute("aria-expanded", engine.card?.number === number);

/** A line's words, in its turn once that is known: whoever spoke first stands first. */
function showLine(engine, shown, { who, words, heard }, turn) {
  const lines = turn?.firstChild;
  if (lines && shown.parentElement !== lines) lines[who === "you" ? "prepend" : "append"](shown);
  const letters = [...words]; // as Python counts them
  const upto = heard ?? letters.length;
  if (shown.lastChild.textContent === words && shown.dataset.heard === `${upto}`) return false;
  shown.dataset.heard = upto;
  shown.lastChild.replaceChildren(letters.slice(0, upto).join(""), ...unheard(engine, letters.slice(upto).join("")));
  return true;
}

/** What was not heard of an interrupted answer; where it begins is an estimate, and says so. */
const unheard = (engine, words) =>
  words ? [make("del", { title: engine.say("unheard"), "aria-description": engine.say("unheard") }, words)] : [];

/** The card of the turn that is open, below the log. It takes the focus, and gives it back. */
export class CardPanel {
  constructor(engine, log) {
    this.engine = engine;
    this.log = log;
    this.shown = null;
    const close = make("button", { type: "button", class: "glmkit-clear", onclick: () => this.close() }, engine.say("close"));
    this.title = make("b");
    this.body = make("div");
    this.element = make("section", { class: "glmkit-card", tabindex: "-1", hidden: true,
      onkeydown: (event) => { if (event.key === "Escape") this.close(); } },
    make("div", { class: "glmkit-row" }, this.title, close), this.body);
  }

  close() {
    const { number } = this.engine.card ?? {};
    this.engine.turnOver(null);
    this.log.querySelector(`[data-id="turn ${number}"] button`)?.focus();
  }

  show({ card, say }) {
    if (card === this.shown) return;
    const another = card && card.number !== this.shown?.number;
    this.shown = card;
    this.element.hidden = !card;
    this.element.setAttribute("aria-busy", Boolean(card) && card.html === undefined);
    if (!card) return this.body.replaceChildren();
    this.title.textContent = say("turn", { number: card.number + 1 });
    this.element.setAttribute("aria-label", this.title.textContent);
    if (card.html) this.body.innerHTML = card.html; // the kit's own card: what it quotes is escaped
    else this.body.replaceChildren(make("p", {}, say(card.html === null ? "turn_let_go" : "turn_drawn")));
    if (another) this.element.focus({ preventScroll: false });
  }
}
