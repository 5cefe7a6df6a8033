// What a person sees of the recorder: its elements, and how they follow the engine.

import { fileButton, SOUND } from "./chosen_file.js";
import { clock, frame, Meter, Drawing, drawWave, deviceSettings, ProblemBox } from "./controls.js";
import { make } from "./page_elements.js";

export function recorderView(engine, el) {
  const say = engine.say;
  const button = (name, act) => make("button", { type: "button", class: `glmkit-${name}`, onclick: act }, say(name));
  const keys = {
    record: button("record", null),
    pause: button("pause", () => engine.pause()),
    stop: button("stop", () => engine.stop()),
    play: button("play", () => engine.play()),
    clear: button("clear", () => engine.clear()),
  };
  recordKey(keys.record, engine);
  const { button: upload, input: file } = fileButton(say, "upload", SOUND, (chosen) => engine.upload(chosen));
  const status = make("span", { class: "glmkit-status", role: "status", "aria-live": "polite" });
  const flaw = make("p", { class: "glmkit-hint", role: "status", "aria-live": "polite", hidden: true });
  const time = make("span", { class: "glmkit-time", role: "timer" });
  const meter = new Meter(say);
  const problem = new ProblemBox(say, engine);
  const settings = deviceSettings(say, engine.wanted);
  const wave = new Drawing(84, say("no_sound"), (pen, width, height) =>
    drawWave(pen, width, height, {
      envelope: engine.envelope, seconds: engine.seconds, element: el.firstChild,
      total: engine.state === "recorded" || engine.source ? engine.seconds : Math.max(engine.seconds, 5),
      position: engine.sound && engine.sound.context.currentTime - engine.sound.began,
    }));
  el.append(frame(say("recorder"),
    make("div", { class: "glmkit-row" }, keys.record, keys.pause, keys.stop, keys.play, keys.clear, upload, file, time),
    meter.element, wave.canvas, make("div", { class: "glmkit-row" }, status), flaw, problem.element,
    settings.element, make("p", { class: "glmkit-privacy" }, say("recorder_privacy"))));
  let refilled = null;
  const update = () => showRecorder(engine, { say, keys, status, flaw, time, meter, problem, wave, upload });
  const refresh = () => {
    update();
    if (engine.microphone.on && refilled !== engine.take) { refilled = engine.take; settings.refill(); }
  };
  engine.views.add(refresh);
  refresh();
  return () => {
    engine.views.delete(refresh);
    wave.close();
    settings.close();
    if (!engine.views.size) engine.unseen();
  };
}

/** A click records or stops; the space bar records as long as it is held. */
function recordKey(key, engine) {
  const active = () => ["recording", "opening"].includes(engine.state);
  let held = false;
  key.addEventListener("click", () => (active() ? engine.stop() : engine.record()));
  key.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    if (event.repeat || active()) return;
    held = true;
    engine.record();
  });
  const end = () => { if (held) { held = false; engine.stop(); } };
  key.addEventListener("keyup", (event) => { if (event.key === " ") { event.preventDefault(); end(); } });
  key.addEventListener("blur", end);
}

function showRecorder(engine, { say, keys, status, flaw, time, meter, problem, wave, upload }) {
  const { state } = engine;
  const running = state === "recording" || state === "opening";
  const sounding = state === "recorded" || (engine.samples > 0 && state !== "paused" && !running);
  keys.record.textContent = say(state === "paused" ? "resume" : running ? "recording" : "record");
  keys.record.setAttribute("aria-pressed", running);
  keys.record.disabled = state === "finishing" || !engine.wire.live;
  keys.pause.disabled = state !== "recording";
  keys.stop.disabled = !running && state !== "paused";
  keys.play.disabled = !sounding;
  keys.play.textContent = say(engine.sound ? "stop_playing" : "play");
  keys.play.classList.toggle("glmkit-sounding", Boolean(engine.sound));
  keys.clear.disabled = running || !engine.samples;
  upload.disabled = running || !engine.wire.live;
  const cut = sounding && engine.envelope.clipped.size ? say("clipped") : "";
  if (flaw.textContent !== cut) flaw.textContent = cut;
  flaw.hidden = !cut;
  const left = Math.max(engine.options.limit - engine.seconds, 0);
  time.textContent = running || state === "paused"
    ? say("left", { elapsed: clock(engine.seconds), left: clock(left) }) : clock(engine.seconds);
  const words = engine.busy && running ? say("kernel_busy") : statusOf(engine);
  if (status.textContent !== words) status.textContent = words;
  const listening = engine.microphone.on;
  meter.show({ rms: listening ? engine.loudness.rms : 0, hint: listening && running ? engine.loudness.hint : null });
  problem.show(engine);
  wave.label(engine.samples ? say("wave", { seconds: engine.seconds.toFixed(1) }) : say("no_sound"));
  wave.refresh();
}

function statusOf(engine) {
  if (engine.source && engine.state !== "recorded") return engine.say("sample_loaded", { file: engine.source });
  if (engine.source) return engine.say("file_loaded", { file: engine.source });
  const state = engine.state === "failed" && engine.samples ? "recorded" : engine.state; // the one before
  return engine.say(`state_${state}`, { seconds: engine.seconds.toFixed(1) });
}
