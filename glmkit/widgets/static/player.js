// The loudspeaker: answers as they arrive.

import { addWorklet, keepRunning, after } from "./sound.js";

const PREBUFFER_MS = 120;
const PLAYBACK_RATE = 24000;

/** Plays answers as they arrive; samples at 24 kHz, rendered as they are. */
export class Player {
  constructor({ onended, onheld, onstarted }) {
    Object.assign(this, { onended, onheld, onstarted });
    this.context = this.loading = null;
    this.flushes = new Map();
    this.playing = false;
    this.endedAt = -Infinity;
  }

  /** Whether an answer sounds, or has only just left the loudspeaker: `ms` are for the room. */
  audible(ms) {
    const late = 1000 * (this.context?.outputLatency ?? 0);
    return this.playing || performance.now() - this.endedAt < late + ms;
  }

  /** The one promise that everything goes through, so that nothing is lost while it loads. */
  get node() {
    return (this.loading ??= this.load());
  }

  /** Begins to load while a click still counts; whoever then plays is told what failed. */
  prepare() {
    this.node.catch(() => {});
  }

  async load() {
    this.context = new AudioContext({ sampleRate: PLAYBACK_RATE });
    await addWorklet(this.context);
    const node = new AudioWorkletNode(this.context, "glmkit-playback", {
      numberOfInputs: 0,
      outputChannelCount: [1],
      processorOptions: { prebufferMs: PREBUFFER_MS },
    });
    node.port.onmessage = ({ data }) => this.told(data);
    node.connect(this.context.destination);
    keepRunning(this.context, this.onheld);
    return node;
  }

  told(data) {
    if (data.started !== undefined) {
      this.playing = true;
      this.onstarted(data.started);
    }
    if (data.ended !== undefined) {
      this.playing = false;
      this.endedAt = performance.now();
      this.onended(data);
    }
    if (data.flushed !== undefined) {
      this.playing = false;
      this.flushes.get(data.flushed)?.(data);
      this.flushes.delete(data.flushed);
    }
  }

  async post(message, transfer = []) {
    (await this.node).port.postMessage(message, transfer);
  }

  play(id, buffer) {
    return this.post({ play: id, samples: buffer }, [buffer]);
  }

  end(id) {
    if (this.loading) this.post({ end: id }).catch(() => {}); // what failed was said when it was played
  }

  /** Stops at once; what had sounded of each answer, and how long stopping took. */
  async flush() {
    const began = performance.now();
    const nothing = { streams: [], underruns: 0 };
    const id = `${began}-${this.flushes.size}`;
    const done = new Promise((resolve) => this.flushes.set(id, resolve));
    // posted like what is played: an answer that comes while the worklet loads comes after it
    const posted = this.loading && (await this.post({ flush: id }).then(() => true, () => false));
    const found = posted ? await Promise.race([done, after(500).then(() => nothing)]) : nothing;
    this.flushes.delete(id);
    return { ...found, ms: performance.now() - began };
  }

  async resume() {
    if (this.context) await this.context.resume();
  }

  close() {
    if (!this.context) return;
    this.loading.then((node) => node.port.postMessage({ close: true }), () => {});
    if (this.context.state !== "closed") this.context.close();
    this.context = this.loading = null;
  }
}
