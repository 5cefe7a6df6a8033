// The keyboard, while the player has the focus; no key of these reaches the notebook around it.

const PRESSED_BY = { " ": ["BUTTON", "SUMMARY", "SELECT"], Enter: ["BUTTON", "SUMMARY"] };
const OF_SELECT = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

/** What a key does, or undefined. */
function actionOf(event, doing) {
  const back = event.key === "ArrowLeft";
  if (back || event.key === "ArrowRight") {
    return event.shiftKey ? () => doing.step(back ? -1 : 1) : () => doing.move(back ? -1 : 1);
  }
  return {
    " ": doing.toggle,
    Home: () => doing.go(-Infinity),
    End: () => doing.go(Infinity),
    "+": () => doing.zoom(2),
    "=": () => doing.zoom(2),
    "-": () => doing.zoom(0.5),
    0: doing.fit,
    l: doing.loop,
    "[": () => doing.faster(-1),
    "]": () => doing.faster(1),
    Escape: doing.clear,
  }[event.key];
}

/** Listen to the keys of a player. */
export function listenToKeys(root, doing) {
  // Jupyter's shortcuts ask the focused element itself before those around it
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const { tagName } = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || PRESSED_BY[event.key]?.includes(tagName)) return;
    if (tagName === "SELECT" && OF_SELECT.includes(event.key)) return;
    if (event.target.closest(".glm-scroll, .glm-turns")) return;
    const does = actionOf(event, doing);
    if (!does) return;
    event.preventDefault();
    does();
  });
  for (const name of ["keyup", "keypress"]) root.addEventListener(name, (event) => event.stopPropagation());
}
