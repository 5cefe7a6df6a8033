// Which seconds are seen: zoom and pan, and from seconds to pixels and back.

const SHORTEST = 0.05; // seconds that fill the whole width

/** The seconds `from` to `to` of a scene on `left` to `right` pixels. */
export class Axis {
  constructor(scene) {
    const margin = (scene.end - scene.begin) * 0.01;
    this.whole = [scene.begin - margin, scene.end + margin];
    [this.from, this.to] = this.whole;
    [this.left, this.right] = [0, 1];
  }

  get seconds() {
    return this.to - this.from;
  }

  get zoomed() {
    return this.seconds < (this.whole[1] - this.whole[0]) * 0.999;
  }

  /** Seconds of one pixel. */
  get pixel() {
    return this.seconds / (this.right - this.left);
  }

  x(second) {
    return this.left + (second - this.from) / this.pixel;
  }

  second(x) {
    return this.from + (x - this.left) * this.pixel;
  }

  show(from, seconds) {
    const most = this.whole[1] - this.whole[0];
    const length = Math.min(most, Math.max(Math.min(SHORTEST, most), seconds));
    this.from = Math.min(Math.max(from, this.whole[0]), this.whole[1] - length);
    this.to = this.from + length;
  }

  /** Zoom in by `factor`, the second `around` staying where it is. */
  zoom(factor, around) {
    const share = (around - this.from) / this.seconds;
    const length = this.seconds / factor;
    this.show(around - share * length, length);
  }

  pan(seconds) {
    this.show(this.from + seconds, this.seconds);
  }

  fit() {
    this.show(this.whole[0], this.whole[1] - this.whole[0]);
  }

  /** Turn the page where a second is out of sight; whether it did. */
  follow(second) {
    if (second >= this.from && second <= this.to) return false;
    this.show(second - this.seconds * 0.05, this.seconds);
    return true;
  }
}
