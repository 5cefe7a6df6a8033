// The kit's own page: the same widgets, with a WebSocket where Jupyter has a comm.

import { widget } from "./widget.js";

document.documentElement.dataset.glmkit = "page";
const el = document.querySelector("main");
const options = JSON.parse(document.querySelector("#options").textContent);
const socket = new WebSocket(`ws://${location.host}/ws${location.search}`);
socket.binaryType = "arraybuffer";

/** One frame: the length of the JSON (four bytes), the JSON, then the bytes that go with it. */
function packed(message, buffer) {
  const words = new TextEncoder().encode(JSON.stringify(message));
  const sound = buffer ? new Uint8Array(buffer) : new Uint8Array();
  const frame = new Uint8Array(4 + words.length + sound.length);
  new DataView(frame.buffer).setUint32(0, words.length, true);
  frame.set(words, 4);
  frame.set(sound, 4 + words.length);
  return frame;
}

function unpacked(data) {
  const length = new DataView(data).getUint32(0, true);
  const words = new TextDecoder().decode(new Uint8Array(data, 4, length));
  return [JSON.parse(words), data.slice(4 + length)];
}

const listeners = {};
const tell = (name, ...values) => (listeners[name] ?? []).forEach((each) => each(...values));
const model = {
  get: (name) => (name === "options" ? options : undefined),
  set() {},
  save_changes() {},
  on: (name, callback) => (listeners[name] ??= []).push(callback),
  off() {},
  send: (message, _, buffers) => socket.send(packed(message, buffers?.[0])),
};

socket.onmessage = ({ data }) => {
  const [message, buffer] = unpacked(data);
  tell("msg:custom", message, buffer.byteLength ? [new DataView(buffer)] : []);
};
socket.onclose = () => tell("comm_live_update");
socket.onopen = () => {
  const { initialize, render } = widget();
  initialize({ model });
  render({ model, el });
  document.title = el.querySelector("section").getAttribute("aria-label");
};
