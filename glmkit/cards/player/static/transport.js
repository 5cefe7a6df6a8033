// Plays a scene as it was in time: question, silence, answer. One clock, the audio context's.

import { silences } from "./scene.js";
import { stretched } from "./stretch.js";

const SOON = 0.06; // seconds from pressing a button to the first sample
const BLOCK = 0.02; // seconds that the loudspeaker may take at once
const AHEAD = 2; // seconds for which sound is handed over
const DECODE_AHEAD = 20;
const SLICE = 4; // seconds of sound that are stretched at once
const TICK_MS = 60;
const IDLE = 3; // seconds of silence that are worth skipping
const BREATH = 0.4; // seconds of it that are left

let shared = null; // the page's one audio context
let sounding = null; // the one transport that plays

/** Where the sound is, and play, pause, seek, rate, loop. `told` is called when any of it changes. */
export class Transport {
  constructor(scene, sounds, told) {
    Object.assign(this, { scene, sounds, told });
    this.at = Math.max(scene.begin, Math.min(0, scene.end));
    this.playing = false;
    this.rate = 1;
    this.muted = [false, false];
    this.loop = null;
    this.skipping = false;
    this.idle = silences(scene, IDLE);
    this.anchor = null;
    this.run = 0;
    this.nodes = new Set();
  }

  /** The second that is heard now. */
  get second() {
    if (!this.anchor) return this.at;
    const passed = heardTime(this.context) - this.anchor.time;
    const end = this.loop?.to ?? this.scene.end; // behind it there is no sound, however late it is noticed
    return Math.min(end, this.anchor.at + Math.max(0, passed) * this.rate);
  }

  async play() {
    if (this.at >= this.scene.end - 0.01) this.at = this.scene.begin;
    if (this.loop && !(this.at >= this.loop.from && this.at < this.loop.to)) this.at = this.loop.from;
    if (sounding !== this) sounding?.pause();
    sounding = this;
    this.playing = true;
    const run = this.halt();
    this.told();
    try {
      this.open();
      await Promise.all([this.context.resume(), ...this.near(this.at, 1).map((n) => this.sounds.load(n))]);
    } catch (error) {
      if (run === this.run) this.fail(error);
      return;
    }
    if (run !== this.run) return;
    this.anchor = { time: this.context.currentTime + SOON, at: this.at };
    this.sent = new Set();
    this.tick();
  }

  pause() {
    this.at = this.second;
    this.playing = false;
    this.halt();
    this.told();
  }

  seek(second) {
    this.at = Math.min(this.scene.end, Math.max(this.scene.begin, second));
    if (this.playing) this.play();
    else this.told();
  }

  /** Change how it is played: `rate`, `loop`, `skipping`, `muted`; it goes on from where it is. */
  set(changes) {
    const at = this.second;
    Object.assign(this, changes);
    this.gains?.forEach((gain, voice) => (gain.gain.value = this.muted[voice] ? 0 : 1));
    if ("muted" in changes) this.told();
    else this.seek(at);
  }

  fail(error) {
    this.playing = false;
    this.told(error);
  }

  /** Stop what sounds; the number of the next run. */
  halt() {
    clearTimeout(this.timer);
    this.anchor = null;
    for (const node of this.nodes) node.stop();
    this.nodes.clear();
    return (this.run += 1);
  }

  open() {
    shared ??= new AudioContext();
    if (this.context) return;
    this.context = shared;
    const merger = shared.createChannelMerger(2);
    this.gains = [0, 1].map((voice) => {
      const gain = shared.createGain();
      gain.gain.value = this.muted[voice] ? 0 : 1;
      gain.connect(merger, 0, voice); // what was sent left, what came right
      return gain;
    });
    merger.connect(shared.destination);
  }

  tick() {
    const second = this.second;
    const gap = this.skipping && this.idle.find(([from, to]) => from + BREATH <= second && second < to - BREATH);
    if (this.loop && second >= this.loop.to) this.seek(this.loop.from);
    else if (second >= this.scene.end) this.pause();
    else if (gap) this.seek(gap[1] - BREATH);
    else {
      this.near(second, DECODE_AHEAD).forEach((n) => this.sounds.load(n).catch((error) => this.fail(error)));
      this.handOver();
      this.timer = setTimeout(() => this.tick(), TICK_MS);
    }
  }

  /** The sounds that are heard within so many seconds. */
  near(second, seconds) {
    const pieces = this.scene.pieces.filter((p) => p.end > second && p.at < second + seconds * this.rate);
    return [...new Set(pieces.map((piece) => piece.sound).filter((sound) => sound !== null))];
  }

  /** Start what begins soon and is decoded. */
  handOver() {
    const now = this.anchor.at + (this.context.currentTime - this.anchor.time) * this.rate;
    const from = Math.max(now, this.anchor.at);
    const until = Math.min(now + AHEAD * this.rate, this.loop?.to ?? Infinity);
    this.scene.pieces.forEach((piece, number) => {
      if (piece.sound === null || piece.end <= from || piece.at >= until) return;
      const found = this.sounds.ready(piece.sound);
      if (found) for (const slice of this.slices(piece, number, from, until)) this.start(piece, found, slice);
    });
  }

  /** [from, to] of a piece to be started now: all of it, or so much as is stretched at once. */
  *slices(piece, number, from, until) {
    const end = Math.min(piece.end, this.loop?.to ?? Infinity);
    const length = this.rate === 1 ? Infinity : SLICE;
    for (let n = 0, begin = piece.at; begin < Math.min(end, until); n += 1, begin = piece.at + n * length) {
      const [first, last] = [Math.max(begin, from), Math.min(begin + length, end)];
      const name = `${number} ${n}`;
      if (last <= first || this.sent.has(name)) continue;
      this.sent.add(name);
      yield [first, last];
    }
  }

  start(piece, { buffer, lead }, [from, to]) {
    const offset = lead + piece.from + from - piece.at;
    const seconds = Math.min(to - from, buffer.duration - offset);
    if (seconds <= 0) return;
    const node = this.context.createBufferSource();
    node.buffer = this.rate === 1 ? buffer : this.slice(buffer, offset, seconds);
    node.connect(this.gains[piece.voice]);
    this.nodes.add(node);
    node.onended = () => this.nodes.delete(node);
    const when = this.anchor.time + (from - this.anchor.at) / this.rate;
    const late = Math.max(0, this.context.currentTime + BLOCK - when); // after all that takes time
    if (this.rate === 1) node.start(when + late, offset + late, Math.max(0, seconds - late));
    else node.start(when + late, late);
  }

  slice(buffer, offset, seconds) {
    const hz = buffer.sampleRate;
    const first = Math.round(offset * hz);
    const samples = buffer.getChannelData(0).subarray(first, first + Math.round(seconds * hz));
    const shorter = stretched(samples, this.rate, hz);
    const found = this.context.createBuffer(1, Math.max(1, shorter.length), hz);
    found.copyToChannel(shorter, 0);
    return found;
  }
}

/** The context's time of the sample that leaves the loudspeaker now. */
function heardTime(context) {
  const plain = context.currentTime - (context.outputLatency || context.baseLatency || 0);
  const stamp = context.getOutputTimestamp?.();
  if (!stamp?.contextTime) return plain;
  const exact = stamp.contextTime + (performance.now() - stamp.performanceTime) / 1000;
  return Math.abs(exact - plain) < 0.1 ? exact : plain;
}
