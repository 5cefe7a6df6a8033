// The recorder: one engine a widget, any number of views of it.

class RecorderEngine {
  constructor(model) {
    this.options = model.get("options");
    this.say = speaker(this.options.words);
    this.views = new Set();
    this.wanted = { device: null, ...this.options.switches };
    this.loudness = new Loudness();
    this.take = 0;
    this.fresh();
    this.state = place() === "vscode" ? "failed" : "ready";
    this.problem = place() === "vscode" ? "vscode" : null;
    this.words = this.page = null;
    this.over = false;
    this.sound = null;
    this.microphone = new Microphone({
      rate: this.options.rate,
      onchunk: (buffer) => this.recorded(buffer),
      onmeter: (meter) => { this.loudness.hear(meter); this.changed(); },
      onproblem: (code) => this.failed(code),
    });
    this.wire = new Wire(model, (message, buffer) => this.told(message, buffer));
    watchOver(model, (code) => this.lost(code));
    this.wire.tell("hello", { place: place(), host: location.hostname });
    if (this.problem) this.wire.tell("problem", { code: this.problem });
  }

  fresh() {
    this.parts = [];
    this.samples = 0;
    this.seq = this.acknowledged = 0;
    this.busySince = null;
    this.envelope = new Envelope(this.options.rate);
    this.loudness.reset();
    this.source = null;
  }

  get seconds() {
    return this.samples / this.options.rate;
  }

  get busy() {
    return this.busySince !== null && performance.now() - this.busySince > 500;
  }

  changed() {
    for (const view of this.views) view();
  }

  // -- what the person does

  async record() {
    if (this.state === "paused") return this.resumeTake();
    if (["opening", "recording", "finishing"].includes(this.state)) return;
    this.stopSound();
    this.become("opening");
    try {
      await this.microphone.open(this.wanted);
    } catch (error) {
      if (problemOf(error) !== "closed") this.failed(problemOf(error));
      return;
    }
    if (this.state !== "opening") return this.microphone.close();
    this.fresh();
    this.take++;
    this.wire.tell("start", { take: this.take, rate: this.options.rate, switches: this.wanted });
    this.microphone.gate(true);
    if (this.problem !== "suspended") this.become("recording");
    else this.state = "recording";
    this.ondevices?.();
  }

  pause() {
    if (this.state !== "recording") return;
    this.microphone.gate(false);
    this.wire.tell("pause");
    this.become("paused");
  }

  resumeTake() {
    this.microphone.gate(true);
    this.wire.tell("resume");
    this.become("recording");
  }

  async stop() {
    if (this.state === "opening") {
      this.microphone.close();
      return this.become("ready");
    }
    if (this.state !== "recording" && this.state !== "paused") return;
    this.become("finishing");
    const { gaps } = await this.microphone.finish();
    this.microphone.close();
    this.wire.tell("stop", { take: this.take, chunks: this.seq, samples: this.samples, gaps });
    this.become("recorded");
  }

  clear() {
    this.microphone.close();
    this.stopSound();
    this.fresh();
    this.wire.tell("clear");
    this.become("ready");
  }

  async play() {
    if (this.sound) return this.stopSound();
    const context = new AudioContext();
    const buffer = context.createBuffer(1, Math.max(this.samples, 1), this.options.rate);
    const channel = buffer.getChannelData(0);
    let at = 0;
    for (const part of this.parts) for (const sample of part) channel[at++] = sample / 32768;
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.onended = () => this.stopSound();
    source.start();
    this.sound = { context, began: context.currentTime };
    this.tick();
  }

  tick() {
    this.changed();
    if (this.sound) requestAnimationFrame(() => this.tick());
  }

  stopSound() {
    this.sound?.context.close();
    this.sound = null;
    this.changed();
  }

  async upload(file) {
    this.stopSound();
    this.wire.tell("upload", { name: file.name }, await file.arrayBuffer());
  }

  askForPage() {
    this.wire.tell("page");
  }

  async resume() {
    await this.microphone.context?.resume();
    this.become(this.state);
  }

  // -- what happens

  recorded(buffer) {
    if (!["recording", "finishing", "paused"].includes(this.state)) return;
    let samples = new Int16Array(buffer);
    const left = Math.round(this.options.limit * this.options.rate) - this.samples;
    samples = samples.subarray(0, Math.max(left, 0));
    if (samples.length) {
      this.parts.push(samples.slice());
      this.samples += samples.length;
      this.envelope.add(samples);
      this.busySince ??= performance.now();
      this.wire.tell("chunk", { take: this.take, seq: this.seq++ }, samples.slice().buffer);
    }
    this.changed();
    if (samples.length >= left && this.state === "recording") this.stop();
  }

  told(message, buffer) {
    if (message.type === "got") {
      this.acknowledged = message.seq + 1;
      this.busySince = this.acknowledged >= this.seq ? null : performance.now();
    } else if (message.type === "sound") this.given(message, buffer);
    else if (message.type === "problem") this.failed(message.code, message.words);
    else if (message.type === "page") this.page = { url: message.url, advice: message.advice };
    else if (message.type === "closed") this.lost("closed");
    this.changed();
  }

  /** Sound that Python has: what was recorded before a reload, an uploaded file, the sample. */
  given({ state, source }, buffer) {
    if (["opening", "recording", "paused", "finishing"].includes(this.state)) return;
    this.fresh();
    const samples = new Int16Array(buffer);
    this.parts = [samples];
    this.samples = samples.length;
    this.envelope.add(samples);
    this.source = source ?? null;
    if (place() !== "vscode" || state === "recorded") this.become(state);
  }

  become(state) {
    this.state = state;
    this.problem = this.words = null;
    this.changed();
  }

  async failed(code, words = null) {
    if (code === "suspended") {
      this.problem = code;
      return this.changed();
    }
    const had = ["recording", "paused"].includes(this.state);
    this.wire.tell("problem", { code });
    if (had) await this.stop(); // what was recorded until then is kept
    this.microphone.close();
    this.state = had ? "recorded" : "failed";
    this.problem = code;
    this.words = words;
    this.changed();
  }

  lost(code) {
    if (this.over) return;
    this.over = true;
    this.wire.live = false;
    this.microphone.close();
    this.stopSound();
    this.state = this.samples ? "recorded" : "failed";
    this.problem = code;
    this.changed();
  }

  /** No view is left: the cell was cleared. */
  async unseen() {
    await this.stop();
    this.microphone.close();
    this.stopSound();
  }
}

function recorderView(engine, el) {
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
  const file = make("input", { type: "file", accept: "audio/*", class: "glmkit-hidden", "aria-label": say("upload"),
    onchange: () => { if (file.files[0]) engine.upload(file.files[0]); file.value = ""; } });
  const upload = button("upload", () => file.click());
  const status = make("span", { class: "glmkit-status", role: "status", "aria-live": "polite" });
  const time = make("span", { class: "glmkit-time", role: "timer" });
  const meter = new Meter(say);
  const problem = new ProblemBox(say, engine);
  const settings = deviceSettings(say, engine.wanted);
  const wave = new Drawing(84, say("no_sound"), (pen, width, height) =>
    drawWave(pen, width, height, {
      points: engine.envelope.points, seconds: engine.seconds, element: el.firstChild,
      total: engine.state === "recorded" || engine.source ? engine.seconds : Math.max(engine.seconds, 5),
      position: engine.sound && engine.sound.context.currentTime - engine.sound.began,
    }));
  el.append(frame(say("recorder"),
    make("div", { class: "glmkit-row" }, keys.record, keys.pause, keys.stop, keys.play, keys.clear, upload, file, time),
    meter.element, wave.canvas, make("div", { class: "glmkit-row" }, status), problem.element,
    settings.element, make("p", { class: "glmkit-privacy" }, say("recorder_privacy"))));
  let refilled = null;
  const update = () => showRecorder(engine, { say, keys, status, time, meter, problem, wave, upload });
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

function showRecorder(engine, { say, keys, status, time, meter, problem, wave, upload }) {
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
  keys.clear.disabled = running || !engine.samples;
  upload.disabled = running || !engine.wire.live;
  const left = Math.max(engine.options.limit - engine.seconds, 0);
  time.textContent = running || state === "paused"
    ? say("left", { elapsed: clock(engine.seconds), left: clock(left) }) : clock(engine.seconds);
  const words = engine.busy && running ? say("kernel_busy") : statusOf(engine);
  if (status.textContent !== words) status.textContent = words;
  const listening = engine.microphone.on;
  meter.show({ rms: listening ? engine.loudness.rms : 0, hint: listening ? engine.loudness.hint : null });
  problem.show(engine);
  wave.label(engine.samples ? say("wave", { seconds: engine.seconds.toFixed(1) }) : say("no_sound"));
  wave.refresh();
}

function statusOf(engine) {
  if (engine.source && engine.state !== "recorded") return engine.say("sample_loaded", { file: engine.source });
  if (engine.source) return engine.say("file_loaded", { file: engine.source });
  return engine.say(`state_${engine.state}`, { seconds: engine.seconds.toFixed(1) });
}
