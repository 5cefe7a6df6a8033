// Mouse and touch on the picture: click to seek, drag to select, pinch and ctrl+wheel to zoom.

const MOVED = 4; // pixels that make a drag of a click

/** Listen to the pointers on a picture; `screen` knows what lies where. */
export function listenToPointers(stage, strip, screen, doing) {
  const { axis } = screen;
  const fingers = new Map();
  let drag = null;
  const xOf = (event, element) => (event.clientX - element.getBoundingClientRect().left) / screen.size;
  const yOf = (event) => (event.clientY - stage.getBoundingClientRect().top) / screen.size;

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, xOf(event, stage));
    drag = { x: xOf(event, stage), second: axis.second(xOf(event, stage)), moved: false, from: axis.from };
    stage.focus({ preventScroll: true });
  });
  stage.addEventListener("pointermove", (event) => {
    const x = xOf(event, stage);
    if (!fingers.has(event.pointerId)) return doing.hover(x, yOf(event));
    const before = fingers.get(event.pointerId);
    fingers.set(event.pointerId, x);
    if (fingers.size > 1) {
      drag.moved = true;
      return pinch(event.pointerId, before);
    }
    if (Math.abs(x - drag.x) > MOVED) drag.moved = true;
    if (!drag.moved) return undefined;
    const pans = event.pointerType === "touch" || event.shiftKey;
    return pans ? doing.pan((before - x) * axis.pixel) : doing.select(drag.second, axis.second(x));
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => {
      if (!fingers.delete(event.pointerId) || fingers.size || !drag) return;
      if (name === "pointerup" && !drag.moved) doing.click(drag.second);
      drag = null;
    });
  }
  stage.addEventListener("pointerleave", () => doing.hover(null));
  stage.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) doing.zoom(2 ** (-event.deltaY / 200), axis.second(xOf(event, stage)));
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) doing.pan((event.deltaX || event.deltaY) * axis.pixel);
    else return;
    event.preventDefault();
  }, { passive: false });

  function pinch(id, before) {
    const [other] = [...fingers].filter(([each]) => each !== id).map(([, x]) => x);
    const [old, now] = [Math.abs(before - other), Math.abs(fingers.get(id) - other)];
    if (old > 8 && now > 8) doing.zoom(now / old, axis.second((fingers.get(id) + other) / 2));
  }

  const slide = (event) => doing.centre(screen.overview.whole.second(xOf(event, strip)));
  strip.addEventListener("pointerdown", (event) => {
    strip.setPointerCapture(event.pointerId);
    slide(event);
  });
  strip.addEventListener("pointermove", (event) => event.buttons && slide(event));
}
