// The player's parts on the page: buttons, clock, picture, what is told, the list of events.

import { clock } from "./words.js";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** An element; `content` is text or elements, never markup. */
export function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

/** All parts of a player; `doing` has what its buttons do. */
export function panelOf(scene, doing) {
  const { say } = scene;
  const button = (name, does, ...more) => make("button", { type: "button", onclick: does, title: say(name), "aria-label": say(name) }, ...more);
  const pressing = (name, does, ...more) => make("button", { type: "button", "aria-pressed": "false", onclick: does }, ...more, say(name));
  const parts = {
    play: make("button", { type: "button", class: "glm-play", onclick: doing.toggle }),
    clock: make("span", { class: "glm-clock" }),
    wait: make("span", { class: "glm-wait" }),
    voices: ["input", "response"].map((name, voice) =>
      make("button", { type: "button", class: `glm-on glm-${name}`, "aria-pressed": "true", title: say("voice"), onclick: () => doing.mute(voice) }, say(name))),
    rate: make("select", { "aria-label": say("rate"), title: say("rate"), onchange: (e) => doing.rate(Number(e.target.value)) },
      ...RATES.map((rate) => make("option", { value: rate }, `${rate}×`))),
    loop: pressing("loop", doing.loop),
    skip: pressing("skip", doing.skip),
    canvas: make("canvas", { "aria-hidden": "true" }),
    strip: make("canvas", { class: "glm-strip", "aria-hidden": "true" }),
    told: make("div", { class: "glm-told", "aria-live": "polite" }),
    rows: make("tbody"),
  };
  parts.stage = make("div", { class: "glm-stage", role: "slider", tabindex: "0", "aria-label": say("playhead"),
    "aria-valuemin": scene.begin.toFixed(2), "aria-valuemax": scene.end.toFixed(2) }, parts.canvas);
  parts.turns = turnsOf(scene, doing);
  const zooms = make("span", { class: "glm-group" },
    button("out", () => doing.zoom(0.5), "−"), button("in", () => doing.zoom(2), "+"), button("fit", doing.fit, "↔"));
  parts.bar = make("div", { class: "glm-bar", role: "group", "aria-label": say("controls") },
    parts.play, parts.clock, parts.wait, make("span", { class: "glm-group" }, ...parts.voices), parts.rate, parts.loop, parts.skip, zooms);
  parts.list = listOf(parts.rows, say);
  const keys = make("details", { class: "glm-keys" }, make("summary", {}, say("keys")), make("div", { class: "glm-quiet" }, say("keys_told")));
  parts.root = make("div", { class: "glm-timeline", "data-lm-suppress-shortcuts": "true" },
    parts.bar, parts.stage, parts.strip, parts.told, peerOf(scene), ...(parts.turns ? [parts.turns] : []), parts.list, keys);
  return parts;
}

/** Whom the times were measured against: always in view. */
function peerOf({ peer, note, live }) {
  const chip = make("span", { class: `glm-chip glm-${live ? "response" : "speech"}` }, peer);
  return make("div", { class: "glm-row glm-peer" }, chip, make("span", { class: "glm-quiet" }, note));
}

/** What was said, turn by turn, each with a button that goes there; null where there is one turn. */
function turnsOf({ turns, say }, doing) {
  if (turns.length < 2) return null;
  const voice = (name, words) => make("div", { class: `glm-line glm-of-${name}`, dir: "auto" }, words || say("no_words"));
  const rows = turns.map(({ begin, number, words }) => make("li", {},
    make("button", { type: "button", class: "glm-there", onclick: () => doing.go(begin) }, `${number} · ${clock(begin, 1)}`),
    make("div", {}, voice("input", words[0]), voice("response", words[1]))));
  return make("ol", { class: "glm-turns", "aria-label": say("turns"), tabindex: "0" }, ...rows);
}

function listOf(rows, say) {
  const heads = ["time", "way", "type", "size"].map((name) => make("th", { scope: "col" }, say(name)));
  const table = make("table", {}, make("caption", {}), make("thead", {}, make("tr", {}, ...heads)), rows);
  return make("details", { class: "glm-list" }, make("summary", {}, say("events")),
    make("div", { class: "glm-scroll", tabindex: "0", role: "region", "aria-label": say("events") }, table));
}
