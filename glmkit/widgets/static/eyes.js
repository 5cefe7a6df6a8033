// The camera or the screen: pictures at the chosen rate of the sound that they go with.

import { Problem } from "./sound.js";
import { withoutDevices } from "./microphone.js";
import { make } from "./page_elements.js";

export const SHARES = [0.5, 1, 2]; // pictures a second
const LONGEST_SIDE = 640; // pixels
const VIDEO_PROBLEMS = { NotAllowedError: "no_picture", NotFoundError: "no_camera", NotReadableError: "camera_in_use" };

export class Eyes {
  constructor({ onpicture, onchange, onproblem }) {
    Object.assign(this, { onpicture, onchange, onproblem });
    this.stream = this.video = this.kind = this.attempt = null;
    this.share = SHARES[1];
    this.next = 0; // the second of sound with which the next picture is due
  }

  get on() {
    return this.stream !== null;
  }

  /** Opens `camera` or `screen` instead of what was open; whether that worked. */
  async open(kind) {
    this.close();
    const attempt = (this.attempt = {});
    try {
      const stream = await askForPictures(kind);
      const video = make("video", { playsinline: true });
      Object.assign(video, { muted: true, srcObject: stream });
      if (this.attempt === attempt) await video.play().catch(() => {});
      if (this.attempt !== attempt) { // closed while the person was asked
        stream.getTracks().forEach((track) => track.stop());
        return false;
      }
      stream.getVideoTracks()[0].onended = () => this.close();
      Object.assign(this, { stream, video, kind, next: 0 });
    } catch (error) {
      if (this.attempt === attempt) this.onproblem(problemWithPictures(error));
      return false;
    }
    this.onchange();
    return true;
  }

  /** Sound is about to be sent, from `second` of it on: a picture goes ahead when one is due. */
  look(second) {
    if (!this.on || second < this.next || !this.video.videoWidth) return;
    const period = 1 / this.share;
    this.next = second - this.next < period ? this.next + period : second + period;
    this.onpicture(pictureOf(this.video));
  }

  /** What is seen now, as the bytes of a JPEG; null where nothing is. */
  picture() {
    return this.on && this.video.videoWidth ? pictureOf(this.video) : null;
  }

  /** The first sound of a turn takes a picture at once. */
  begin() {
    this.next = 0;
  }

  close() {
    this.attempt = null;
    if (!this.on) return;
    this.stream.getTracks().forEach((track) => { track.onended = null; track.stop(); });
    this.video.srcObject = null;
    this.stream = this.video = this.kind = null;
    this.onchange();
  }
}

function askForPictures(kind) {
  const devices = navigator.mediaDevices;
  const ask = kind === "camera" ? devices?.getUserMedia : devices?.getDisplayMedia;
  if (!ask) throw new Problem(withoutDevices());
  return ask.call(devices, { video: true });
}

const problemWithPictures = (error) =>
  error instanceof Problem ? error.code : (VIDEO_PROBLEMS[error.name] ?? "no_picture");

/** What a video shows now, as the bytes of a JPEG. At once: what is made in the browser's idle time
    (`toBlob`) would fall behind the sound that it belongs to. */
function pictureOf(video) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.round(side * scale));
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, width, height);
  const [, words] = canvas.toDataURL("image/jpeg", 0.8).split(",");
  return Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0)).buffer;
}
