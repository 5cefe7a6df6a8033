// Hold to speak: by mouse, finger or space bar.

import { make, mark, write } from "./elements.js";
import { PupilMicrophone, problemOf } from "./pupil_microphone.js";

const SLOW = 700; // ms after which it is said what is waited for

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
    } catch (error) {
      this.tell(this.say(`problem_${problemOf(error)}`), true);
      return this.release();
    }
    this.pressed = true;
    await this.line.do("press").catch((error) => {
      this.failed(error);
      this.release();
    });
  }

  /** The class said no, or nothing. */
  failed(error) {
    this.tell(error.status ? error.message : this.say("lost"), true);
  }

  heard(bytes) {
    if (this.pressed) this.line.sound(bytes).catch((error) => this.failed(error));
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
    if (pressed) await this.sent();
  }

  /** Over when the class has all of it, which is said where it takes long. */
  async sent() {
    let told = false;
    const long = setTimeout(() => {
      told = true;
      this.tell(this.say("sending"));
    }, SLOW);
    const done = await this.line.do("release").then(() => true, (error) => this.failed(error));
    clearTimeout(long);
    if (told && done) this.tell("");
  }

  show() {
    mark(this.element, "aria-pressed", this.holding);
    write(this.element, this.say(this.holding ? "release" : "hold"));
  }
}
