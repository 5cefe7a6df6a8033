// The sounds of a scene, decoded when they are about to be heard.

import { bytesOf } from "./packed.js";

const RATE = 24000; // Hz of what is kept decoded: the answers' own
const KEPT = 900; // seconds of decoded sound

/** Decodes the sounds of one player; `wordsOf(number)` gives one as base64. */
export class Sounds {
  constructor(sounds, wordsOf) {
    Object.assign(this, { sounds, wordsOf });
    this.promises = new Map();
    this.decoded = new Map();
  }

  /** What is decoded of a sound now: `{buffer, lead}`, or undefined. */
  ready(number) {
    return this.decoded.get(number);
  }

  load(number) {
    if (!this.promises.has(number)) this.promises.set(number, this.decode(number));
    return this.promises.get(number);
  }

  async decode(number) {
    const { buffer: data } = bytesOf(this.wordsOf(number));
    const buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(data);
    this.decoded.set(number, { buffer, lead: leadOf(buffer.duration, this.sounds[number]) });
    this.forget(number);
  }

  /** Let go of what was decoded first, where too much is kept. */
  forget(newest) {
    let kept = [...this.decoded.values()].reduce((sum, { buffer }) => sum + buffer.duration, 0);
    for (const [number, { buffer }] of this.decoded) {
      if (kept <= KEPT || number === newest) return;
      this.decoded.delete(number);
      this.promises.delete(number);
      kept -= buffer.duration;
    }
  }
}

/** Seconds of silence that the encoder put in front, as far as the decoder left them there. */
export function leadOf(duration, { seconds, lead, rest }) {
  const extra = duration - seconds;
  return lead && extra > lead + rest - 0.005 ? extra - rest : 0;
}
