// A turn's timeline below its words: asked for when it is opened, drawn by the cards' own player.

import { make } from "./elements.js";

const AGAIN = 300; // ms

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A fold with the timeline of turn `number`; `line` gives it. */
export function turnTimeline({ say, line, number }) {
  const holder = make("div", { class: "glm-card timeline" });
  const fold = make("details", { class: "fold" }, make("summary", {}, say("timeline")), holder);
  let shown = false;
  fold.addEventListener("toggle", async () => {
    if (!fold.open || shown) return;
    shown = true;
    holder.replaceChildren(make("p", { role: "status" }, say("making")));
    try {
      await draw(holder, await made(line, number), say);
    } catch (error) {
      shown = false; // opened again, it is asked for again
      holder.replaceChildren(make("p", { class: "problem", role: "alert" }, error.message));
    }
  });
  return fold;
}

/** What the class draws, once it is there. */
async function made(line, number) {
  for (;;) {
    const found = await line.turn(number);
    if (found.scene) return found;
    await pause(AGAIN);
  }
}

async function draw(holder, { scene, sounds, findings }, say) {
  const told = findings.map(([fact, cure]) => make("li", {}, fact, cure ? make("span", { class: "quiet" }, ` → ${cure}`) : null));
  const list = told.length ? make("ul", { class: "findings" }, ...told) : make("p", { class: "quiet" }, say("no_findings"));
  holder.replaceChildren(list);
  if (!window.DecompressionStream || !window.AudioContext || ![].findLast)
    return holder.prepend(make("p", { class: "quiet" }, say("old_browser")));
  const [{ Player }, { readScene }] = await Promise.all([import("./timeline.js"), import("./timeline_scene.js")]);
  const player = new Player(await readScene(JSON.stringify(scene)), (sound) => sounds[sound]);
  holder.prepend(player.root);
  player.resize();
}
