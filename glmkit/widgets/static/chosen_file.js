// A sound file that a person chose: Python reads it, else this browser decodes it.

import { decodedFile } from "./decoded_file.js";
import { make } from "./page_elements.js";
import { contentOf } from "./sound.js";

const LARGEST = 64 << 20; // bytes, as chosen and as decoded: half an hour of speech

export class ChosenFile {
  constructor({ rate, wire, onproblem }) {
    Object.assign(this, { rate, wire, onproblem });
    this.held = null; // until Python has its sound
  }

  async handOver(file) {
    const bytes = file.size <= LARGEST && (await contentOf(file));
    if (!bytes) return this.onproblem(bytes === null ? "file_gone" : "too_large");
    this.held = { name: file.name, bytes };
    this.wire.tell("upload", { name: file.name }, bytes);
  }

  /** Python can't read what was chosen: perhaps this browser can. */
  async decode() {
    const { name, bytes } = this.held ?? {};
    this.held = null;
    const wav = bytes && (await decodedFile(bytes, this.rate));
    if (!wav) this.wire.tell("undecoded");
    else if (wav.byteLength > LARGEST) this.onproblem("too_large");
    else this.wire.tell("upload", { name, decoded: true }, wav);
  }

  /** Python has its sound. */
  taken() {
    this.held = null;
  }
}

/** A button that lets a person choose one file of these kinds; the input itself is not seen. */
export function fileButton(say, name, accept, act) {
  const input = make("input", { type: "file", accept, class: "glmkit-hidden", "aria-label": say(name),
    onchange: () => { if (input.files[0]) act(input.files[0]); input.value = ""; } });
  const button = make("button", { type: "button", class: `glmkit-${name}`, onclick: () => input.click() }, say(name));
  return { button, input };
}

export const SOUND = "audio/*,video/*"; // a phone's MP4, MOV and WebM count as video
