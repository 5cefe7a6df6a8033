// One player: its scene, its sound, its picture, and what buttons, keys and pointers do to them.

import { Axis } from "./axis.js";
import { eventLine, fillList } from "./event_list.js";
import { listenToKeys } from "./keys.js";
import { panelOf } from "./panel.js";
import { listenToPointers } from "./pointers.js";
import { placeOf, waitAt } from "./scene.js";
import { Screen } from "./screen.js";
import { Sounds } from "./sound.js";
import { watchTheme } from "./theme.js";
import { Transport } from "./transport.js";
import { clock } from "./words.js";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** A player of a scene; `root` is its element. `wordsOf(number)`: a sound as base64. */
export class Player {
  constructor(scene, wordsOf) {
    this.scene = scene;
    this.axis = new Axis(scene);
    this.selection = null;
    const doing = this.doings();
    this.parts = panelOf(scene, doing);
    this.root = this.parts.root;
    this.screen = new Screen(this.parts.canvas, this.parts.strip, scene, this.axis);
    this.transport = new Transport(scene, new Sounds(scene.sounds, wordsOf), (error) => this.changed(error));
    this.parts.skip.hidden = !this.transport.idle.length;
    this.parts.rate.value = "1";
    listenToKeys(this.root, doing);
    listenToPointers(this.parts.stage, this.parts.strip, this.screen, doing);
    this.parts.list.addEventListener("toggle", () => this.fillList());
    new ResizeObserver(() => this.resize()).observe(this.root);
    watchTheme(this.root, () => this.recolour());
    this.tell(this.hint());
  }

  say(name, values = {}) {
    return this.scene.say(name, values);
  }

  /** What buttons, keys and pointers do. */
  doings() {
    return {
      toggle: () => (this.transport.playing ? this.pause() : this.transport.play()),
      go: (second) => this.go(second),
      click: (second) => this.go(second),
      move: (seconds) => this.go(this.transport.second + seconds),
      step: (way) => this.step(way),
      mute: (voice) => this.transport.set({ muted: this.transport.muted.map((muted, n) => muted !== (n === voice)) }),
      rate: (rate) => this.transport.set({ rate }),
      faster: (way) => this.faster(way),
      loop: () => this.loop(),
      skip: () => this.transport.set({ skipping: !this.transport.skipping }),
      zoom: (factor, around = this.transport.second) => this.view(() => this.axis.zoom(factor, around)),
      pan: (seconds) => this.view(() => this.axis.pan(seconds)),
      centre: (second) => this.centre(second),
      fit: () => this.view(() => this.axis.fit()),
      select: (one, other) => this.select(one, other),
      clear: () => this.select(0, 0),
      hover: (x, y) => this.hover(x, y),
    };
  }

  // -- what is done ------------------------------------------------------------------------

  pause() {
    this.transport.pause();
    this.tellPlace();
  }

  go(second) {
    this.transport.seek(second);
    this.axis.follow(this.transport.second) && this.viewed();
    if (!this.transport.playing) this.tellPlace();
  }

  /** To the next event or moment, or the one before. */
  step(way) {
    const { events, moments } = this.scene;
    const now = this.transport.second;
    const place = way > 0 ? placeOf(events.at, now + 0.0005) : placeOf(events.at, now - 0.0005) - 1;
    const near = [events.at[place], ...moments.map((moment) => moment.at)].filter((at) => at !== undefined && way * (at - now) > 0.0005);
    if (!near.length) return;
    this.go(way > 0 ? Math.min(...near) : Math.max(...near));
    this.tellPassed();
  }

  faster(way) {
    const rate = RATES[RATES.indexOf(this.transport.rate) + way];
    if (!rate) return;
    this.parts.rate.value = String(rate);
    this.transport.set({ rate });
    this.tell(`${rate}×`);
  }

  loop() {
    const all = { from: this.scene.begin, to: this.scene.end };
    this.transport.set({ loop: this.transport.loop ? null : (this.selection ?? all) });
  }

  select(one, other) {
    const [from, to] = [Math.min(one, other), Math.max(one, other)].map((at) => Math.min(this.scene.end, Math.max(this.scene.begin, at)));
    this.selection = to - from > 0.01 ? { from, to } : null;
    if (this.transport.loop || !this.selection) this.transport.set({ loop: this.selection && this.transport.loop ? this.selection : null });
    this.tell(this.selection ? this.say("selected", { from: clock(from), to: clock(to), seconds: clock(to - from) }) : "");
    this.draw();
  }

  centre(second) {
    if (this.axis.zoomed) this.view(() => this.axis.show(second - this.axis.seconds / 2, this.axis.seconds));
    else this.go(second);
  }

  hover(x, y) {
    if (x === null) return;
    const found = this.screen.under(x, y);
    this.parts.stage.style.cursor = found ? "help" : "";
    if (found?.moments) this.show(found.moments.map(({ at, words }) => `${clock(at)} ${words}`).join(" · "));
    else if (found) this.show(eventLine(this.scene, found.event));
  }

  // -- what is shown -----------------------------------------------------------------------

  view(change) {
    change();
    this.viewed();
  }

  viewed() {
    this.screen.change();
    this.fillList();
    this.draw();
  }

  resize() {
    const width = Math.floor(this.parts.stage.clientWidth);
    if (width < 60 || width === this.screen.width) return;
    this.screen.resize(width);
    this.changed();
  }

  recolour() {
    if (!this.screen.width) return;
    this.screen.recolour();
    this.draw();
  }

  /** Something of the transport has changed. */
  changed(error) {
    const { playing, muted, loop, skipping } = this.transport;
    const name = playing ? "pause" : "play";
    this.parts.play.replaceChildren(playing ? "❚❚ " : "▶\uFE0E ", this.say(name));
    this.parts.voices.forEach((button, voice) => press(button, !muted[voice]));
    press(this.parts.loop, Boolean(loop));
    press(this.parts.skip, skipping);
    this.parts.told.setAttribute("aria-live", playing ? "off" : "polite");
    if (error) this.tell(this.say("failed", { why: error.message }));
    cancelAnimationFrame(this.frame);
    this.run();
  }

  run() {
    if (!this.root.isConnected && this.transport.playing) this.transport.pause();
    if (this.transport.playing && this.axis.follow(this.transport.second)) this.screen.change();
    this.draw();
    if (this.transport.playing) this.frame = requestAnimationFrame(() => this.run());
  }

  draw() {
    if (!this.screen.width) return;
    const { second } = this.transport;
    this.screen.draw(second, this.selection);
    const told = waitAt(this.scene, second);
    const of = this.scene.end - Math.min(0, this.scene.begin);
    this.parts.clock.textContent = this.say("clock", { second: clock(second), end: clock(of) });
    this.parts.wait.textContent = this.say("wait", { seconds: clock(told ? told.seconds : 0) });
    this.parts.wait.classList.toggle("glm-running", Boolean(told?.running));
    this.parts.wait.hidden = !this.scene.waits.length;
    this.root.dataset.second = second.toFixed(4);
    this.markTurn(second);
    if (!this.transport.playing) this.describe(second, told);
    else if (second - (this.passed ?? -1) > 0 || second < this.passed) this.pass(second);
  }

  /** The turn in which the playhead is, in the list of turns. */
  markTurn(second) {
    const number = this.scene.turns.findLastIndex((turn) => turn.begin <= second + 0.001);
    if (!this.parts.turns || number === this.turn) return;
    this.turn = number;
    [...this.parts.turns.children].forEach((row, n) => row.toggleAttribute("aria-current", n === number));
    const row = this.parts.turns.children[number];
    if (row) this.parts.turns.scrollTop = row.offsetTop - this.parts.turns.clientHeight / 3;
  }

  /** What a playing playhead has just passed, for the eye. */
  pass(second) {
    const before = this.passed ?? second;
    this.passed = second;
    const passed = this.scene.moments.filter(({ at }) => at > before && at <= second);
    if (passed.length) this.show(passed.map(({ at, words }) => `${clock(at)} ${words}`).join(" · "));
  }

  describe(second, told) {
    const { stage } = this.parts;
    stage.setAttribute("aria-valuenow", second.toFixed(2));
    const values = { second: clock(second), end: clock(this.scene.end) };
    if (told) Object.assign(values, { seconds: clock(told.seconds), since: told.wait.since });
    const name = told ? (told.running ? "place_waiting" : "place_waited") : "place";
    stage.setAttribute("aria-valuetext", this.say(name, values));
  }

  tell(words) {
    this.show(words || this.hint());
  }

  show(words) {
    this.parts.told.textContent = words;
  }

  hint() {
    return this.say("hint");
  }

  tellPlace() {
    this.tell(this.parts.stage.getAttribute("aria-valuetext"));
  }

  /** What lies at the playhead after a step. */
  tellPassed() {
    const now = this.transport.second;
    const { events, moments } = this.scene;
    const lines = moments.filter(({ at }) => Math.abs(at - now) < 0.001).map(({ at, words }) => `${clock(at, 3)} ${words}`);
    const last = placeOf(events.at, now + 0.0005);
    for (let n = Math.max(placeOf(events.at, now - 0.0005), last - 3); n < last; n += 1) lines.push(eventLine(this.scene, n));
    this.tell(lines.join(" · "));
  }

  fillList() {
    if (this.parts.list.open) fillList(this.parts, this.scene, this.axis, (second) => this.go(second));
  }
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
