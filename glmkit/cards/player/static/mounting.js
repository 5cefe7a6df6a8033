// Puts players where a page has room for them; what they replace stays in the page.

import { make } from "./panel.js";
import { Player } from "./player.js";
import { readScene } from "./scene.js";

const GONE = "glm-gone";

/** Make a player of each block on the page that is none yet. `script`: the one that runs. */
export function mountAll(script) {
  if (!window.DecompressionStream || !window.AudioContext || ![].findLast) return; // the static card stays
  const near = script?.closest?.(".glm-card")?.querySelectorAll(".glm-player") ?? [];
  for (const block of new Set([...near, ...document.querySelectorAll(".glm-player")])) {
    if (block.dataset.mounted !== undefined) continue;
    block.dataset.mounted = "";
    if ("alone" in block.dataset) standAlone(block);
    else foldInto(block);
  }
}

/** In a card: folded where another player is open already. */
function foldInto(block) {
  const card = block.closest(".glm-card");
  const others = [...document.querySelectorAll(".glm-player > details[open]")];
  const { words } = JSON.parse(jsonOf(block));
  const fold = make("details", {}, make("summary", {}, words["fold"]));
  const still = [...card.querySelectorAll(".glm-static, .glm-voice audio")];
  let player = null;
  fold.addEventListener("toggle", async () => {
    if (fold.open) player ??= build(block, fold, card);
    if (!(await player)) return;
    for (const each of still) each.classList.toggle(GONE, fold.open);
    if (!fold.open) (await player).transport.pause();
  });
  fold.open = others.length === 0;
  block.append(fold);
}

/** Alone: in the place of all else in its card. */
async function standAlone(block) {
  const card = block.closest(".glm-card");
  if (!(await build(block, block, card))) return;
  for (const each of card.children) if (each !== block && !/^(STYLE|SCRIPT)$/.test(each.tagName)) each.classList.add(GONE);
}

/** A player inside `holder`; null where the scene cannot be read, and the card stays as it was. */
async function build(block, holder, card) {
  try {
    const scene = await readScene(jsonOf(block));
    const own = block.querySelectorAll('script[type="text/plain"]');
    const wordsOf = (number) => {
      const { audio } = scene.sounds[number];
      return audio ? card.querySelector(`.glm-of-${audio} audio`).src.split(",")[1] : own[number].textContent;
    };
    const player = new Player(scene, wordsOf);
    holder.append(player.root);
    player.resize();
    return player;
  } catch (error) {
    console.error("glmkit:", error);
    return null;
  }
}

function jsonOf(block) {
  return block.querySelector('script[type="application/json"]').textContent;
}
