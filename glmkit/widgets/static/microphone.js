// The microphone, and which there are to choose from.

import { Problem, place, addWorklet, keepRunning, after } from "./sound.js";

const CHUNK_MS = 100;

/** One microphone: open it once, take from it as often as you like, close it to put out its light. */
export class Microphone {
  constructor({ rate, onchunk, onmeter, onheld, onproblem }) {
    Object.assign(this, { rate, onchunk, onmeter, onheld, onproblem });
    this.stream = this.context = this.node = this.opening = null;
  }

  get on() {
    return this.node !== null;
  }

  /** Opens it with these switches; awaiting it twice opens it once. */
  open(wanted) {
    this.opening ??= this.begin(wanted, (this.attempt = {}));
    return this.opening;
  }

  /** Each step may find that it was closed meanwhile, and even opened anew: that is another's. */
  async begin(wanted, attempt) {
    const goOn = () => { if (this.attempt !== attempt) throw new Problem("closed"); };
    try {
      const stream = await this.permitted(wanted);
      if (this.attempt !== attempt) stream.getTracks().forEach((track) => track.stop());
      goOn();
      this.keep(stream);
      await addWorklet(this.context);
      goOn();
      const steady = this.connect();
      await keepRunning(this.context, this.onheld);
      await Promise.race([steady, after(1000)]);
      goOn();
    } catch (error) {
      goOn();
      this.close();
      throw error;
    }
  }

  keep(stream) {
    this.stream = stream;
    stream.getAudioTracks()[0].onended = () => {
      if (this.stream === stream) this.onproblem("unplugged");
    };
    this.context = new AudioContext();
  }

  /** From the stream into the worklet; a promise of sound without stumbling. */
  connect() {
    this.node = new AudioWorkletNode(this.context, "glmkit-capture", {
      numberOfOutputs: 0,
      processorOptions: { rate: this.rate, chunkMs: CHUNK_MS },
    });
    const steady = new Promise((resolve) => (this.steady = resolve));
    this.node.port.onmessage = ({ data }) => this.heard(data);
    this.context.createMediaStreamSource(this.stream).connect(this.node);
    return steady;
  }

  async permitted({ device, echo, noise, gain }) {
    if (!navigator.mediaDevices?.getUserMedia) throw new Problem(withoutDevices());
    const audio = { echoCancellation: echo, noiseSuppression: noise, autoGainControl: gain };
    const asked = device ? { ...audio, deviceId: { exact: device } } : audio;
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: asked });
    } catch (error) {
      if (error.name !== "OverconstrainedError") throw error;
      return navigator.mediaDevices.getUserMedia({ audio }); // the chosen one is gone
    }
  }

  heard(data) {
    if (data.chunk) this.onchunk(data.chunk);
    if (data.meter) this.onmeter(data.meter);
    if (data.steady) this.steady();
    if (data.finished) this.finishing?.(data);
  }

  gate(open) {
    this.node?.port.postMessage({ open });
  }

  /** Ends a take: what is still in the filter comes first; how much there was. */
  async finish() {
    if (!this.node) return { samples: 0, gaps: 0 };
    const done = new Promise((resolve) => (this.finishing = resolve));
    this.node.port.postMessage({ finish: 1 });
    return Promise.race([done, after(1000).then(() => ({ samples: 0, gaps: 0 }))]);
  }

  close() {
    this.attempt = this.opening = null;
    this.stream?.getTracks().forEach((track) => { track.onended = null; track.stop(); });
    this.node?.port.postMessage({ close: true });
    if (this.context && this.context.state !== "closed") this.context.close();
    this.stream = this.context = this.node = null;
  }
}

export function withoutDevices() {
  if (place() === "vscode") return "vscode";
  return window.isSecureContext ? "no_microphones" : "insecure";
}

/** The devices one can choose from; their names are empty until permission was given. */
export async function microphones() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return all.filter((each) => each.kind === "audioinput" && each.deviceId);
}
