// The palette as the page's style sheet has it now, for what is drawn rather than styled.

const GROUNDS = ["ground", "ink", "quiet", "line"];
const MEANINGS = ["input", "response", "speech", "silence", "tool", "error"];
const NAMES = [...GROUNDS, ...MEANINGS.flatMap((name) => [name, `${name}-text`, `${name}-wash`])];

/** Every colour by its name. */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--glmkit-${name}`).trim()]));
}

const USUAL = 14; // pixels of a card's letters, for which the picture is measured

/** How much larger than usual letters are shown here: 2 on a projector. */
export function sizeOf(element) {
  const asked = parseFloat(getComputedStyle(element).getPropertyValue("--glm-font-size"));
  return asked > 0 ? asked / USUAL : 1;
}

/** Calls `changed` whenever the page may have another theme, as long as the element is there. */
export function watchTheme(element, changed) {
  const asked = window.matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(told);
  function told() {
    if (element.isConnected) changed();
    else {
      observer.disconnect();
      asked.removeEventListener("change", told);
    }
  }
  asked.addEventListener("change", told);
  const attributeFilter = ["class", "theme", "data-theme", "data-jp-theme-light"];
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true, attributeFilter });
}
