// A turn for the whole room: both texts, and the player with its sound. Esc goes back.

import { make, mark, write } from "./elements.js";
import { Player } from "./timeline.js";
import { readScene } from "./timeline_scene.js";

const LONG = 120; // letters of both texts, beyond which they are written smaller
const LONGER = 320;

/** Covers the page while a turn is shown; `read(seat, name, turn)` gives it. */
export class Projection {
  constructor({ say, read, closed }) {
    Object.assign(this, { say, read, closed });
    this.named = false;
    this.who = make("h1", {});
    this.what = make("span", { class: "quiet" });
    this.toggle = make("button", { "aria-pressed": "false", onclick: () => this.name(!this.named) }, say("show_name"));
    this.status = make("p", { role: "status" });
    this.texts = make("div", { class: "texts", tabindex: 0 });
    this.stage = make("div", { class: "glm-card" });
    this.element = make("section", { class: "projection", role: "dialog", "aria-modal": "true", "aria-label": say("projection"), tabindex: -1, hidden: true },
      make("div", { class: "row" }, this.who, this.what, this.toggle, make("button", { class: "back", onclick: () => this.close() }, say("back_esc"))),
      this.status, this.texts, this.stage);
    document.addEventListener("keydown", (event) => this.key(event), true);
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.close());
  }

  async open(pupil, lesson, name, turn) {
    const asked = { pupil, lesson, name };
    this.asked = asked;
    this.clear();
    this.element.hidden = false;
    this.cover(true);
    this.element.focus();
    this.element.requestFullscreen?.().catch(() => {}); // where a browser has none, it covers the page
    this.name(this.named);
    write(this.status, this.say("reading"));
    try {
      if (!window.DecompressionStream || !window.AudioContext || ![].findLast) throw new Error(this.say("no_player"));
      const found = await this.read(pupil.id, name, turn);
      const scene = await readScene(JSON.stringify(found.scene));
      if (this.asked === asked) this.show(found, scene, { lesson, turn, of: found.of });
    } catch (error) {
      if (this.asked === asked) write(this.status, error.message);
    }
  }

  show(found, scene, place) {
    write(this.status, found.heard ? "" : this.say("not_heard"));
    write(this.what, this.say("which_turn", place));
    const letters = found.said.length + found.answered.length;
    mark(this.texts, "data-long", letters > LONGER ? "very" : letters > LONG ? "yes" : null);
    this.texts.replaceChildren(this.line("input", "said", found.said), this.line("response", "answered", found.answered));
    this.player = new Player(scene, (number) => found.sounds[number]);
    this.stage.replaceChildren(this.player.root);
    this.player.resize();
    this.player.root.querySelector(".glm-play").focus();
  }

  line(voice, who, words) {
    return make("p", { class: voice }, make("b", {}, this.say(who)), " ", make("span", { dir: "auto" }, words || this.say("no_text")));
  }

  /** Whose it is: the name, or a pupil. */
  name(named) {
    this.named = named;
    mark(this.toggle, "aria-pressed", String(named));
    const { pupil } = this.asked;
    write(this.who, named ? `${pupil.number} ${pupil.name}` : this.say("a_pupil"));
  }

  /** What the table says now: what was withdrawn, or may not be shown any longer, is gone. */
  follow(pupils) {
    if (this.element.hidden) return;
    const { pupil, lesson, name } = this.asked;
    const shows = pupils.find(({ id }) => id === pupil.id)?.cells[lesson]?.shows ?? [];
    if (!shows.includes(name)) this.close(this.say("withdrawn"));
  }

  /** Esc, before the player takes it for its own; the focus stays inside. */
  key(event) {
    if (this.element.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  async close(why = "") {
    if (this.element.hidden) return;
    this.asked = null;
    this.clear();
    this.element.hidden = true;
    this.cover(false);
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => {}); // before, nothing else takes the focus
    this.closed(why);
  }

  /** Nothing of a turn stays in the page. */
  clear() {
    this.player?.transport.pause();
    this.player = null;
    for (const part of [this.status, this.texts, this.stage, this.what, this.who]) part.replaceChildren();
  }

  cover(covered) {
    for (const other of this.element.parentElement.children) if (other !== this.element) other.inert = covered;
  }
}
