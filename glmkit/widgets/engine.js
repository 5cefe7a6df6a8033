// The microphone, the loudspeaker and the line to Python, without any user interface.

const CHUNK_MS = 100;
const PREBUFFER_MS = 120;
const PLAYBACK_RATE = 24000;

/** A reason why sound cannot be had, by the name its sentence has in Python. */
class Problem extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const PROBLEMS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "no_device",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

function problemOf(error) {
  if (error instanceof Problem) return error.code;
  if (error.name === "NotAllowedError" && place() === "vscode") return "vscode";
  return PROBLEMS[error.name] ?? "unknown";
}

/** Where this runs: `vscode`, `page` (the kit's own), or `jupyter`. */
function place() {
  if (/^vscode/.test(location.protocol) || document.querySelector("body.vscode-body")) return "vscode";
  return document.documentElement.dataset.glmkit === "page" ? "page" : "jupyter";
}

async function addWorklet(context) {
  if (!context.audioWorklet) throw new Problem("no_worklet");
  const blob = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
  try {
    await context.audioWorklet.addModule(blob);
  } catch (error) {
    try { // a stricter content security policy than Jupyter's
      await context.audioWorklet.addModule("data:text/javascript;base64," + btoa(WORKLET));
    } catch (again) {
      throw new Problem("no_worklet");
    }
  } finally {
    URL.revokeObjectURL(blob);
  }
}

const HELD_MS = 500; // a context that does not run after this is held back by the browser

/** Sees to it that a context runs. Tells "suspended" when the browser holds it back, for want of
    a click or by itself, and null when it runs again; a click or a key anywhere lets it. */
function keepRunning(context, tell) {
  let told = false;
  const held = () => context.state !== "running" && context.state !== "closed";
  const retry = () => { if (held()) context.resume().catch(() => {}); };
  const look = async () => {
    if (held()) {
      retry();
      const changed = new Promise((resolve) => context.addEventListener("statechange", resolve, { once: true }));
      await Promise.race([changed, after(HELD_MS)]);
    }
    if (held() === told) return;
    told = held();
    const turn = told ? "addEventListener" : "removeEventListener";
    for (const name of ["pointerdown", "pointerup", "keydown"]) document[turn](name, retry, true);
    tell(told ? "suspended" : null);
  };
  context.addEventListener("statechange", look);
  return look();
}

/** One microphone: open it once, take from it as often as you like, close it to put out its light. */
class Microphone {
  constructor({ rate, onchunk, onmeter, onheld, onproblem }) {
    Object.assign(this, { rate, onchunk, onmeter, onheld, onproblem });
    this.stream = this.context = this.node = this.opening = null;
  }

  get on() {
    return this.node !== null;
  }

  /** Opens it with these switches; awaiting it twice opens it once. */
  open(wanted) {
    this.opening ??= this.begin(wanted).catch((error) => {
      this.close();
      throw error;
    });
    return this.opening;
  }

  async begin(wanted) {
    if (!navigator.mediaDevices?.getUserMedia) throw new Problem(withoutDevices());
    const opening = (this.attempt = {});
    const stream = await this.permitted(wanted);
    if (this.attempt !== opening) { // closed while the person was asked
      stream.getTracks().forEach((track) => track.stop());
      throw new Problem("closed");
    }
    this.stream = stream;
    stream.getAudioTracks()[0].onended = () => {
      if (this.stream === stream) this.onproblem("unplugged");
    };
    this.context = new AudioContext();
    await addWorklet(this.context);
    this.node = new AudioWorkletNode(this.context, "glmkit-capture", {
      numberOfOutputs: 0,
      processorOptions: { rate: this.rate, chunkMs: CHUNK_MS },
    });
    const steady = new Promise((resolve) => (this.steady = resolve));
    this.node.port.onmessage = ({ data }) => this.heard(data);
    this.context.createMediaStreamSource(stream).connect(this.node);
    await keepRunning(this.context, this.onheld);
    await Promise.race([steady, after(1000)]);
    if (this.attempt !== opening) throw new Problem("closed");
  }

  async permitted({ device, echo, noise, gain }) {
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

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function withoutDevices() {
  if (place() === "vscode") return "vscode";
  return window.isSecureContext ? "no_microphones" : "insecure";
}

/** The devices one can choose from; their names are empty until permission was given. */
async function microphones() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return all.filter((each) => each.kind === "audioinput" && each.deviceId);
}

/** Plays answers as they arrive; samples at 24 kHz, rendered as they are. */
class Player {
  constructor({ onended, onheld, onstarted }) {
    Object.assign(this, { onended, onheld, onstarted });
    this.context = this.loading = null;
    this.flushes = new Map();
    this.playing = false;
    this.endedAt = -Infinity;
  }

  /** Whether an answer sounds, or has only just left the loudspeaker: `ms` are for the room. */
  audible(ms) {
    const late = 1000 * (this.context?.outputLatency ?? 0);
    return this.playing || performance.now() - this.endedAt < late + ms;
  }

  /** The one promise that everything goes through, so that nothing is lost while it loads. */
  get node() {
    return (this.loading ??= this.load());
  }

  async load() {
    this.context = new AudioContext({ sampleRate: PLAYBACK_RATE });
    await addWorklet(this.context);
    const node = new AudioWorkletNode(this.context, "glmkit-playback", {
      numberOfInputs: 0,
      outputChannelCount: [1],
      processorOptions: { prebufferMs: PREBUFFER_MS },
    });
    node.port.onmessage = ({ data }) => this.told(data);
    node.connect(this.context.destination);
    keepRunning(this.context, this.onheld);
    return node;
  }

  told(data) {
    if (data.started !== undefined) {
      this.playing = true;
      this.onstarted(data.started);
    }
    if (data.ended !== undefined) {
      this.playing = false;
      this.endedAt = performance.now();
      this.onended(data);
    }
    if (data.flushed !== undefined) {
      this.playing = false;
      this.flushes.get(data.flushed)?.(data);
      this.flushes.delete(data.flushed);
    }
  }

  async post(message, transfer = []) {
    (await this.node).port.postMessage(message, transfer);
  }

  play(id, buffer) {
    return this.post({ play: id, samples: buffer }, [buffer]);
  }

  end(id) {
    return this.post({ end: id });
  }

  /** Stops at once; what had sounded of each answer, and how long stopping took. */
  async flush() {
    const began = performance.now();
    const id = `${began}-${this.flushes.size}`;
    const done = new Promise((resolve) => this.flushes.set(id, resolve));
    (await this.node).port.postMessage({ flush: id });
    const found = await Promise.race([done, after(500).then(() => ({ streams: [], underruns: 0 }))]);
    return { ...found, ms: performance.now() - began };
  }

  async resume() {
    if (this.context) await this.context.resume();
  }

  close() {
    if (!this.context) return;
    this.loading.then((node) => node.port.postMessage({ close: true }), () => {});
    if (this.context.state !== "closed") this.context.close();
    this.context = this.loading = null;
  }
}

/** What Python is told and says: JSON, with a block of bytes where there is sound. */
class Wire {
  constructor(model, ontold) {
    this.model = model;
    this.live = true;
    model.on("msg:custom", (message, buffers) => ontold(message, buffers?.[0] && bytesOf(buffers[0])));
  }

  tell(type, fields = {}, buffer = null) {
    if (!this.live) return;
    try {
      this.model.send({ type, ...fields }, undefined, buffer ? [buffer] : []);
    } catch (error) {
      this.live = false; // the kernel is gone; the engine looks at this
    }
  }
}

/** A copy of its own of what came, aligned for 16-bit samples. */
function bytesOf(view) {
  return view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view.slice(0);
}

/** Calls `onlost` when the kernel has gone or was restarted, or when the page goes away. */
function watchOver(model, onlost) {
  model.on("comm_live_update", () => onlost("kernel_gone")); // it only ever goes from live to dead
  model.on("comm:close", () => onlost("closed"));
  model.on("destroy", () => onlost("closed"));
  addEventListener("pagehide", () => onlost("closed"));
}
