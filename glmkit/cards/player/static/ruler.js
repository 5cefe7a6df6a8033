// Round seconds for an axis.

import { clock } from "./words.js";

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/** [second, words] of each tick, at least `apart` pixels from one another. */
export function ticks(axis, apart) {
  const step = STEPS.find((each) => each / axis.pixel >= apart) ?? STEPS.at(-1);
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const found = [];
  for (let n = Math.ceil(axis.from / step); n * step <= axis.to; n += 1) found.push([n * step, clock(n * step, digits)]);
  return found;
}
