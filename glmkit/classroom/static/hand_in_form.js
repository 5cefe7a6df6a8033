// The conversation handed in for a lesson, as the pupil agrees; or taken back.

import { make } from "./elements.js";

/** A fold with the form; `done(what, more)` does it, `tell(words)` says what is missing. */
export function handInForm({ say, lessons, done, tell }) {
  const none = make("option", { value: "" }, say("no_lesson")); // no lesson is handed in by mistake
  const lesson = make("select", { id: "lesson" }, none, ...lessons.map((name) => make("option", { value: name }, name)));
  const show = make("input", { id: "show", type: "checkbox" });
  const button = (words, what, more = () => ({}), kind = "") =>
    make("button", { type: "button", class: kind, onclick: () => (lesson.value ? done(what, { lesson: lesson.value, ...more() }) : ask()) }, say(words));
  const ask = () => {
    tell(say("choose_lesson"), true);
    lesson.focus();
  };
  const agreed = (voice) => () => ({ voice, show: show.checked });
  return make("details", { class: "fold hand-in" }, make("summary", {}, say("hand_in")),
    make("div", { class: "row" }, make("label", { for: "lesson" }, say("lesson")), lesson),
    make("p", { class: "row may" }, show, make("label", { for: "show" }, say("show"))),
    make("p", { class: "quiet" }, say("consent")),
    make("div", { class: "row" },
      button("with_voice", "hand_in", agreed(true), "main"), button("without_voice", "hand_in", agreed(false)),
      button("withdraw", "withdraw")));
}
