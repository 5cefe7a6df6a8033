// The microphone of a page over https or on this machine: open while somebody holds the button.

const RATE = 16000;
const CHUNK_MS = 250; // a request each

const PROBLEMS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "no_device", NotReadableError: "in_use", AbortError: "in_use" };

/** Why it cannot be had, by the name its sentence has. */
export const problemOf = (error) => PROBLEMS[error.name] ?? "unknown";

/** Whether this page may have one at all. */
export const mayListen = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

/** One microphone; `onchunk(bytes)`: what it hears, 16-bit at 16 kHz. */
export class PupilMicrophone {
  constructor(onchunk) {
    this.onchunk = onchunk;
  }

  /** Opens it and listens. */
  async open() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule("worklet.js");
    this.node = new AudioWorkletNode(this.context, "glmkit-capture", {
      numberOfOutputs: 0, processorOptions: { rate: RATE, chunkMs: CHUNK_MS },
    });
    this.node.port.onmessage = ({ data }) => {
      if (data.chunk) this.onchunk(data.chunk);
      if (data.finished) this.finishing?.();
    };
    this.context.createMediaStreamSource(this.stream).connect(this.node);
    this.node.port.postMessage({ open: true });
  }

  /** Takes what is still on its way, and puts the microphone out. */
  async close() {
    if (this.node) {
      const done = new Promise((resolve) => (this.finishing = resolve));
      this.node.port.postMessage({ finish: 1 });
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 1000))]);
      this.node.port.postMessage({ close: true });
    }
    this.stream?.getTracks().forEach((track) => track.stop());
    if (this.context && this.context.state !== "closed") this.context.close();
    this.stream = this.context = this.node = null;
  }
}
