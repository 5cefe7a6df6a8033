// What a pupil may do: speak, type, choose a recording of the kit, or upload one.

import { decodedFile } from "./decoded_file.js";
import { make } from "./elements.js";
import { mayListen } from "./pupil_microphone.js";
import { TalkButton } from "./talk_button.js";

const RATE = 16000;

/** The panel; `begins()` is called by every click that leads to an answer. */
export class SayPanel {
  constructor({ say, line, begins, tell }) {
    Object.assign(this, { say, line, begins, tell });
    this.element = make("section", { class: "panel", "aria-labelledby": "say" });
    this.chosen = null;
  }

  /** With what a page is told once: recordings, and the most of everything. */
  show({ samples, most }) {
    this.most = most;
    this.element.replaceChildren(
      make("h2", { id: "say" }, this.say("say")),
      mayListen() ? this.speaking() : make("p", { class: "quiet insecure" }, this.say("insecure")),
      this.typing(), this.choosing(samples), this.uploading(),
      make("button", { type: "button", class: "stop", onclick: () => this.stop() }, this.say("stop")));
  }

  /** Nothing can be said, typed or chosen while `stopped`. */
  hold(stopped) {
    if (stopped) this.button?.release();
    for (const each of this.element.querySelectorAll("button:not(.stop), input, select")) each.disabled = stopped;
  }

  speaking() {
    const { say, line, begins, tell } = this;
    this.button = new TalkButton({ say, line, begins, tell, most: this.most.seconds });
    return make("div", {}, this.button.element, make("p", { class: "quiet", id: "hold-how" }, say("hold_how")));
  }

  typing() {
    const field = make("input", { id: "sentence", maxlength: this.most.letters, required: true, autocomplete: "off", enterkeyhint: "send" });
    const send = async (event) => {
      event.preventDefault();
      if (await this.done("text", { words: field.value })) field.value = "";
    };
    return make("form", { onsubmit: send },
      make("label", { for: "sentence" }, this.say("words")),
      make("div", { class: "row fill" }, field, make("button", { class: "main" }, this.say("send"))));
  }

  choosing(samples) {
    const list = make("select", { id: "sample" }, ...samples.map(([name, words]) => make("option", { value: name }, words)));
    const send = (event) => {
      event.preventDefault();
      this.done("sample", { name: list.value });
    };
    return make("form", { onsubmit: send },
      make("label", { for: "sample" }, this.say("sample")),
      make("div", { class: "row fill" }, list, make("button", {}, this.say("play_sample"))));
  }

  uploading() {
    const { seconds, bytes } = this.most;
    const field = make("input", { id: "file", type: "file", accept: "audio/*,video/*,.glm", "aria-describedby": "file-how", onchange: () => this.upload(field) });
    return make("div", {},
      make("label", { for: "file" }, this.say("file")), make("div", { class: "row fill" }, field),
      make("p", { class: "quiet", id: "file-how" }, this.say("file_how", { seconds, megabytes: megabytes(bytes) })));
  }

  async upload(field) {
    const [file] = field.files;
    field.value = ""; // so that the same one can be chosen again
    if (!file) return;
    const found = { found: megabytes(file.size), most: megabytes(this.most.bytes) };
    if (!file.size) return this.tell(this.say("problem_empty"), true);
    if (file.size > this.most.bytes) return this.tell(this.say("problem_large", found), true);
    this.begins();
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes?.byteLength) return this.tell(this.say("problem_file_gone"), true);
    this.chosen = bytes;
    await this.told(this.line.file(bytes, false));
  }

  /** The class cannot read what was chosen: perhaps this browser can. */
  async decode() {
    const bytes = this.chosen;
    this.chosen = null;
    const wav = bytes && (await decodedFile(bytes.slice(0), RATE));
    if (!wav) await this.told(this.line.do("undecoded"));
    else if (wav.byteLength > this.most.bytes) this.tell(this.say("problem_long", { seconds: this.most.seconds }), true);
    else await this.told(this.line.file(wav, true));
  }

  stop() {
    this.stopped?.();
    return this.told(this.line.stop());
  }

  done(what, more) {
    this.begins();
    return this.told(this.line.do(what, more));
  }

  /** Whether it was taken; where not, why is said. */
  async told(doing) {
    try {
      await doing;
      this.tell("");
      return true;
    } catch (error) {
      this.tell(error.status ? error.message : this.say("lost"), true);
      return false;
    }
  }
}

const megabytes = (bytes) => Math.ceil((bytes / 2 ** 20) * 10) / 10;
