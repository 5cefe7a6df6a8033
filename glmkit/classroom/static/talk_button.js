// Hold to speak: by mouse, finger or space bar.

import { make, mark, write } from "./elements.js";
import { PupilMicrophone, problemOf } from "./pupil_microphone.js";

/** The button; `line` takes what is heard, `tell(words, wrong)` says what went wrong. */
export class TalkButton {
  constructor({ say, line, most, begins, tell }) {
    Object.assign(this, { say, line, most, begins, tell });
    this.holding = false;
    this.busy = Promise.resolve();
    this.microphone = new PupilMicrophone((bytes) => this.heard(bytes));
    this.element = make("button", {
      type: "button", class: "hold", "aria-describedby": "hold-how",
      onpointerdown: (event) => { if (event.button === 0) this.press(event.pointerId); },
      onpointerup: () => this.release(), onpointercancel: () => this.release(),
      onkeydown: (event) => this.key(event, () => this.press()),
      onkeyup: (event) => this.key(event, () => this.release()),
      onblur: () => this.release(), oncontextmenu: (event) => event.preventDefault(),
    }, say("hold"));
  }

  key(event, act) {
    if (event.key === " ") {
      event.preventDefault();
      if (!event.repeat) act();
    } else if (event.key === "Enter" && event.type === "keydown") {
      event.preventDefault(); // a press and a release, for whom holding is hard
      if (event.repeat) return;
      if (this.holding) this.release();
      else this.press();
    }
  }

  press(pointer) {
    if (this.holding) return;
    if (pointer !== undefined) this.element.setPointerCapture(pointer);
    this.holding = true;
    this.show();
    this.limit = setTimeout(() => this.release(), this.most * 1000);
    this.busy = this.busy.then(() => this.open()); // after the one before is out
  }

  async open() {
    if (!this.holding) return;
    this.begins();
    try {
      await this.microphone.open();
      if (!this.holding) return; // let go to answer the browser's question
      this.pressed = true;
      await this.line.do("press");
    } catch (error) {
      this.tell(error.status ? error.message : this.say(`problem_${problemOf(error)}`), true);
      this.release();
    }
  }

  heard(bytes) {
    if (this.pressed) this.line.sound(bytes).catch((error) => this.tell(error.message, true));
  }

  release() {
    if (!this.holding) return;
    this.holding = false;
    clearTimeout(this.limit);
    this.show();
    this.busy = this.busy.then(() => this.close());
  }

  async close() {
    await this.microphone.close();
    const pressed = this.pressed;
    this.pressed = false;
    if (pressed) await this.line.do("release").catch((error) => this.tell(error.message, true));
  }

  show() {
    mark(this.element, "aria-pressed", this.holding);
    write(this.element, this.say(this.holding ? "release" : "hold"));
  }
}
