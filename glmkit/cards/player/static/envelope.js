// The range of a sound in each column of pixels, at every zoom.

/** Lowest and highest samples (±127 of the loudest) in steps that double from level to level. */
export class Envelope {
  constructor(peaks, step) {
    this.levels = [{ peaks, step }];
    while (this.levels.at(-1).peaks.length > 64) this.levels.push(halved(this.levels.at(-1)));
  }

  /** The finest level whose steps are as long as a column of pixels. */
  level(seconds) {
    return this.levels.find((level) => level.step * 2 > seconds) ?? this.levels.at(-1);
  }

  /** Widen `lows` and `highs`, a number for each column of pixels, by this sound's range there. */
  into(lows, highs, piece, axis) {
    const perColumn = axis.seconds / lows.length;
    const { peaks, step } = this.level(perColumn);
    const count = peaks.length / 2;
    const first = Math.max(0, Math.floor((piece.at - axis.from) / perColumn));
    const last = Math.min(lows.length - 1, Math.floor((piece.end - axis.from) / perColumn));
    for (let column = first; column <= last; column += 1) {
      const second = axis.from + column * perColumn - piece.at;
      const begin = Math.max(0, Math.min(count - 1, Math.floor(second / step)));
      const end = Math.min(count, Math.max(begin + 1, Math.floor((second + perColumn) / step)));
      for (let n = begin; n < end; n += 1) {
        if (peaks[2 * n] < lows[column]) lows[column] = peaks[2 * n];
        if (peaks[2 * n + 1] > highs[column]) highs[column] = peaks[2 * n + 1];
      }
    }
  }
}

function halved({ peaks, step }) {
  const count = Math.ceil(peaks.length / 4);
  const found = new Int8Array(2 * count);
  for (let n = 0; n < count; n += 1) {
    const other = Math.min(4 * n + 2, peaks.length - 2);
    found[2 * n] = Math.min(peaks[4 * n], peaks[other]);
    found[2 * n + 1] = Math.max(peaks[4 * n + 1], peaks[other + 1]);
  }
  return { peaks: found, step: 2 * step };
}
