// What a person sees of live talk: its elements, and how they follow the engine.

import { fileButton, SOUND } from "./chosen_file.js";
import { frame, toggle, Meter, Drawing, deviceSettings, ProblemBox, holdable } from "./controls.js";
import { make } from "./page_elements.js";
import { SHARES } from "./eyes.js";
import { CardPanel, showTurns } from "./turns_view.js";

export function talkView(engine, el) {
  const say = engine.say;
  const key = (name, act) => make("button", { type: "button", class: `glmkit-${name}`, onclick: act }, say(name));
  const hold = key("hold", null);
  holdable(hold, () => engine.press(), () => engine.release(), () => engine.talking);
  const keys = { hold, interrupt: key("interrupt", () => engine.interrupt()), halt: key("halt", () => engine.halt()),
    answer: key("answer_now", () => engine.answerNow()) };
  const open = toggle(say("open_mic"), engine.opened, (on) => engine.open(on), say("open_hint"));
  const half = toggle(say("half"), engine.half, (on) => (engine.half = on));
  const hint = make("p", { class: "glmkit-note", hidden: true }, say("open_hint"));
  const status = make("span", { class: "glmkit-status", role: "status", "aria-live": "polite" });
  const peer = make("span", { class: "glmkit-time" });
  const counts = make("span", { class: "glmkit-counts" });
  const log = make("div", { class: "glmkit-log", role: "log", "aria-label": say("log"), "aria-live": "polite", tabindex: "0" });
  const card = new CardPanel(engine, log);
  const meter = new Meter(say);
  const problem = new ProblemBox(say, engine);
  const settings = deviceSettings(say, engine.wanted);
  const sight = seeing(engine), write = writing(engine);
  const timeline = new Drawing(64, say("timeline"), (pen, width, height) =>
    engine.timeline.draw(pen, width, height, { say, element: el.firstChild }));
  const parts = { keys, open, half, hint, status, peer, counts, log, card, meter, problem, settings, sight, timeline, write };
  el.append(frame(say("talk"),
    make("div", { class: "glmkit-row" }, hold, keys.interrupt, keys.halt, peer),
    make("div", { class: "glmkit-row" }, open, half, keys.answer), hint,
    meter.element, make("div", { class: "glmkit-row" }, status), problem.element, log, card.element,
    write, sight.element, timeline.canvas, counts, settings.element,
    make("p", { class: "glmkit-privacy" }, say("talk_privacy"))));
  const refresh = () => showTalk(engine, parts);
  engine.views.add(refresh);
  refresh();
  const ticking = setInterval(() => { if (engine.timeline.moves) timeline.refresh(); }, 100);
  return () => {
    clearInterval(ticking);
    engine.views.delete(refresh);
    timeline.close();
    settings.close();
    if (!engine.views.size) engine.unseen();
  };
}

function writing(engine) {
  const box = make("input", { type: "text", "aria-label": engine.say("type"), placeholder: engine.say("type") });
  const send = () => {
    if (box.value.trim()) engine.write(box.value);
    box.value = "";
  };
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") send(); });
  const { button, input } = fileButton(engine.say, "say_file", SOUND, (file) => engine.sayFile(file));
  return make("div", { class: "glmkit-row" }, box, make("button", { type: "button", onclick: send }, engine.say("send")), button, input);
}

function seeing(engine) {
  const say = engine.say, eyes = engine.eyes;
  const { button: picture, input: file } = fileButton(say, "picture", "image/*", (chosen) => engine.picture(chosen));
  const rate = make("select", { "aria-label": say("rate", { rate: "" }), onchange: () => (eyes.share = Number(rate.value)) },
    ...SHARES.map((each) => make("option", { value: each, selected: each === eyes.share }, say("rate", { rate: each }))));
  const button = (name, act) => make("button", { type: "button", class: `glmkit-${name}`, onclick: act }, say(name));
  const keys = {
    picture,
    camera: button("camera", () => engine.look("camera")),
    screen: button("screen", () => engine.look("screen")),
  };
  const seen = make("div", { class: "glmkit-row" });
  const waiting = make("div", { class: "glmkit-row", role: "group", "aria-label": say("thumbnails"), hidden: true });
  const element = make("div", {}, make("div", { class: "glmkit-row" }, keys.picture, file, keys.camera, keys.screen, rate), waiting, seen);
  return { element, keys, rate, seen, waiting };
}

/** The pictures that have not gone yet, each with a way back while it waits. */
function showPictures(engine, waiting, live, next) {
  const { say, pictures } = engine;
  for (const each of [...waiting.children]) if (!pictures.has(Number(each.dataset.number))) each.remove();
  for (const [number, { state, url }] of pictures) {
    let shown = waiting.querySelector(`[data-number="${number}"]`);
    if (!shown) {
      const back = () => { engine.takeBack(number); next.focus(); };
      shown = make("figure", { "data-number": number }, make("img", { src: url, alt: say("thumbnail", { number }) }),
        make("figcaption"), make("button", { type: "button", class: "glmkit-back", "aria-label": say("take_back", { number }), title: say("take_back", { number }), onclick: back }));
      waiting.append(shown);
    }
    const [, caption, back] = shown.children;
    if (shown.dataset.state !== state) caption.textContent = say(`picture_${state}`);
    shown.dataset.state = state;
    back.hidden = !live || state !== "waiting";
  }
  waiting.hidden = !pictures.size;
}

function showSeeing(engine, { keys, rate, seen, waiting }, live) {
  const { say, eyes } = engine;
  showPictures(engine, waiting, live, keys.picture);
  for (const each of [...Object.values(keys), rate]) each.disabled = !live;
  keys.camera.textContent = say(eyes.kind === "camera" ? "camera_off" : "camera");
  keys.screen.textContent = say(eyes.kind === "screen" ? "screen_off" : "screen");
  for (const kind of ["camera", "screen"]) keys[kind].setAttribute("aria-pressed", eyes.kind === kind);
  const shown = seen.firstChild;
  if ((shown?.srcObject ?? null) === eyes.stream) return;
  if (shown) shown.srcObject = null;
  seen.replaceChildren();
  if (!eyes.on) return;
  const copy = make("video", { playsinline: true, autoplay: true, "aria-label": say(`seen_${eyes.kind}`) });
  Object.assign(copy, { muted: true, srcObject: eyes.stream });
  seen.append(copy, make("span", { class: "glmkit-note" }, say("seen_hint")));
}

function showTalk(engine, { keys, open, half, hint, status, peer, counts, log, card, meter, problem, settings, sight, timeline, write }) {
  const { say, state } = engine;
  const live = engine.wire.live && state !== "closed";
  keys.hold.textContent = say(engine.talking ? "let_go" : "hold");
  keys.hold.setAttribute("aria-pressed", engine.talking);
  keys.hold.disabled = !live || engine.opened;
  keys.interrupt.disabled = !live || !(engine.player.playing || state === "answering");
  keys.halt.disabled = !live || (state === "ready" && !engine.player.playing && !engine.microphone.on && !engine.eyes.on);
  keys.answer.hidden = !engine.opened; // where the service ends the turns; a held button ends its own
  keys.answer.disabled = !live || !engine.speaking;
  open.box.checked = engine.opened;
  open.box.disabled = !live;
  half.box.checked = engine.half;
  half.box.disabled = !live;
  hint.hidden = !engine.opened || engine.half;
  const words = engine.busy && engine.sending ? say("kernel_busy") : talkStatus(engine);
  if (status.textContent !== words) status.textContent = words;
  peer.textContent = engine.model ? say("peer", engine) : "";
  counts.textContent = say("counts", engine);
  showTurns(engine, log);
  card.show(engine);
  const listening = engine.sending && engine.microphone.on;
  const waits = engine.opened && engine.loudness.hint === "too_quiet"; // nobody need be speaking
  meter.show({ rms: listening ? engine.loudness.rms : 0, hint: listening && !waits ? engine.loudness.hint : null });
  problem.show(engine);
  if (engine.microphone.on && !settings.filled) { settings.filled = true; settings.refill(); }
  showSeeing(engine, sight, live);
  for (const each of write.children) each.disabled = !live;
  timeline.refresh();
}

function talkStatus(engine) {
  const { say, state } = engine;
  if (state === "closed") return say("talk_closed");
  if (engine.sending && !engine.microphone.on) return say("talk_opening");
  if (engine.player.playing) return say(engine.half ? "talk_playing_half" : engine.opened ? "talk_playing_open" : "talk_playing");
  return say(`talk_${engine.opened ? "open" : engine.talking ? "listening" : state === "open" ? "ready" : state}`);
}
