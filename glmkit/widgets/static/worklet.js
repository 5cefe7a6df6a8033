// Runs on the audio thread: `glmkit-capture` turns what the microphone gives into 16-bit
// samples at the asked rate; `glmkit-playback` plays what arrives, gap-free, and counts it.

const ZERO_CROSSINGS = 24; // of the sinc on each side: the filter's steepness
const ROLL_OFF = 0.95; // of the lower rate's band is kept
const BETA = 9; // of the Kaiser window: about 90 dB of stop band
const METER_MS = 50;
const STEADY = 32; // blocks in a row before the microphone counts as on: contexts stumble at first
const MOST_TIMES = 8; // as much as at first is what the player collects at most before it plays
const FADE = 64; // samples of ramp after an interruption, so that it doesn't click

const commonDivisor = (a, b) => (b ? commonDivisor(b, a % b) : a);

function bessel(x) {
  let sum = 1, term = 1;
  for (let k = 1; k < 40; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}

/** One windowed sinc for each of the positions an output sample can have between two inputs. */
function filterBank(positions, half, cutoff) {
  const bank = [];
  for (let p = 0; p < positions; p++) {
    const taps = new Float32Array(2 * half);
    let sum = 0;
    for (let k = 0; k < 2 * half; k++) {
      const t = k - half + 1 - p / positions;
      const x = Math.PI * cutoff * t;
      const window = bessel(BETA * Math.sqrt(Math.max(0, 1 - (t / half) ** 2))) / bessel(BETA);
      sum += taps[k] = (x ? Math.sin(x) / x : 1) * window;
    }
    for (let k = 0; k < taps.length; k++) taps[k] /= sum;
    bank.push(taps);
  }
  return bank;
}

class Resampler {
  constructor(from, to) {
    const divisor = commonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    const cutoff = Math.min(1, to / from) * ROLL_OFF;
    this.half = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.bank = filterBank(this.up, this.half, cutoff);
    this.kept = new Float32Array(this.half - 1); // inputs still needed, oldest first
    this.at = 0; // the next output's position in `kept`, in 1/up inputs after half - 1
  }

  feed(samples) {
    const input = new Float32Array(this.kept.length + samples.length);
    input.set(this.kept);
    input.set(samples, this.kept.length);
    const output = [];
    for (;;) {
      const first = Math.floor(this.at / this.up);
      if (first + 2 * this.half > input.length) break;
      const taps = this.bank[this.at % this.up];
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += taps[k] * input[first + k];
      output.push(sum);
      this.at += this.down;
    }
    const used = Math.min(Math.floor(this.at / this.up), input.length);
    this.kept = input.slice(used);
    this.at -= used * this.up;
    return output;
  }

  finish() {
    return this.feed(new Float32Array(this.half));
  }
}

class Capture extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.size = Math.round((processorOptions.rate * processorOptions.chunkMs) / 1000);
    this.rate = processorOptions.rate;
    this.steady = 0;
    this.last = null;
    this.reset();
    this.port.onmessage = ({ data }) => {
      if (data.open !== undefined) this.open = data.open;
      if (data.reset) this.reset();
      if (data.finish) this.finish(data.finish);
      if (data.close) this.closed = true;
    };
  }

  reset() {
    this.resampler = new Resampler(sampleRate, this.rate);
    this.chunk = new Int16Array(this.size);
    this.filled = this.samples = this.gaps = 0;
    this.open = false;
    this.expected = null;
    this.meter = { frames: 0, peak: 0, power: 0, clipped: 0 };
  }

  process([channels]) {
    if (this.closed) return false;
    // no channels: the device has nothing yet; time goes on, so silence keeps its place
    const mono = channels?.length ? this.mix(channels) : new Float32Array(128);
    this.settle(mono.length);
    this.measure(mono);
    if (!this.open) {
      this.expected = null;
      return true;
    }
    if (this.expected !== null && currentFrame !== this.expected) this.gaps++;
    this.expected = currentFrame + mono.length;
    this.take(this.resampler.feed(mono));
    return true;
  }

  settle(length) {
    if (this.steady >= STEADY) return;
    this.steady = this.last === currentFrame ? this.steady + 1 : 0;
    this.last = currentFrame + length;
    if (this.steady === STEADY) this.port.postMessage({ steady: true });
  }

  mix(channels) {
    if (channels.length === 1) return channels[0];
    const mono = new Float32Array(channels[0].length);
    for (const channel of channels)
      for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / channels.length;
    return mono;
  }

  measure(mono) {
    const meter = this.meter;
    for (const sample of mono) {
      const size = Math.abs(sample);
      if (size > meter.peak) meter.peak = size;
      if (size > 0.999) meter.clipped++;
      meter.power += sample * sample;
    }
    meter.frames += mono.length;
    if (meter.frames < (sampleRate * METER_MS) / 1000) return;
    const { peak, clipped, power, frames } = meter;
    this.port.postMessage({ meter: { peak, clipped, rms: Math.sqrt(power / frames) } });
    this.meter = { frames: 0, peak: 0, power: 0, clipped: 0 };
  }

  take(samples) {
    for (const sample of samples) {
      this.chunk[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
      if (this.filled === this.size) this.give();
    }
  }

  give() {
    const samples = this.chunk.slice(0, this.filled);
    this.samples += this.filled;
    this.filled = 0;
    this.port.postMessage({ chunk: samples.buffer }, [samples.buffer]);
  }

  finish(id) {
    this.take(this.resampler.finish());
    if (this.filled) this.give();
    this.port.postMessage({ finished: id, samples: this.samples, gaps: this.gaps });
    this.reset();
  }
}

class Playback extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.least = this.prebuffer = Math.round((sampleRate * processorOptions.prebufferMs) / 1000);
    this.queue = []; // answers in order: {id, parts, at, queued, played, ended, dry, low, high}
    this.dead = new Set(); // answers that were interrupted: what still comes of them is dropped
    this.running = false;
    this.tail = null; // the ramp after an interruption
    this.underruns = 0;
    this.port.onmessage = ({ data }) => {
      if (data.play !== undefined) this.add(data.play, new Int16Array(data.samples));
      if (data.end !== undefined) this.end(data.end);
      if (data.flush) this.flush(data.flush);
      if (data.close) this.closed = true;
    };
  }

  stream(id) {
    let found = this.queue.find((each) => each.id === id);
    if (!found) {
      found = { id, parts: [], at: 0, queued: 0, played: 0, ended: false, dry: false, low: 1, high: 0 };
      this.queue.push(found);
    }
    return found;
  }

  add(id, samples) {
    if (this.dead.has(id)) return;
    const stream = this.stream(id);
    stream.parts.push(samples);
    stream.queued += samples.length;
  }

  end(id) {
    if (!this.dead.has(id)) this.stream(id).ended = true;
  }

  /** Answers at once: what was rendered has sounded, the rest is dropped but for a short ramp. */
  flush(id) {
    if (this.running) {
      this.tail = new Float32Array(FADE);
      const count = this.fill(this.tail, FADE);
      for (let i = 0; i < count; i++) this.tail[i] *= 1 - (i + 1) / FADE;
    }
    const streams = this.queue.map((each) => {
      this.dead.add(each.id);
      return { id: each.id, played: each.played, dropped: each.queued };
    });
    this.queue = [];
    this.running = false;
    this.port.postMessage({ flushed: id, streams, underruns: this.underruns });
  }

  process(_, [[output]]) {
    if (this.closed) return false;
    if (this.tail) {
      output.set(this.tail);
      this.tail = null;
      return true;
    }
    const head = this.queue[0];
    if (!this.running && head && (head.ended || head.queued >= this.prebuffer)) {
      this.running = true;
      this.port.postMessage({ started: head.id });
    }
    if (this.running) this.run(output);
    return true;
  }

  run(output) {
    let filled = this.fill(output, output.length);
    while (this.queue.length && this.queue[0].ended && !this.queue[0].queued) {
      this.finished(this.queue.shift());
      const rest = output.subarray(filled);
      if (this.queue.length && rest.length) filled += this.fill(rest, rest.length);
    }
    if (!this.queue.length) this.running = false;
    else if (filled < output.length) {
      this.running = false; // waits for the prebuffer again
      if (this.queue[0].played) this.ranDry(this.queue[0]);
    }
  }

  /** A gap: what comes so unevenly goes on, and the next answers begin, with more in hand. */
  ranDry(stream) {
    this.underruns++;
    stream.dry = true;
    this.prebuffer = Math.min(2 * this.prebuffer, MOST_TIMES * this.least);
  }

  /** Samples of the first answer into `output`; how many there were. */
  fill(output, wanted) {
    const stream = this.queue[0];
    let done = 0;
    while (stream && done < wanted && stream.parts.length) {
      const part = stream.parts[0];
      const count = Math.min(wanted - done, part.length - stream.at);
      for (let i = 0; i < count; i++) output[done + i] = part[stream.at + i] / 32768;
      this.count(stream, output.subarray(done, done + count));
      done += count;
      stream.at += count;
      if (stream.at === part.length) {
        stream.parts.shift();
        stream.at = 0;
      }
    }
    return done;
  }

  /** Adler-32 over what was rendered, as 16-bit samples: what was sent can be checked against it. */
  count(stream, rendered) {
    for (const value of rendered) {
      const sample = Math.round(value * 32768) & 0xffff;
      stream.low = (stream.low + (sample & 0xff)) % 65521;
      stream.high = (stream.high + stream.low) % 65521;
      stream.low = (stream.low + (sample >> 8)) % 65521;
      stream.high = (stream.high + stream.low) % 65521;
    }
    stream.played += rendered.length;
    stream.queued -= rendered.length;
  }

  finished({ id, played, dry, low, high }) {
    if (!dry) this.prebuffer = Math.max(this.prebuffer / 2, this.least);
    const adler = high * 65536 + low;
    this.port.postMessage({ ended: id, played, adler, underruns: this.underruns });
  }
}

registerProcessor("glmkit-capture", Capture);
registerProcessor("glmkit-playback", Playback);
