// What is shown and played, as Python wrote it into the page.

import { unpacked } from "./packed.js";
import { Envelope } from "./envelope.js";
import { filled } from "./words.js";

/** The scene of a player's JSON, its columns unpacked. */
export async function readScene(json) {
  const { events, pieces, words, ...told } = JSON.parse(json);
  const [at, type, size] = await Promise.all([
    unpacked(events.at, Uint32Array),
    unpacked(events.type, Uint16Array),
    unpacked(events.size, Uint32Array),
  ]);
  const envelopes = await Promise.all(pieces.map((piece) => unpacked(piece.peaks, Int8Array)));
  return {
    ...told,
    say: (name, values = {}) => filled(words[name], values),
    pieces: pieces.map((piece, n) => ({
      ...piece,
      end: piece.at + piece.seconds,
      envelope: new Envelope(envelopes[n], told.step),
    })),
    events: {
      at: secondsOf(at, events.first, events.tick),
      type,
      size,
      types: events.types.map(([name, short, lane, meaning, shape]) => ({ name, short, lane, meaning, shape })),
    },
    moments: told.moments.map(([second, kind, meaning, name, words]) => ({ at: second, kind, meaning, name, words })),
    waits: told.waits.map(([zero, first, end, since]) => ({ zero, first, end, since })),
    turns: told.turns.map(([begin, end, ...words], n) => ({ begin, end, number: n + 1, words })),
    speech: told.speech.map(([voice, begin, end]) => ({ voice, begin, end })),
  };
}

function secondsOf(steps, first, tick) {
  let ticks = first;
  return Float64Array.from(steps, (step) => (ticks += step) * tick);
}

/** The first place in rising numbers whose number is at least `least`. */
export function placeOf(numbers, least) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The wait that is told at a second: `{wait, seconds, running}`, or null before the first one. */
export function waitAt(scene, second) {
  const wait = scene.waits.findLast((each) => each.zero <= second);
  if (!wait) return null;
  const stop = wait.first ?? wait.end;
  return { wait, seconds: Math.min(second, stop) - wait.zero, running: second < stop };
}

/** Stretches of over `least` seconds in which nothing sounds and nobody waits. */
export function silences(scene, least) {
  const spans = scene.pieces.filter((piece) => piece.sound !== null).map((piece) => [piece.at, piece.end]);
  spans.push(...scene.waits.filter((wait) => wait.first !== null).map((wait) => [wait.zero, wait.first]));
  spans.sort((one, other) => one[0] - other[0]);
  const found = [];
  let from = scene.begin;
  for (const [begin, end] of [...spans, [scene.end, scene.end]]) {
    if (begin - from > least) found.push([from, begin]);
    from = Math.max(from, end);
  }
  return found;
}
