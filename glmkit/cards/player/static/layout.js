// What lies where on the picture: rows from the top, in pixels.

const RULER = 20;
const FLAG = 16;
const VOICE = 58;
const WAIT = 22;
const LANE = 30;
const GAP = 3;

/** The rows of a scene: `{ruler, flags, voices, wait, lanes, height, gutter}`, each `{top, height}`. */
export function layoutOf(scene, width) {
  const rows = { gutter: width < 480 ? 46 : 70 };
  let top = 0;
  const row = (height) => {
    const found = { top, height, middle: top + height / 2 };
    top += height + GAP;
    return found;
  };
  rows.ruler = row(RULER);
  rows.flags = row(3 * FLAG);
  const voice = () => row(VOICE);
  rows.voices = [voice()];
  rows.wait = row(WAIT);
  rows.voices.push(voice());
  const lanes = scene.events.types.some((type) => type.lane === 2) ? 3 : 2;
  rows.lanes = Array.from({ length: lanes }, () => row(LANE));
  rows.flag = FLAG;
  rows.height = top;
  return rows;
}
