// The lanes of events: a mark each where they can be told apart, else how many there are.

import { placeOf } from "./scene.js";

const APART = 400; // events that are drawn one by one
const RANK = ["silence", "input", "response", "speech", "tool", "error"]; // the telling ones on top

/** The places of the events that are seen: [first, behind the last]. */
export function seen(events, axis) {
  return [placeOf(events.at, axis.from), placeOf(events.at, axis.to)];
}

/** Draw the visible events into their lanes. */
export function drawEvents(pen, { events }, axis, layout, colours) {
  const [first, last] = seen(events, axis);
  if (last - first > APART) drawDensity(pen, events, [first, last], axis, layout, colours);
  else drawMarks(pen, events, [first, last], axis, layout, colours);
}

function drawMarks(pen, events, [first, last], axis, layout, colours) {
  const before = layout.lanes.map(() => null);
  const named = [];
  for (let n = first; n < last; n += 1) {
    const type = events.types[events.type[n]];
    const { top, height } = layout.lanes[type.lane];
    const x = axis.x(events.at[n]);
    pen.fillStyle = colours[type.meaning];
    drawShape(pen, type.shape, x, top + height - 8);
    if (type !== before[type.lane]) named.push({ type, x: x - 4, y: top + 7 });
    before[type.lane] = type;
  }
  drawNames(pen, named, axis.right, colours);
}

/** Names over their marks, the telling ones first; what would lie on another one is left out, and
 * none goes on past `right`. */
function drawNames(pen, named, right, colours) {
  const taken = new Map(named.map(({ y }) => [y, []]));
  pen.textAlign = "left";
  named.sort((one, other) => ranked(other.type).rank - ranked(one.type).rank);
  for (const { type, x, y } of named) {
    const width = pen.measureText(type.short).width;
    const left = Math.min(x, right - width);
    const end = left + width + 8;
    if (taken.get(y).some(([from, to]) => left < to && end > from)) continue;
    taken.get(y).push([left, end]);
    pen.fillStyle = colours[`${type.meaning}-text`];
    pen.fillText(type.short, left, y);
  }
}

function drawShape(pen, shape, x, y) {
  pen.beginPath();
  if (shape === "o") pen.arc(x, y, 4, 0, 7);
  else if (shape === "s") pen.rect(x - 3.5, y - 3.5, 7, 7);
  else if (shape === "D") pen.moveTo(x, y - 5.5), pen.lineTo(x + 5.5, y), pen.lineTo(x, y + 5.5), pen.lineTo(x - 5.5, y);
  else if (shape === "^") pen.moveTo(x, y - 5), pen.lineTo(x + 5, y + 4), pen.lineTo(x - 5, y + 4);
  else if (shape === "X") {
    pen.strokeStyle = pen.fillStyle;
    pen.lineWidth = 2.5;
    pen.moveTo(x - 4, y - 4), pen.lineTo(x + 4, y + 4), pen.moveTo(x + 4, y - 4), pen.lineTo(x - 4, y + 4);
    pen.stroke();
    return;
  } else pen.arc(x, y, 2, 0, 7);
  pen.fill();
}

function drawDensity(pen, events, [first, last], axis, layout, colours) {
  const columns = Math.ceil(axis.right - axis.left);
  const counts = layout.lanes.map(() => new Uint32Array(columns));
  const ranks = layout.lanes.map(() => new Uint8Array(columns));
  const scale = columns / axis.seconds;
  for (let n = first; n < last; n += 1) {
    const { lane, rank } = ranked(events.types[events.type[n]]);
    const column = Math.min(columns - 1, Math.floor((events.at[n] - axis.from) * scale));
    counts[lane][column] += 1;
    if (rank > ranks[lane][column]) ranks[lane][column] = rank;
  }
  layout.lanes.forEach(({ top, height }, lane) => {
    const most = Math.log1p(Math.max(1, counts[lane].reduce((one, other) => Math.max(one, other), 0)));
    for (let column = 0; column < columns; column += 1) {
      if (!counts[lane][column]) continue;
      const tall = Math.max(3, (height * Math.log1p(counts[lane][column])) / most);
      pen.fillStyle = colours[RANK[ranks[lane][column]]];
      pen.fillRect(axis.left + column, top + height - tall, 1, tall);
    }
  });
}

function ranked(type) {
  type.rank ??= RANK.indexOf(type.meaning);
  return type;
}
