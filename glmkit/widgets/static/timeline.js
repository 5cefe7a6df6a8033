// The last twenty seconds of a conversation: your voice, the answer's, and what crossed the wire.

import { colour } from "./controls.js";

const TIMELINE_SECONDS = 20;
const AHEAD_SECONDS = 5; // of an answer that is still to sound

export class Timeline {
  constructor() {
    this.history = []; // {lane, at, seconds, height}
  }

  /** Whether anything of it moves: what is older than what it shows stands still. */
  get moves() {
    const last = this.history.at(-1);
    return Boolean(last) && last.at + last.seconds > performance.now() / 1000 - TIMELINE_SECONDS - 1;
  }

  /** An event of this type crossed the wire, with so many seconds of an answer in it. */
  saw(type, seconds) {
    if (seconds) this.note("response", seconds, 0.2);
    else if (type === "error") this.note("error", 0, 1);
    else if (type.includes("function_call")) this.note("tool", 0, 1);
    else if (type.includes("speech_st")) this.note("speech", 0, 1);
    else if (!type.endsWith("append") && !type.endsWith("delta")) this.note("silence", 0, 1);
  }

  /** Remembers something; answers are laid end to end, as they sound. */
  note(lane, seconds, height) {
    const now = performance.now() / 1000;
    const last = lane === "response" && this.history.findLast((each) => each.lane === lane);
    const at = lane === "input" ? now - seconds : last ? Math.max(now, last.at + last.seconds) : now;
    this.history.push({ lane, at, seconds, height });
    while (this.history.length && this.history[0].at < now - 3 * TIMELINE_SECONDS) this.history.shift();
  }

  draw(pen, width, height, { say, element }) {
    const now = performance.now() / 1000, lane = height / 3;
    const x = (at) => ((at - now + TIMELINE_SECONDS) / (TIMELINE_SECONDS + AHEAD_SECONDS)) * width;
    pen.font = "10px system-ui, sans-serif";
    for (const { lane: name, at, seconds, height: size } of this.history) {
      pen.fillStyle = colour(element, name);
      if (name === "input") {
        const tall = Math.max(1, Math.min(1, Math.sqrt(size) * 1.6) * (lane - 4));
        pen.fillRect(x(at), lane - 2 - tall, Math.max(x(at + seconds) - x(at), 1), tall);
      } else if (name === "response") pen.fillRect(x(at), lane + 4, Math.max(x(at + seconds) - x(at), 1), lane - 8);
      else pen.fillRect(x(at), 2 * lane + (name === "silence" ? lane / 2 : 3), 2, name === "silence" ? lane / 2 - 2 : lane - 5);
    }
    pen.fillStyle = colour(element, "quiet");
    pen.fillRect(x(now), 0, 1, height);
    ["you", "answer", "events"].forEach((name, row) => { // legible on whatever lies under them
      pen.fillStyle = colour(element, "silence-wash");
      pen.fillRect(2, row * lane + 1, pen.measureText(say(name)).width + 4, 13);
      pen.fillStyle = colour(element, "quiet");
      pen.fillText(say(name), 4, row * lane + 11);
    });
  }
}
