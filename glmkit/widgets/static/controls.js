// What both widgets are made of on the page: a level meter, a waveform, a device picker.

import { make } from "./page_elements.js";
import { place } from "./sound.js";
import { microphones } from "./microphone.js";

export const colour = (element, name) => getComputedStyle(element).getPropertyValue(`--glmkit-${name}`).trim();

/** Minutes, seconds and tenths, rounded as `toFixed(1)` rounds. */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}

/** The outermost element: Jupyter's shortcuts are off inside it. They ask the focused element itself
    before those around it, so each says so once it has the focus. */
export function frame(label, ...children) {
  const keep = (event) => event.stopPropagation();
  return make("section", {
    class: "glmkit", "aria-label": label, "data-lm-suppress-shortcuts": "true",
    onfocusin: ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"),
    onkeydown: keep, onkeyup: keep, onkeypress: keep,
  }, ...children);
}

export function toggle(label, checked, onchange, hint = null) {
  const box = make("input", { type: "checkbox", onchange: () => onchange(box.checked) });
  box.checked = checked;
  return Object.assign(make("label", { class: "glmkit-toggle", title: hint }, box, label), { box });
}

/** How loud the microphone is, with what is wrong about it, in words as well as in colour. */
export class Meter {
  constructor(say) {
    this.say = say;
    this.bar = make("div", { class: "glmkit-level" });
    this.hint = make("span", { class: "glmkit-hint" });
    this.scale = make("div", {
      class: "glmkit-meter", role: "meter", "aria-label": say("level"),
      "aria-valuemin": -60, "aria-valuemax": 0, "aria-valuenow": -60,
    }, this.bar);
    this.element = make("div", { class: "glmkit-row" }, this.scale, this.hint);
  }

  show({ rms, hint }) {
    const level = Math.max(-60, Math.round(20 * Math.log10(rms || 1e-6)));
    this.bar.style.width = `${((level + 60) / 60) * 100}%`;
    this.bar.classList.toggle("glmkit-clipping", hint === "clipping");
    this.scale.setAttribute("aria-valuenow", level);
    this.scale.setAttribute("aria-valuetext", this.say("decibels", { level }));
    const words = hint ? this.say(hint) : "";
    if (this.hint.textContent !== words) this.hint.textContent = words;
  }
}

/** Watches the level: clipping is said for a second, too quiet after two seconds of it. */
export class Loudness {
  constructor() {
    this.reset();
  }

  reset() {
    this.rms = 0;
    this.clippedAt = -Infinity;
    this.loudAt = null;
    this.hint = null;
  }

  hear({ rms, clipped }) {
    const now = performance.now();
    this.loudAt ??= now;
    this.rms = Math.max(rms, this.rms * 0.8);
    if (clipped) this.clippedAt = now;
    if (rms > 0.01) this.loudAt = now; // -40 dBFS
    const quiet = now - this.loudAt > 2000;
    this.hint = now - this.clippedAt < 1000 ? "clipping" : quiet ? "too_quiet" : null;
  }
}

const FULL_SCALE = 32735; // 0.999 of it
const CUT_OFF = 3; // samples of a stretch there, and its tops are gone

/** What was recorded, as lowest and highest sample of each stretch of 20 ms, and which were clipped. */
export class Envelope {
  constructor(rate) {
    this.size = Math.round(rate / 50);
    this.points = [];
    this.clipped = new Set(); // stretches, by their place in `points`
  }

  add(samples) {
    for (let start = 0; start < samples.length; start += this.size) {
      let low = 0, high = 0, full = 0;
      for (const sample of samples.subarray(start, start + this.size)) {
        if (sample < low) low = sample;
        if (sample > high) high = sample;
        if (Math.abs(sample) >= FULL_SCALE) full++;
      }
      if (full >= CUT_OFF) this.clipped.add(this.points.length);
      this.points.push(low / 32768, high / 32768);
    }
  }
}

/** Draws on a canvas that follows its width and its theme. */
export class Drawing {
  constructor(height, label, draw) {
    this.canvas = make("canvas", { class: "glmkit-drawing", role: "img", "aria-label": label });
    this.canvas.style.height = `${height}px`;
    this.height = height;
    this.draw = draw;
    this.asked = false;
    this.watch = new ResizeObserver(() => this.refresh());
    this.watch.observe(this.canvas);
  }

  label(words) {
    this.canvas.setAttribute("aria-label", words);
  }

  refresh() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      const width = this.canvas.clientWidth;
      if (!width) return;
      const density = (window.devicePixelRatio || 1) * (this.canvas.currentCSSZoom ?? 1);
      this.canvas.width = width * density;
      this.canvas.height = this.height * density;
      const pen = this.canvas.getContext("2d");
      pen.scale(density, density);
      this.draw(pen, width, this.height);
    });
  }

  close() {
    this.watch.disconnect();
  }
}

/** A waveform whose axis is `total` seconds long; what was clipped is in the colour of errors. */
export function drawWave(pen, width, height, { envelope, seconds, total, position, element }) {
  const { points, clipped } = envelope;
  const middle = height / 2 - 6, scale = middle - 2;
  const end = Math.max(total, 1);
  const plain = colour(element, "input"), cut = colour(element, "error");
  const step = points.length ? (width * seconds) / end / (points.length / 2) : 0;
  for (let i = 0; i < points.length; i += 2) {
    pen.fillStyle = clipped.has(i) ? cut : plain;
    const top = middle - points[i + 1] * scale, bottom = middle - points[i] * scale;
    pen.fillRect((i / 2) * step, top, Math.max(step, 1), Math.max(bottom - top, 1));
  }
  pen.fillStyle = colour(element, "quiet");
  pen.font = "10px system-ui, sans-serif";
  const every = [0.5, 1, 2, 5, 10, 20, 60].find((each) => end / each <= 10) ?? 120;
  for (let t = 0; t <= end - every / 2; t += every) pen.fillText(`${t} s`, (t / end) * width + 2, height - 2);
  if (position != null) {
    pen.fillStyle = colour(element, "speech");
    pen.fillRect((position / end) * width, 0, 2, height - 12);
  }
}

/** The microphone picker and the three switches of the browser's own processing. */
export function deviceSettings(say, wanted) {
  const picker = make("select", { onchange: () => (wanted.device = picker.value || null) });
  const switches = ["echo", "noise", "gain"].map((name) =>
    toggle(say(name), wanted[name], (on) => (wanted[name] = on)));
  const element = make("details", { class: "glmkit-settings" },
    make("summary", {}, say("settings")),
    make("label", { class: "glmkit-toggle" }, say("microphone"), picker), ...switches);
  const refill = async () => {
    const found = await microphones();
    picker.replaceChildren(
      make("option", { value: "" }, say("default_device")),
      ...found.filter((each) => each.deviceId !== "default").map((each, number) =>
        make("option", { value: each.deviceId }, each.label || say("device", { number: number + 1 }))));
    picker.value = wanted.device ?? "";
  };
  refill();
  navigator.mediaDevices?.addEventListener?.("devicechange", refill);
  const close = () => navigator.mediaDevices?.removeEventListener?.("devicechange", refill);
  return { element, refill, close };
}

/** What went wrong, what to do about it, and the way out through a page of its own. */
export class ProblemBox {
  constructor(say, engine) {
    this.say = say;
    this.problem = make("div", { class: "glmkit-problem", role: "alert", hidden: true });
    this.offer = make("div", { class: "glmkit-offer", role: "status", "aria-live": "polite", hidden: true });
    this.element = make("div", {}, this.problem, this.offer);
    this.engine = engine;
  }

  show({ problem, words, page }) {
    const key = JSON.stringify([problem, words, page]);
    if (key === this.shown) return;
    this.shown = key;
    const sentence = words || (problem && this.say(`problem_${problem}`));
    fill(this.problem, sentence && make("p", {}, sentence),
      problem === "suspended" && this.button("enable_sound", () => this.engine.resume()));
    const wanted = (page || PAGE_HELPS.has(problem)) && place() !== "page";
    if (page?.url) fill(this.offer, make("p", {}, this.link(page.url)), make("p", {}, page.advice));
    else fill(this.offer, wanted && this.button("open_page", () => this.engine.askForPage()));
  }

  button(name, onclick) {
    return make("button", { type: "button", onclick }, this.say(name));
  }

  link(url) {
    return make("a", { href: url, target: "_blank", rel: "noopener" }, this.say("page_link"));
  }
}

/** Puts what there is into a box, which shows only where there is something. */
function fill(box, ...children) {
  box.replaceChildren(...children.filter(Boolean));
  box.hidden = !box.firstChild;
}

const PAGE_HELPS = new Set(["vscode", "denied", "insecure", "no_microphones", "no_worklet"]);

/** Hold to talk: with the pointer, with the space bar; Enter switches it on and off. `active`:
    whether it still talks, for a limit or a failure may have ended it. */
export function holdable(button, press, release, active) {
  let held = false;
  const begin = () => { if (!held) { held = true; press(); } };
  const end = () => { if (held) { held = false; release(); } };
  button.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    button.setPointerCapture(event.pointerId);
    begin();
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) button.addEventListener(name, end);
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (event.repeat) return;
    if (!active()) held = false;
    if (event.key === "Enter" && held) end();
    else begin();
  });
  button.addEventListener("keyup", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    end();
  });
}
