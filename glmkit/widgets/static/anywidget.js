// What anywidget loads: it wants the factory as the default export.

import { widget } from "./widget.js";

export default widget;
