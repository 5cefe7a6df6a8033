// Elements and sentences, and what of them is changed only where it is otherwise.

export { make, speaker } from "./page_elements.js";

/** Writes only what is otherwise, so that focus, selection and screen readers stay where they are. */
export function write(element, words) {
  const said = String(words ?? "");
  if (element.textContent !== said) element.textContent = said;
}

/** Sets an attribute, or takes it away, only where it is otherwise. */
export function mark(element, name, value) {
  if (value == null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Back to where one was, if nothing else has the focus by now: a dialog's end is told late. */
export function focusAgain(element) {
  if (document.activeElement === document.body) element?.focus();
}
