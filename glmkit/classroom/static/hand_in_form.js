// The conversation handed in for a lesson, with or without the pupil's voice; or taken back.

import { make } from "./elements.js";

/** A fold with the form; `done(what, more)` does it. */
export function handInForm({ say, lessons, done }) {
  const lesson = make("select", { id: "lesson" }, ...lessons.map((name) => make("option", { value: name }, name)));
  const button = (words, what, more, kind = "") =>
    make("button", { type: "button", class: kind, onclick: () => done(what, { lesson: lesson.value, ...more }) }, say(words));
  return make("details", { class: "fold hand-in" }, make("summary", {}, say("hand_in")),
    make("div", { class: "row" }, make("label", { for: "lesson" }, say("lesson")), lesson),
    make("p", { class: "quiet" }, say("consent")),
    make("div", { class: "row" },
      button("with_voice", "hand_in", { voice: true }, "main"), button("without_voice", "hand_in", { voice: false }),
      button("withdraw", "withdraw", {})));
}
