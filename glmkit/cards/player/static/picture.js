// What stands still while the sound plays: ruler, flags, voices, wait, events. Drawn anew on a zoom.

import { drawEvents } from "./events_lane.js";
import { ticks } from "./ruler.js";
import { clock } from "./words.js";

const VOICES = ["input", "response"];
const FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const SMALL = FONT.replace("12px", "11px");
const NAMED = 28; // moments in view that are all told by name
const CROWDED = 3; // pixels a moment, below which waits are bars
const FOR_LINES = { zero: 1, first: 1 }; // the wait between them is told in seconds
const URGENCY = ["zero", "first", "interruption", "finding", "stage"];

/** Draw a scene as far as the axis shows it. */
export function drawPicture(pen, scene, axis, layout, colours) {
  const given = [pen, scene, axis, layout, colours];
  pen.font = FONT;
  pen.textBaseline = "middle";
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, axis.right + layout.gutter, layout.height);
  drawNames(...given);
  pen.save();
  pen.beginPath();
  pen.rect(axis.left, 0, axis.right - axis.left, layout.height);
  pen.clip();
  drawTurns(...given);
  drawRuler(...given);
  drawVoices(...given);
  drawWaits(...given);
  pen.font = SMALL;
  drawEvents(...given);
  drawFlags(...given);
  pen.restore();
}

function drawNames(pen, { say }, axis, layout, colours) {
  const lanes = [[say("sent"), colours["input-text"]], [say("came"), colours["response-text"]], [say("here"), colours.quiet]];
  const names = [
    ...layout.voices.map((row, n) => [row, say(VOICES[n]), colours[`${VOICES[n]}-text`]]),
    ...layout.lanes.map((row, n) => [row, ...lanes[n]]),
  ];
  pen.textAlign = "left";
  for (const [row, name, colour] of names) {
    pen.fillStyle = colour;
    pen.fillText(name, 2, row.middle, layout.gutter - 6);
  }
}

function drawTurns(pen, { turns }, axis, layout, colours) {
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  if (turns.length < 2) return;
  turns.forEach(({ begin, end, number }) => {
    if (end < axis.from || begin > axis.to) return;
    const [left, right] = [axis.x(begin), axis.x(end)];
    if (number % 2 && right - left > 6) {
      pen.fillStyle = colours["silence-wash"];
      pen.fillRect(left, layout.ruler.height, right - left, layout.height);
    }
    if (right - left < 40) return;
    pen.fillStyle = colours.quiet;
    pen.textAlign = "left";
    pen.fillText(String(number), Math.max(left, axis.left) + 3, layout.voices[0].top + 7);
  });
}

function drawRuler(pen, scene, axis, layout, colours) {
  pen.font = SMALL;
  pen.textAlign = "center";
  pen.fillStyle = colours.quiet;
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.globalAlpha = 0.6;
  pen.beginPath();
  for (const [second] of ticks(axis, 64)) {
    const x = Math.round(axis.x(second)) + 0.5;
    pen.moveTo(x, layout.ruler.height - 3);
    pen.lineTo(x, layout.height);
  }
  pen.stroke();
  pen.globalAlpha = 1;
  for (const [second, words] of ticks(axis, 64)) {
    const room = pen.measureText(words).width / 2;
    const x = Math.max(axis.left + room, Math.min(axis.right - room, axis.x(second)));
    pen.fillText(words, x, layout.ruler.middle - 1);
  }
  pen.font = FONT;
}

// -- voices ----------------------------------------------------------------------------------

function drawVoices(pen, scene, axis, layout, colours) {
  VOICES.forEach((name, voice) => {
    const row = layout.voices[voice];
    drawSpeech(pen, scene, axis, row, voice, colours);
    for (const heard of [true, false]) {
      const pieces = scene.pieces.filter((p) => p.voice === voice && p.heard === heard && p.end > axis.from && p.at < axis.to);
      if (!heard) shade(pen, pieces, axis, row, colours);
      pen.fillStyle = colours[heard ? name : "silence"];
      drawWave(pen, pieces, axis, row);
    }
  });
}

function drawSpeech(pen, { speech }, axis, row, voice, colours) {
  pen.fillStyle = colours.speech;
  for (const span of speech) {
    if (span.voice !== voice || span.end < axis.from || span.begin > axis.to) continue;
    pen.fillRect(axis.x(span.begin), row.top + row.height - 3, Math.max(1, (span.end - span.begin) / axis.pixel), 3);
  }
}

function drawWave(pen, pieces, axis, row) {
  const width = Math.ceil(axis.right - axis.left);
  const lows = new Float32Array(width).fill(1000);
  const highs = new Float32Array(width).fill(-1000);
  for (const piece of pieces) piece.envelope.into(lows, highs, piece, axis);
  const scale = (row.height / 2 - 4) / 127;
  for (let column = 0; column < width; column += 1) {
    if (highs[column] < lows[column]) continue;
    const top = row.middle - 1 - highs[column] * scale;
    pen.fillRect(axis.left + column, top, 1, Math.max(1, (highs[column] - lows[column]) * scale));
  }
}

/** What of an answer nobody heard: hatched. */
function shade(pen, pieces, axis, row, colours) {
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  for (const piece of pieces) {
    const [left, right] = [axis.x(piece.at), axis.x(piece.end)];
    pen.save();
    pen.beginPath();
    pen.rect(left, row.top, right - left, row.height);
    pen.clip();
    pen.fillStyle = colours["silence-wash"];
    pen.fillRect(left, row.top, right - left, row.height);
    pen.beginPath();
    for (let x = Math.max(left, axis.left) - row.height; x < Math.min(right, axis.right); x += 8) {
      pen.moveTo(x, row.top + row.height);
      pen.lineTo(x + row.height, row.top);
    }
    pen.stroke();
    pen.restore();
  }
}

// -- moments ---------------------------------------------------------------------------------

function drawWaits(pen, { waits, say }, axis, layout, colours) {
  const y = layout.wait.middle;
  const seen = waits.filter(({ zero, first }) => first !== null && first >= axis.from && zero <= axis.to);
  if (seen.length * 6 * CROWDED > axis.right - axis.left) return drawBars(pen, seen, axis, layout, colours);
  waits.forEach(({ zero, first }, number) => {
    if (first === null || first < axis.from || zero > axis.to) return;
    const [left, right] = [axis.x(zero), axis.x(first)];
    const next = waits[number + 1] ? axis.x(waits[number + 1].zero) - 4 : axis.right;
    pen.strokeStyle = pen.fillStyle = colours.ink;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(left, y), pen.lineTo(right, y);
    for (const x of [left, right]) pen.moveTo(x, y - 5), pen.lineTo(x, y + 5);
    pen.stroke();
    const told = say("seconds", { seconds: clock(first - zero) });
    pen.font = `600 ${FONT}`;
    const width = pen.measureText(told).width + 8;
    if (right - left > width + 10) {
      pen.textAlign = "center";
      pen.fillStyle = colours.ground;
      pen.fillRect((left + right - width) / 2, y - 8, width, 16);
      pen.fillStyle = colours.ink;
      pen.fillText(told, (left + right) / 2, y);
    } else if (right + width + 4 < next) {
      pen.textAlign = "left";
      pen.fillText(told, right + 6, y);
    } else if (left - width - 4 > axis.left && waits.length === 1) {
      pen.textAlign = "right";
      pen.fillText(told, left - 6, y);
    }
    pen.font = FONT;
  });
  return undefined;
}

/** Waits too many to be told apart: bars, the longest of which fills the row. */
function drawBars(pen, waits, axis, { wait: { top, height } }, colours) {
  const longest = Math.max(...waits.map(({ zero, first }) => first - zero));
  pen.fillStyle = colours.ink;
  for (const { zero, first } of waits) {
    const tall = Math.max(1, (height * (first - zero)) / longest);
    pen.fillRect(axis.x(zero), top + height - tall, Math.max(1, (first - zero) / axis.pixel), tall);
  }
}

function drawFlags(pen, { moments }, axis, layout, colours) {
  const taken = [[], [], []];
  const inside = moments.filter((moment) => moment.at >= axis.from && moment.at <= axis.to);
  const few = inside.length <= NAMED;
  const crowded = inside.length * CROWDED > axis.right - axis.left;
  const shown = inside.filter(({ kind }) => few || !(kind === "stage" || (crowded && kind in FOR_LINES)));
  shown.sort((one, other) => URGENCY.indexOf(one.kind) - URGENCY.indexOf(other.kind));
  for (const moment of shown) drawLine(pen, moment, axis.x(moment.at), layout, colours);
  for (const moment of shown) {
    if (!few && moment.kind in FOR_LINES) continue;
    const x = axis.x(moment.at);
    const width = pen.measureText(moment.name).width;
    const place = placeFor(taken, x, width, axis, layout);
    if (place) writeFlag(pen, moment, place, colours);
  }
}

function drawLine(pen, { kind, meaning }, x, layout, colours) {
  const telling = kind !== "stage" && kind !== "finding";
  const { top, height } = layout.voices[1];
  pen.strokeStyle = colours[kind === "zero" || kind === "first" ? "ink" : meaning];
  pen.lineWidth = kind === "interruption" ? 2 : 1;
  pen.setLineDash(kind === "interruption" ? [] : [2, 3]);
  pen.beginPath();
  pen.moveTo(x, layout.flags.top + 4);
  pen.lineTo(x, telling ? top + height : layout.flags.top + layout.flags.height);
  pen.stroke();
  pen.setLineDash([]);
}

/** A row and a side for a flag's name: `{row, left}`; undefined where it finds no room. */
function placeFor(taken, x, width, axis, layout) {
  for (const left of [x + 4, x - 4 - width]) {
    if (left < axis.left || left + width > axis.right) continue;
    for (const [row, spans] of taken.entries()) {
      if (spans.some(([begin, end]) => left < end + 6 && left + width > begin - 6)) continue;
      spans.push([left, left + width]);
      return { left, middle: layout.flags.top + (row + 0.5) * layout.flag };
    }
  }
  return undefined;
}

function writeFlag(pen, moment, { left, middle }, colours) {
  const width = pen.measureText(moment.name).width;
  pen.fillStyle = colours.ground;
  pen.fillRect(left - 2, middle - 7, width + 4, 14);
  pen.fillStyle = colours[`${moment.meaning}-text`];
  pen.textAlign = "left";
  pen.fillText(moment.name, left, middle);
}
