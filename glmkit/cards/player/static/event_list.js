// The events that are seen, as a table: for a screen reader, and for whoever wants to read them.

import { seen } from "./events_lane.js";
import { make } from "./panel.js";
import { bytes, clock } from "./words.js";

const MOST = 300; // rows

/** Fill the table with the events and moments of the axis; `go` takes the playhead to a second. */
export function fillList(parts, scene, axis, go) {
  const [first, last] = seen(scene.events, axis);
  const shown = Math.min(last, first + MOST);
  const rows = [];
  for (let n = first; n < shown; n += 1) rows.push([scene.events.at[n], eventCells(scene, n)]);
  const until = shown < last ? scene.events.at[shown - 1] : axis.to;
  for (const moment of scene.moments) {
    if (moment.at >= axis.from && moment.at <= until) rows.push([moment.at, ["⚑", moment.words, ""]]);
  }
  rows.sort((one, other) => one[0] - other[0]);
  parts.rows.replaceChildren(...rows.map(([second, cells]) => rowOf(second, cells, go)));
  const told = shown < last ? "events_first" : "events_all";
  parts.list.querySelector("caption").textContent = scene.say(told, { count: last - first, shown: shown - first });
}

function rowOf(second, cells, go) {
  const there = make("button", { type: "button", class: "glm-there", onclick: () => go(second) }, clock(second, 3));
  return make("tr", {}, make("td", { class: "glm-number" }, there), ...cells.map((words) => make("td", {}, words)));
}

function eventCells({ events, say }, n) {
  const type = events.types[events.type[n]];
  return [["→ ", "← ", "• "][type.lane] + say(["way_client", "way_server", "way_local"][type.lane]), type.name, sizeOf(events, n)];
}

function sizeOf(events, n) {
  return events.size[n] ? bytes(events.size[n]) : "";
}

/** An event in one line. */
export function eventLine({ events }, n) {
  const type = events.types[events.type[n]];
  return [clock(events.at[n], 3), ["→", "←", "•"][type.lane], type.name, sizeOf(events, n)].filter(Boolean).join(" ");
}
