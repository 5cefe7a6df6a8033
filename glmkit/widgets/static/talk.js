// Live talk: the microphone streams while you speak, the answer plays as it comes.

import { problemOf, place, contentOf } from "./sound.js";
import { ChosenFile } from "./chosen_file.js";
import { Microphone } from "./microphone.js";
import { Player } from "./player.js";
import { Wire, watchOver } from "./wire.js";
import { Loudness } from "./controls.js";
import { speaker } from "./page_elements.js";
import { Eyes } from "./eyes.js";
import { Timeline } from "./timeline.js";

const IDLE_MS = 20000; // the microphone goes off this long after the last word
const ROOM_MS = 300; // what was played is in the room this long, and in the microphone

export class TalkEngine {
  constructor(model) {
    this.options = model.get("options");
    this.say = speaker(this.options.words);
    this.views = new Set();
    this.wanted = { device: null, ...this.options.switches };
    this.loudness = new Loudness();
    this.state = "ready";
    this.problem = place() === "vscode" ? "vscode" : null;
    this.words = this.page = null;
    this.peer = this.model = "";
    this.lines = new Map();
    this.card = null; // the turn that is open as its card: {number, html}, html not there at first
    this.pictures = new Map(); // that have not gone yet: {state, url}, by number
    this.up = this.down = this.underruns = 0;
    this.timeline = new Timeline();
    this.half = false;
    this.seq = this.acknowledged = 0;
    this.busySince = null;
    this.talking = this.opened = this.over = false;
    this.speaking = false; // server VAD has heard somebody begin, and not end
    this.taken = false; // Python has taken up that the microphone was opened
    this.looking = false; // Python has switched to a conversation with pictures
    this.eyes = new Eyes({
      onpicture: (picture) => this.wire.tell("picture", { following: true }, picture),
      onchange: () => this.seeing(),
      onproblem: (code) => this.reported(code),
    });
    this.microphone = new Microphone({
      rate: this.options.rate,
      onchunk: (buffer) => this.spoken(buffer),
      onmeter: (meter) => { this.loudness.hear(meter); this.changed(); },
      onheld: (code) => this.held(code),
      onproblem: (code) => (this.sending ? this.failed(code) : this.microphone.close()),
    });
    this.player = new Player({
      onstarted: () => this.changed(),
      onended: (data) => this.played(data),
      onheld: (code) => this.held(code),
    });
    this.wire = new Wire(model, (message, buffer) => this.told(message, buffer));
    this.file = new ChosenFile({ rate: this.options.rate, wire: this.wire, onproblem: (code) => this.reported(code) });
    watchOver(model, (code) => this.lost(code));
    this.wire.tell("hello", { place: place(), host: location.hostname });
  }

  changed() {
    for (const view of this.views) view();
  }

  get busy() {
    return this.busySince !== null && performance.now() - this.busySince > 500;
  }

  get sending() {
    return this.talking || this.opened;
  }

  // -- speaking

  async press() {
    if (this.sending || !this.wire.live) return;
    this.talking = true;
    this.flush();
    this.seq = 0;
    this.wire.tell("press");
    if (!(await this.listen())) return;
    if (!this.talking) return this.quiet(); // let go while the browser asked
    clearTimeout(this.limit);
    this.limit = setTimeout(() => this.release(), this.options.limit * 1000);
  }

  async release() {
    if (!this.talking) return;
    this.talking = false;
    clearTimeout(this.limit);
    const asking = !this.microphone.on; // let go to answer the browser's question: no reproach
    await this.quiet();
    this.wire.tell("release", { chunks: this.seq, failed: asking });
    this.changed();
  }

  async open(on) {
    if (on === this.opened || !this.wire.live) return;
    if (!on) {
      this.opened = false;
      await this.quiet();
      this.wire.tell("open", { on: false });
      this.microphone.close();
      return this.changed();
    }
    if (this.talking) await this.release();
    this.opened = true;
    this.taken = false;
    this.seq = 0;
    this.wire.tell("open", { on: true });
    await this.listen();
  }

  /** The microphone on and its gate open; whether that worked. */
  async listen() {
    clearTimeout(this.idle);
    if (this.problem !== "suspended") this.problem = this.words = null;
    this.loudness.reset();
    this.eyes.begin();
    this.player.prepare();
    this.changed();
    try {
      await this.microphone.open(this.wanted);
    } catch (error) {
      if (problemOf(error) !== "closed") this.failed(problemOf(error)); // else: stopped meanwhile
      return false;
    }
    this.microphone.gate(true);
    this.changed();
    return true;
  }

  /** The gate closed; the microphone itself stays on a little, for the next word. */
  async quiet() {
    await this.microphone.finish();
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.rest(), IDLE_MS);
  }

  rest() {
    if (this.sending) return; // who let go speaks again
    this.microphone.close();
    this.changed();
  }

  spoken(buffer) {
    const samples = new Int16Array(buffer);
    const muted = this.half && this.player.audible(this.opened ? ROOM_MS : 0);
    if (muted) samples.fill(0);
    this.timeline.note("input", samples.length / this.options.rate, muted ? 0 : this.loudness.rms);
    this.busySince ??= performance.now();
    if (this.looking && this.sending) this.eyes.look((this.seq * samples.length) / this.options.rate);
    this.wire.tell("chunk", { seq: this.seq++ }, buffer);
  }

  // -- hearing

  /** A piece of an answer; where no view is left, nobody would hear it. */
  hear(id, samples) {
    if (this.views.size) this.player.play(id, samples).catch((error) => this.failed(problemOf(error)));
  }

  async flush() {
    const { streams, underruns, ms } = await this.player.flush();
    this.flushed = ms;
    for (const { id, played, dropped } of streams)
      this.wire.tell("heard", { response: id, samples: played, dropped, underruns, ms });
    this.changed();
  }

  played({ ended, played, adler, underruns }) {
    this.underruns = underruns;
    this.wire.tell("heard", { response: ended, samples: played, underruns, checksum: adler });
    this.changed();
  }

  interrupt() {
    this.flush();
    this.wire.tell("interrupt");
  }

  answerNow() {
    this.wire.tell("answer_now");
  }

  /** Ends whatever goes on: speaking, waiting, answering. */
  async halt() {
    const open = this.opened;
    this.talking = this.opened = false;
    clearTimeout(this.limit);
    this.flush();
    this.wire.tell("halt");
    if (open) this.wire.tell("open", { on: false });
    this.microphone.close();
    this.eyes.close();
    this.changed();
  }

  /** Writes instead of speaking; what the camera sees goes along. */
  write(words) {
    this.player.prepare();
    this.flush();
    this.wire.tell("text", { words }, this.looking ? this.eyes.picture() : null);
  }

  /** Says a file instead of speaking. */
  sayFile(file) {
    this.player.prepare();
    this.reported(null);
    return this.file.handOver(file);
  }

  askForPage() {
    this.wire.tell("page");
  }

  async resume() {
    await Promise.all([this.microphone.context?.resume(), this.player.resume()]);
  }

  // -- seeing

  async picture(file) {
    const bytes = await contentOf(file);
    if (bytes) this.wire.tell("picture", { following: false }, bytes);
    else this.reported("file_gone");
  }

  takeBack(number) {
    this.wire.tell("take_back", { number });
  }

  /** What became of a picture; its bytes come with the first word of it. */
  pictured({ number, state }, buffer) {
    const url = this.pictures.get(number)?.url ?? (buffer && URL.createObjectURL(new Blob([buffer])));
    if (state !== "gone") return this.pictures.set(number, { state, url });
    URL.revokeObjectURL(url);
    this.pictures.delete(number);
  }

  /** The camera or the screen on, or off again. */
  async look(kind) {
    if (this.eyes.kind === kind) return this.eyes.close();
    this.reported(null);
    await this.eyes.open(kind);
  }

  /** The eyes were opened or closed: pictures flow when Python is ready for them. */
  seeing() {
    if (!this.eyes.on) this.looking = false;
    this.wire.tell("look", { on: this.eyes.on });
    this.changed();
  }

  // -- turns

  /** Opens a turn as its card, or closes the one that is open. */
  turnOver(number) {
    this.card = number === null || this.card?.number === number ? null : { number };
    if (this.card) this.wire.tell("card", { number });
    this.changed();
  }

  /** A turn began, or is over: then its card has more to show. */
  turned({ number, over }) {
    this.lines.set(`turn ${number}`, { who: "turn", turn: number });
    if (over && this.card?.number === number) this.wire.tell("card", { number });
  }

  carded({ number, html }) {
    if (this.card?.number === number) this.card = { number, html };
  }

  // -- what Python says

  told(message, buffer) {
    const act = {
      play: () => this.hear(message.id, buffer),
      end: () => this.player.end(message.id),
      flush: () => this.flush(),
      got: () => this.got(message.seq),
      said: () => this.lines.set(message.id, message),
      turn: () => this.turned(message),
      card: () => this.carded(message),
      note: () => this.lines.set(`note ${this.lines.size}`, { who: "note", words: message.words }),
      events: () => this.counted(message.events),
      state: () => this.become(message),
      speaking: () => (this.speaking = message.on),
      picture: () => this.pictured(message, buffer),
      looking: () => (this.looking = this.eyes.on),
      decode: () => this.file.decode(),
      look_away: () => this.eyes.close(),
      half: () => (this.half = true),
      page: () => (this.page = message),
      closed: () => this.lost("closed"),
    }[message.type];
    act?.();
    this.changed();
  }

  got(seq) {
    this.acknowledged = seq + 1;
    this.busySince = this.acknowledged >= this.seq ? null : performance.now();
  }

  become({ state, peer, model }) {
    Object.assign(this, { state, peer, model });
    this.taken ||= state === "open";
    if (state === "saying") this.file.taken();
    if (state === "ready" && this.opened && this.taken) { // an error, or Stop elsewhere, ended it
      this.opened = false;
      this.microphone.close();
    }
  }

  counted(events) {
    for (const [up, type, , seconds] of events) {
      if (up) this.up++;
      else this.down++;
      this.timeline.saw(type, seconds);
    }
  }

  // -- ends

  /** The microphone or the player cannot go on: what was said until then is sent. */
  failed(code) {
    const { opened, talking } = this;
    this.talking = this.opened = false;
    clearTimeout(this.limit);
    this.microphone.close();
    this.reported(code);
    if (opened) this.wire.tell("open", { on: false });
    if (talking) this.wire.tell("release", { failed: true });
  }

  /** Says a problem here and in Python; null says that there is none. */
  reported(code) {
    this.problem = code;
    this.words = null;
    this.wire.tell("problem", { code });
    this.changed();
  }

  /** The browser holds sound back, or (null) lets it go again. */
  held(code) {
    if (!this.over && (this.problem ?? "suspended") === "suspended") this.reported(code);
  }

  lost(code) {
    if (this.over) return;
    this.over = true;
    this.wire.tell("gone"); // where the page leaves and the kernel stays: what came is what there is
    this.wire.live = false;
    this.talking = this.opened = false;
    clearTimeout(this.idle);
    this.microphone.close();
    this.player.close();
    this.eyes.close();
    this.state = "closed";
    this.problem ??= code;
    this.changed();
  }

  /** No view is left: the cell was cleared. The conversation can be shown again. */
  async unseen() {
    if (this.sending || this.state !== "ready") await this.halt();
    clearTimeout(this.idle);
    this.microphone.close();
    this.player.close();
    this.eyes.close();
  }
}
