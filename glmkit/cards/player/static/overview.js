// The whole scene in a strip: what is seen of it, and where the sound is.

import { Axis } from "./axis.js";

const HEIGHT = 26;

/** The strip below the picture. */
export class Overview {
  constructor(canvas, scene) {
    Object.assign(this, { canvas, scene, whole: new Axis(scene), ground: document.createElement("canvas") });
  }

  resize(width, left, ratio, size) {
    [this.width, this.ratio] = [width, ratio];
    [this.whole.left, this.whole.right] = [left, width];
    for (const canvas of [this.canvas, this.ground]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(HEIGHT * ratio);
    }
    this.canvas.style.height = `${HEIGHT * size}px`;
  }

  drawGround(colours) {
    const pen = this.ground.getContext("2d");
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.fillStyle = colours.ground;
    pen.fillRect(0, 0, this.width, HEIGHT);
    const { whole } = this;
    for (const [voice, heard, colour] of [[0, true, "input"], [1, true, "response"], [1, false, "silence"]]) {
      const width = Math.ceil(whole.right - whole.left);
      const [lows, highs] = [new Float32Array(width).fill(1000), new Float32Array(width).fill(-1000)];
      for (const piece of this.scene.pieces) if (piece.voice === voice && piece.heard === heard) piece.envelope.into(lows, highs, piece, whole);
      pen.fillStyle = colours[colour];
      highs.forEach((high, column) => {
        if (high < lows[column]) return;
        const tall = Math.max(1, (high / 127) * (HEIGHT / 2 - 3));
        pen.fillRect(whole.left + column, voice ? HEIGHT / 2 : HEIGHT / 2 - tall, 1, tall);
      });
    }
  }

  draw(colours, axis, second) {
    const pen = this.canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.ground, 0, 0);
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const [left, right] = [this.whole.x(axis.from), this.whole.x(axis.to)];
    pen.fillStyle = colours.silence;
    pen.globalAlpha = 0.25;
    pen.fillRect(this.whole.left, 0, left - this.whole.left, HEIGHT);
    pen.fillRect(right, 0, this.whole.right - right, HEIGHT);
    pen.globalAlpha = 1;
    pen.strokeStyle = colours.silence;
    pen.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), HEIGHT - 1);
    pen.fillStyle = colours.ink;
    pen.fillRect(this.whole.x(second) - 1, 0, 2, HEIGHT);
  }
}
