// The line to Python, and its end.

import { place } from "./sound.js";

const LARGEST = 4 << 20; // bytes in one message: Jupyter breaks a connection off at 10 MiB

/** What Python is told and says: JSON, with a block of bytes where there is sound. What is too
    large for one message goes ahead in parts; Python puts them together. */
export class Wire {
  constructor(model, ontold) {
    this.model = model;
    this.live = true;
    model.on("msg:custom", (message, buffers) => ontold(message, buffers?.[0] && bytesOf(buffers[0])));
  }

  tell(type, fields = {}, buffer = null) {
    if (!this.live) return;
    const size = buffer?.byteLength ?? 0;
    let sent = 0;
    for (; size - sent > LARGEST; sent += LARGEST) this.send({ type: "part" }, buffer.slice(sent, sent + LARGEST));
    this.send({ type, ...fields }, sent ? buffer.slice(sent) : buffer);
  }

  send(message, buffer) {
    try {
      this.model.send(message, undefined, buffer ? [buffer] : []);
    } catch {
      this.live = false; // the kernel is gone; the engine looks at this
    }
  }
}

/** A copy of its own of what came, aligned for 16-bit samples. */
export function bytesOf(view) {
  return view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view.slice(0);
}

/** Calls `onlost` when the kernel has gone or was restarted, or when the page goes away. */
export function watchOver(model, onlost) {
  model.on("comm_live_update", () => onlost(place() === "page" ? "page_gone" : "kernel_gone")); // it only ever goes from live to dead
  model.on("comm:close", () => onlost("closed"));
  model.on("destroy", () => onlost("closed"));
  addEventListener("pagehide", () => onlost("closed"));
}
