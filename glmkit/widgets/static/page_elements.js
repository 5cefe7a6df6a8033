// Elements and sentences, for whatever page. What a person typed becomes text here, never markup.

/** An element: `make("button", {class: "quiet", onclick}, "Stop")`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Gives the sentences of the page, in the language Python chose, with their fields filled in. */
export const speaker = (words) => (name, fields = {}) =>
  (words[name] ?? name).replace(/\{(\w+)\}/g, (_, field) => fields[field] ?? "");
