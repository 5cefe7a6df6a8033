// What microphone and loudspeaker have in common: what may go wrong, where this runs, the worklet.

import WORKLET from "./worklet.js" with { type: "text" };

/** A reason why sound cannot be had, by the name its sentence has in Python. */
export class Problem extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const PROBLEMS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "no_device",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

export function problemOf(error) {
  if (error instanceof Problem) return error.code;
  if (error.name === "NotAllowedError" && place() === "vscode") return "vscode";
  return PROBLEMS[error.name] ?? "unknown";
}

/** Where this runs: `vscode`, `page` (the kit's own), or `jupyter`. */
export function place() {
  if (/^vscode/.test(location.protocol) || document.querySelector("body.vscode-body")) return "vscode";
  return document.documentElement.dataset.glmkit === "page" ? "page" : "jupyter";
}

export async function addWorklet(context) {
  if (!context.audioWorklet) throw new Problem("no_worklet");
  const blob = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
  try {
    await context.audioWorklet.addModule(blob);
  } catch {
    try { // a stricter content security policy than Jupyter's
      await context.audioWorklet.addModule("data:text/javascript;base64," + btoa(WORKLET));
    } catch {
      throw new Problem("no_worklet");
    }
  } finally {
    URL.revokeObjectURL(blob);
  }
}

const HELD_MS = 500; // a context that does not run after this is held back by the browser

/** Sees to it that a context runs. Tells "suspended" when the browser holds it back, for want of
    a click or by itself, and null when it runs again; a click or a key anywhere lets it. */
export function keepRunning(context, tell) {
  let told = false;
  const held = () => context.state !== "running" && context.state !== "closed";
  const retry = () => { if (held()) context.resume().catch(() => {}); };
  const look = async () => {
    if (held()) {
      retry();
      const changed = new Promise((resolve) => context.addEventListener("statechange", resolve, { once: true }));
      await Promise.race([changed, after(HELD_MS)]);
    }
    if (held() === told) return;
    told = held();
    const turn = told ? "addEventListener" : "removeEventListener";
    for (const name of ["pointerdown", "pointerup", "keydown"]) document[turn](name, retry, true);
    tell(told ? "suspended" : null);
  };
  context.addEventListener("statechange", look);
  return look();
}

/** What is in a file that was chosen; null where it cannot be read, or no longer. */
export const contentOf = (file) => file.arrayBuffer().catch(() => null);

export const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
