// What a card's script is made from: the bundle gives the one function, which is called for each card.

import { mountAll } from "./mounting.js";

export default mountAll;
