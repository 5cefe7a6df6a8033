// An answer that sounds while its cell still runs. What is to be played is the model's state:
// `piece0`, `piece1`, … and how many `pieces` there are; how many answers have `ended`;
// how often it was `stopped`.

import { Player } from "./player.js";
import { bytesOf } from "./wire.js";
import { problemOf } from "./sound.js";
import { frame } from "./controls.js";
import { make, speaker } from "./page_elements.js";

export class AnswerEngine {
  constructor(model) {
    this.model = model;
    this.say = speaker(model.get("options").words);
    this.views = new Set();
    this.taken = this.ended = 0;
    this.startedAt = this.problem = null;
    this.over = false;
    this.player = new Player({
      onstarted: () => { this.startedAt ??= Date.now(); this.changed(); },
      onended: () => this.changed(),
      onheld: (code) => this.reported(code),
    });
    this.player.prepare();
    for (const name of ["pieces", "ended"]) model.on(`change:${name}`, () => this.take());
    model.on("change:stopped", () => this.player.flush());
    this.take();
  }

  changed() {
    for (const view of this.views) view();
  }

  /** Plays what is there and was not played yet. */
  take() {
    if (this.over) return;
    for (; this.taken < (this.model.get("pieces") ?? 0); this.taken++) {
      const piece = bytesOf(this.model.get(`piece${this.taken}`));
      this.player.play(`answer ${this.ended}`, piece).catch((error) => this.reported(problemOf(error)));
    }
    for (; this.ended < (this.model.get("ended") ?? 0); this.ended++) this.player.end(`answer ${this.ended}`);
  }

  reported(code) {
    if (this.over) return;
    this.problem = code;
    this.changed();
  }

  lost() {
    this.over = true;
    this.player.close();
  }

  /** No view is left: the cell was cleared, or has the usual player by now. */
  unseen() {
    if (!this.views.size) this.lost();
  }
}

export function answerView(engine, el) {
  const { say } = engine;
  const words = make("span", { class: "glmkit-hint" });
  const enable = make("button", { class: "glmkit-key", onclick: () => engine.player.resume() }, say("enable_sound"));
  const root = frame(say("answer_player"), make("div", { class: "glmkit-row" }, words, enable));
  const draw = () => {
    const state = engine.startedAt ? say("answer_sounds") : say("answer_awaited");
    words.textContent = engine.problem ? say(`problem_${engine.problem}`) : state;
    enable.hidden = engine.problem !== "suspended";
    if (engine.startedAt) root.dataset.started = engine.startedAt;
  };
  engine.views.add(draw);
  draw();
  el.append(root);
  return () => {
    engine.views.delete(draw);
    engine.unseen();
  };
}
