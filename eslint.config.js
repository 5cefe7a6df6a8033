// What `npm run lint` checks. The names a browser has are written out: `globals` would let pass
// `name`, `event`, `status` and `open`, which are a forgotten declaration where they stand alone.

import js from "@eslint/js";

const readonly = (names) => Object.fromEntries(names.split(/\s+/).map((name) => [name, "readonly"]));

const PAGE = readonly(
  `AbortSignal AudioBufferSourceNode AudioContext AudioWorkletNode Blob DecompressionStream MutationObserver OfflineAudioContext
  ResizeObserver Response
  TextDecoder TextEncoder URL URLSearchParams WebSocket addEventListener atob btoa cancelAnimationFrame clearInterval clearTimeout document fetch getComputedStyle console history location
  navigator performance removeEventListener requestAnimationFrame setInterval setTimeout window`);
const NODE = readonly("Buffer clearTimeout console setTimeout");
const SPHINX = readonly("URLSearchParams _highlightText globalThis splitQuery");
const WORKLET = readonly("AudioWorkletProcessor currentFrame registerProcessor sampleRate");

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-duplicate-imports": "error",
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["glmkit/widgets/static/*.js", "glmkit/cards/player/static/*.js", "glmkit/classroom/static/*.js", "tests/recipes/browser/*.js"],
    ignores: ["**/worklet.js"],
    languageOptions: { globals: PAGE },
  },
  {
    files: ["docs/site/static/*.js"],
    languageOptions: { sourceType: "script", globals: { ...PAGE, ...SPHINX } },
  },
  { files: ["tests/recipes/node/*.mjs"], languageOptions: { globals: NODE } },
  { files: ["**/worklet.js"], languageOptions: { globals: WORKLET } },
];
