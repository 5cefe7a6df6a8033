// The picture with its playhead: what is drawn for each frame, and what lies under a pointer.

import { layoutOf } from "./layout.js";
import { Overview } from "./overview.js";
import { drawPicture } from "./picture.js";
import { placeOf, waitAt } from "./scene.js";
import { coloursOf, sizeOf } from "./theme.js";

const NEAR = 7; // pixels

/** Draws a scene on two canvases; `change()` after a zoom, `draw(…)` for each frame. */
export class Screen {
  constructor(canvas, strip, scene, axis) {
    Object.assign(this, { canvas, scene, axis, still: document.createElement("canvas") });
    this.overview = new Overview(strip, scene);
  }

  /** Fit into so many pixels of the page: what is drawn is measured in usual ones. */
  resize(pixels) {
    this.size = sizeOf(this.canvas);
    this.ratio = this.size * Math.min(3, window.devicePixelRatio || 1);
    this.width = pixels / this.size;
    this.layout = layoutOf(this.scene, this.width);
    [this.axis.left, this.axis.right] = [this.layout.gutter, this.width];
    for (const canvas of [this.canvas, this.still]) {
      canvas.width = Math.round(this.width * this.ratio);
      canvas.height = Math.round(this.layout.height * this.ratio);
    }
    this.canvas.style.height = `${this.layout.height * this.size}px`;
    this.overview.resize(this.width, this.layout.gutter, this.ratio, this.size);
    this.recolour();
  }

  recolour() {
    this.colours = coloursOf(this.canvas);
    this.overview.drawGround(this.colours);
    this.change();
  }

  change() {
    this.stale = true;
  }

  draw(second, selection) {
    if (this.stale) this.drawStill();
    const pen = this.canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.still, 0, 0);
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (selection) this.drawSelection(pen, selection);
    this.drawWait(pen, second);
    this.drawHead(pen, second);
    this.overview.draw(this.colours, this.axis, second);
  }

  drawStill() {
    const pen = this.still.getContext("2d");
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    drawPicture(pen, this.scene, this.axis, this.layout, this.colours);
    this.stale = false;
  }

  drawSelection(pen, { from, to }) {
    const [left, right] = [Math.max(this.axis.left, this.axis.x(from)), Math.min(this.axis.right, this.axis.x(to))];
    if (right <= left) return;
    pen.fillStyle = this.colours.speech;
    pen.globalAlpha = 0.2;
    pen.fillRect(left, 0, right - left, this.layout.height);
    pen.globalAlpha = 1;
    for (const x of [left, right]) pen.fillRect(x - 0.5, 0, 1, this.layout.height);
  }

  /** The part of a wait that is over, as a bar that grows. */
  drawWait(pen, second) {
    const told = waitAt(this.scene, second);
    if (!told?.running) return;
    const { top, height } = this.layout.wait;
    const left = Math.max(this.axis.left, this.axis.x(told.wait.zero));
    pen.fillStyle = this.colours.speech;
    pen.globalAlpha = 0.45;
    pen.fillRect(left, top, Math.max(0, this.axis.x(second) - left), height);
    pen.globalAlpha = 1;
  }

  drawHead(pen, second) {
    const x = this.axis.x(second);
    if (x < this.axis.left - 1 || x > this.axis.right + 1) return;
    pen.fillStyle = this.colours.ink;
    pen.fillRect(x - 0.75, 0, 1.5, this.layout.height);
    pen.beginPath();
    pen.moveTo(x - 5, 0), pen.lineTo(x + 5, 0), pen.lineTo(x, 8);
    pen.fill();
  }

  /** What lies at a point: `{moments}` or `{event}` or nothing. */
  under(x, y) {
    const { flags, lanes, voices } = this.layout;
    if (y > flags.top && y < voices[0].top) {
      const moments = this.scene.moments.filter((moment) => Math.abs(this.axis.x(moment.at) - x) < NEAR);
      return moments.length ? { moments } : null;
    }
    const lane = lanes.findIndex(({ top, height }) => y >= top && y <= top + height);
    const event = lane < 0 ? null : this.nearest(lane, x);
    return event === null ? null : { event };
  }

  nearest(lane, x) {
    const { events } = this.scene;
    const last = placeOf(events.at, this.axis.second(x + NEAR));
    let best = null;
    for (let n = placeOf(events.at, this.axis.second(x - NEAR)); n < last; n += 1) {
      const off = Math.abs(this.axis.x(events.at[n]) - x);
      if (events.types[events.type[n]].lane === lane && (best === null || off < best.off)) best = { off, n };
    }
    return best && best.n;
  }
}
