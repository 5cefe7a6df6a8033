/**
 * Shows with each page that a search finds the words around the first hit.
 *
 * Sphinx would fetch the page for them, which one opened as a file may not. PAGE_TEXTS has the
 * words of every page; it is written when the site is built.
 */
"use strict";

const ROOM = 160; // letters of an extract

/** What was typed between blanks, as long as it is; Chinese in pairs only where that is nowhere. */
const wordsAsked = () => {
  const asked = new URLSearchParams(window.location.search).get("q") ?? "";
  return asked.toLowerCase().split(/\s+/).filter((word) => word);
};

const wordsIn = (text, words) => {
  const folded = text.toLowerCase();
  return words.flatMap((word) => (folded.includes(word) ? [word] : splitQuery(word)));
};

const firstHit = (text, words) => {
  const folded = text.toLowerCase();
  const places = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
  return places.length ? Math.min(...places) : -1;
};

const extractOf = (text, words) => {
  const at = firstHit(text, words);
  if (at < 0) return "";
  const begin = Math.max(0, at - ROOM / 4);
  const end = Math.min(text.length, begin + ROOM);
  return `${begin > 0 ? "…" : ""}${text.slice(begin, end)}${end < text.length ? "…" : ""}`;
};

const showExtract = (item, words) => {
  const link = item.querySelector("a");
  if (!link || item.querySelector("span, .context")) return; // an object says what it is by itself
  const page = link.getAttribute("href").replace(/\.html.*$/, "");
  const text = globalThis.PAGE_TEXTS[page] ?? "";
  const here = wordsIn(text, words);
  const extract = extractOf(text, here);
  if (!extract) return;
  const shown = document.createElement("p");
  shown.className = "context";
  shown.textContent = extract;
  item.append(shown);
  here.forEach((word) => _highlightText(shown, word, "highlighted"));
};

document.addEventListener("DOMContentLoaded", () => {
  const words = wordsAsked();
  const found = document.getElementById("search-results");
  new MutationObserver((changes) =>
    changes
      .flatMap((change) => [...change.addedNodes])
      .filter((node) => node.nodeName === "LI")
      .forEach((item) => showExtract(item, words)),
  ).observe(found, { childList: true, subtree: true });
});
