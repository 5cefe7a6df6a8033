// Faster and slower at the same pitch: frames of the sound laid closer or farther apart.

const FRAME = 0.04; // seconds
const REACH = 0.007; // seconds by which a frame may lie off its place, to fit the one before

/** Samples that last `rate` times less, from the first sample to the last. */
export function stretched(samples, rate, hz) {
  const length = Math.round(samples.length / rate);
  const frame = Math.round(FRAME * hz);
  const found = new Float32Array(length);
  if (samples.length < 3 * frame || length < 3 * frame) {
    return found.map((_, n) => samples[Math.min(samples.length - 1, Math.floor(n * rate))]);
  }
  const window = Float32Array.from({ length: frame }, (_, n) => 0.001 + Math.sin((Math.PI * (n + 0.5)) / frame) ** 2);
  const weights = new Float32Array(length);
  const lay = (from, to) => {
    for (let n = 0; n < frame; n += 1) {
      found[to + n] += samples[from + n] * window[n];
      weights[to + n] += window[n];
    }
  };
  const hop = frame >> 1;
  let from = 0;
  lay(0, 0);
  for (let to = hop; to < length - frame; to += hop) {
    from = likest(samples, from + hop, Math.round(to * rate), frame, Math.round(REACH * hz));
    lay(from, to);
  }
  lay(samples.length - frame, length - frame);
  return found.map((value, n) => value / weights[n]);
}

/** Where near `place` the sound goes on most like it does at `next`. */
function likest(samples, next, place, frame, reach) {
  const last = samples.length - frame;
  let [best, most] = [Math.min(place, last), -Infinity];
  for (let from = Math.max(0, place - reach); from <= Math.min(last, place + reach); from += 4) {
    let likeness = 0;
    for (let n = 0; n < frame >> 1 && next + n < samples.length; n += 4) likeness += samples[next + n] * samples[from + n];
    if (likeness > most) [best, most] = [from, likeness];
  }
  return best;
}
