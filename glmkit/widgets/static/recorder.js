// The recorder: one engine a widget, any number of views of it.

import { ChosenFile } from "./chosen_file.js";
import { problemOf, place, keepRunning } from "./sound.js";
import { Microphone } from "./microphone.js";
import { Wire, watchOver } from "./wire.js";
import { Loudness, Envelope } from "./controls.js";
import { speaker } from "./page_elements.js";

export class RecorderEngine {
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
      onheld: (code) => this.held(code),
      onproblem: (code) => this.failed(code),
    });
    this.wire = new Wire(model, (message, buffer) => this.told(message, buffer));
    this.file = new ChosenFile({ rate: this.options.rate, wire: this.wire, onproblem: (code) => this.reported(code) });
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
    this.before = this.state === "recorded" ? "recorded" : "ready"; // to go back to
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
    if (this.problem) this.wire.tell("problem", { code: this.problem }); // held back: said anew
    this.microphone.gate(true);
    this.state = "recording";
    this.changed();
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
      return this.become(this.before);
    }
    if (this.state !== "recording" && this.state !== "paused") return;
    this.become("finishing");
    const { gaps } = await this.microphone.finish();
    if (this.state !== "finishing") return; // cleared, or lost, meanwhile
    this.microphone.close();
    this.wire.tell("stop", { take: this.take, chunks: this.seq, samples: this.samples, gaps });
    this.become("recorded");
  }

  clear() {
    this.wire.tell("clear");
    this.cleared();
  }

  cleared() {
    this.microphone.close();
    this.stopSound();
    this.fresh();
    this.become("ready");
  }

  async play() {
    if (this.sound) return this.stopSound();
    const context = new AudioContext();
    keepRunning(context, (code) => this.held(code));
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

  upload(file) {
    this.stopSound();
    return this.file.handOver(file);
  }

  askForPage() {
    this.wire.tell("page");
  }

  async resume() {
    await Promise.all([this.microphone.context?.resume(), this.sound?.context.resume()]);
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
    else if (message.type === "decode") this.file.decode();
    else if (message.type === "cleared") this.cleared();
    else if (message.type === "problem") Object.assign(this, { problem: message.code, words: message.words });
    else if (message.type === "page") this.page = message;
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
    this.file.taken();
    if (place() !== "vscode" || state === "recorded") this.become(state);
  }

  become(state) {
    this.state = state;
    this.problem = this.words = null;
    this.changed();
  }

  async failed(code) {
    if (this.state === "finishing") return; // it ends anyway, with what came
    const had = ["recording", "paused"].includes(this.state);
    if (had) await this.stop(); // what was recorded until then is kept
    this.microphone.close();
    this.wire.tell("problem", { code, kept: had });
    this.state = had ? "recorded" : "failed";
    this.problem = code;
    this.words = null;
    this.changed();
  }

  /** The browser holds sound back, or (null) lets it go again: what was begun goes on. */
  held(code) {
    if (!this.over && (this.problem ?? "suspended") === "suspended") this.reported(code);
  }

  /** Says a problem here and in Python; null says that there is none. */
  reported(code) {
    this.wire.tell("problem", { code });
    this.problem = code;
    this.words = null;
    this.changed();
  }

  lost(code) {
    if (this.over) return;
    this.over = true;
    this.wire.tell("gone"); // where the page leaves and the kernel stays: what came is what there is
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
