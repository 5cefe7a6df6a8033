// The password, asked for once; afterwards a cookie knows this browser.

import { make, write } from "./elements.js";

/** A form that is over when the desk has let in; `why`: what it is asked for again, if it is. */
export function loginForm({ desk, say, entered, why = "" }) {
  const field = make("input", {
    type: "password", id: "password", autocomplete: "current-password", required: true,
    "aria-describedby": "password-how",
  });
  const problem = make("p", { class: "problem", role: "alert" }, why);
  const button = make("button", { class: "main" }, say("enter"));

  async function enter(event) {
    event.preventDefault();
    button.disabled = true;
    write(problem, "");
    try {
      await desk.login(field.value);
    } catch (error) {
      write(problem, error.message);
      button.disabled = false;
      field.select();
      return;
    }
    entered();
  }

  const open = location.protocol === "http:" && !["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
  return make("form", { class: "login", onsubmit: enter },
    make("h1", {}, say("heading")),
    make("input", { type: "text", value: "teacher", autocomplete: "username", hidden: true }), // password keepers ask for one
    make("label", { for: "password" }, say("password")),
    make("div", { class: "row" }, field, button),
    make("p", { class: "quiet", id: "password-how" }, say("password_how")),
    open ? make("p", { class: "quiet" }, say("unencrypted")) : null,
    problem);
}
