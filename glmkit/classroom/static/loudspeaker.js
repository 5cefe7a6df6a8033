// The loudspeaker: answers as they come, without a worklet, which a page over plain http has not.

const RATE = 24000;
const AHEAD = 0.15; // s of sound that is there before the first is heard
const ADLER = 65521;

/** Plays answers one behind the other; `onheard(report)`: how much of one has sounded. */
export class Loudspeaker {
  constructor({ onheard, onchange }) {
    Object.assign(this, { onheard, onchange });
    this.context = null;
    this.answers = new Map(); // that still sound: {samples, low, high, sources, ended, underruns, received}
    this.next = 0; // when what comes now is to sound
  }

  /** Called by a click or a key, so that the browser lets it sound. */
  prepare() {
    this.context ??= this.open();
    if (this.context.state === "suspended") this.context.resume().catch(() => {});
  }

  open() {
    const context = new AudioContext({ sampleRate: RATE });
    context.addEventListener("statechange", () => this.onchange());
    return context;
  }

  get held() {
    return this.answers.size > 0 && this.context?.state !== "running";
  }

  get sounding() {
    return this.answers.size > 0;
  }

  play(id, bytes) {
    this.prepare();
    const samples = new Int16Array(bytes), answer = this.answer(id);
    const buffer = this.context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(Float32Array.from(samples, (each) => each / 32768), 0);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    if (this.next < this.context.currentTime) {
      if (answer.received) answer.underruns += 1;
      this.next = this.context.currentTime + AHEAD;
    }
    source.start(this.next);
    this.next += buffer.duration;
    answer.received += samples.length;
    answer.sources.add(source);
    source.onended = () => this.sounded(id, answer, source, samples);
    this.onchange();
  }

  answer(id) {
    if (!this.answers.has(id))
      this.answers.set(id, { samples: 0, low: 1, high: 0, sources: new Set(), ended: false, underruns: 0, received: 0 });
    return this.answers.get(id);
  }

  /** A piece has left: it counts, and its Adler-32 with it. */
  sounded(id, answer, source, samples) {
    answer.sources.delete(source);
    for (const byte of new Uint8Array(samples.buffer)) {
      answer.low = (answer.low + byte) % ADLER;
      answer.high = (answer.high + answer.low) % ADLER;
    }
    answer.samples += samples.length;
    this.settle(id);
  }

  /** Nothing more comes of an answer. */
  end(id) {
    if (!this.answers.has(id)) return;
    this.answers.get(id).ended = true;
    this.settle(id);
  }

  settle(id) {
    const answer = this.answers.get(id);
    if (!answer?.ended || answer.sources.size) return;
    this.answers.delete(id);
    this.onheard({ response: id, samples: answer.samples, underruns: answer.underruns, checksum: answer.high * 65536 + answer.low });
    this.onchange();
  }

  /** Stops at once; what had not sounded is dropped, to a piece's length. */
  flush() {
    const began = performance.now();
    for (const [id, { samples, received, sources, underruns }] of this.answers) {
      for (const source of sources) {
        source.onended = null;
        source.stop();
      }
      this.onheard({ response: id, samples, dropped: received - samples, underruns, ms: performance.now() - began });
    }
    this.answers.clear();
    this.next = 0;
    this.onchange();
  }
}
