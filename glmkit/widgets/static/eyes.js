// The camera or the screen: pictures at the chosen rate, taken while there is sound to go with them.

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
    this.next = 0; // when the next picture is due
    this.taking = false;
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

  /** Sound was sent at `now` (seconds): a picture goes with it when one is due. */
  async look(now) {
    if (!this.on || this.taking || now < this.next || !this.video.videoWidth) return;
    const period = 1 / this.share;
    this.next = now - this.next < period ? this.next + period : now + period;
    this.taking = true;
    try {
      const picture = await this.picture();
      if (picture) this.onpicture(picture);
    } finally {
      this.taking = false;
    }
  }

  /** What is seen now, as the bytes of a JPEG; null where nothing is. */
  async picture() {
    const picture = this.on && this.video.videoWidth ? await pictureOf(this.video) : null;
    return this.on ? picture : null;
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

/** What a video shows now, as the bytes of a JPEG. */
async function pictureOf(video) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.round(side * scale));
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d").drawImage(video, 0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
  return blob && blob.arrayBuffer();
}
