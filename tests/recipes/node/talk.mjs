// A written and a spoken turn with GLM-Realtime: node talk.mjs QUESTION.wav ANSWER.wav
// GLM_KEY is the key (or a token of it), GLM_URL an address other than the service's.

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import WebSocket from "ws";

const SECONDS = 60;
const RATE = 24_000; // of the answer, in Hz: raw samples, 16 bit, mono
const url = process.env.GLM_URL ?? "wss://open.bigmodel.cn/api/paas/v4/realtime";
const key = process.env.GLM_KEY;
const [question, answer] = process.argv.slice(2);
if (!key || !answer) fail("expected GLM_KEY, and two files: QUESTION.wav ANSWER.wav");

const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${key}` } });
const send = (type, fields = {}) => socket.send(JSON.stringify({ type, ...fields }));
const sound = [];
const turns = [ask, say];

socket.on("open", () => send("session.update", { session: {
  modalities: ["text", "audio"],
  input_audio_format: "wav", // each append is a whole file
  output_audio_format: "pcm",
  turn_detection: { type: "client_vad" }, // we say when we have ended
  beta_fields: { chat_mode: "audio" }, // nested, or the service hangs up
} }));

socket.on("message", (message) => {
  const event = JSON.parse(message);
  if (event.type === "error") fail(`${event.error.code}: ${event.error.message}`);
  if (event.type === "session.updated" || event.type === "response.done") next();
  if (event.type === "response.audio.delta") sound.push(Buffer.from(event.delta, "base64"));
  if (event.type === "response.audio_transcript.done") console.log(`said: ${event.transcript}`);
  if (event.type === "conversation.item.input_audio_transcription.completed")
    console.log(`heard: ${event.transcript}`);
});
socket.on("error", (error) => fail(error.message));
socket.on("close", (code) => fail(`the connection closed (${code})`));
const deadline = setTimeout(() => fail(`no answer within ${SECONDS} s`), SECONDS * 1000);

function next() {
  const turn = turns.shift();
  if (turn) turn();
  else end();
}

function ask() {
  const content = [{ type: "input_text", text: "1加1等于几？" }];
  send("conversation.item.create", { item: { type: "message", role: "user", content } });
  send("response.create");
}

function say() {
  sound.length = 0;
  send("input_audio_buffer.append", { audio: readFileSync(question).toString("base64") });
  send("input_audio_buffer.commit");
  send("response.create");
}

function end() {
  const samples = Buffer.concat(sound);
  writeFileSync(answer, Buffer.concat([header(samples.length), samples]));
  console.log(`saved: ${answer}`);
  clearTimeout(deadline);
  socket.removeAllListeners("close");
  socket.close();
}

function header(bytes) {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16); // what follows, up to data
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22); // one channel
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(bytes, 40);
  return head;
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
