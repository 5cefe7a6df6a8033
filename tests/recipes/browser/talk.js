// One conversation for each click: a written turn, a spoken turn, its answer as a WAV.

const SECONDS = 60;
const RATE = 24_000; // of the answer, in Hz: raw samples, 16 bit, mono
const SESSION = {
  modalities: ["text", "audio"],
  input_audio_format: "wav", // each append is a whole file
  output_audio_format: "pcm",
  turn_detection: { type: "client_vad" }, // we say when we have ended
  beta_fields: { chat_mode: "audio" }, // nested, or the service hangs up
};
const at = (id) => document.getElementById(id);
const show = (line) => at("said").append(`${line}\n`);

at("talk").addEventListener("click", async () => {
  const question = new Uint8Array(await at("question").files[0].arrayBuffer());
  const token = encodeURIComponent(at("token").value);
  talk(new WebSocket(`${at("url").value}?Authorization=${token}`), question);
});

function talk(socket, question) {
  let sound = [];
  const send = (type, fields = {}) => socket.send(JSON.stringify({ type, ...fields }));
  const turns = [ask, say];
  const deadline = setTimeout(() => socket.close(4000, `no answer within ${SECONDS} s`), SECONDS * 1000);

  function ask() {
    const content = [{ type: "input_text", text: "1加1等于几？" }];
    send("conversation.item.create", { item: { type: "message", role: "user", content } });
    send("response.create");
  }

  function say() {
    sound = [];
    send("input_audio_buffer.append", { audio: base64(question) });
    send("input_audio_buffer.commit");
    send("response.create");
  }

  function next() {
    const turn = turns.shift();
    if (turn) return turn();
    save(sound);
    return socket.close(1000);
  }

  socket.onopen = () => send("session.update", { session: SESSION });
  socket.onclose = ({ code, reason }) => {
    clearTimeout(deadline);
    if (code !== 1000) show(`closed (${code}) ${reason}`); // 1006 before it opened: look at the token
  };
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === "error") show(`${event.error.code}: ${event.error.message}`);
    if (event.type === "session.updated" || event.type === "response.done") next();
    if (event.type === "response.audio.delta") sound.push(bytes(event.delta));
    if (event.type === "response.audio_transcript.done") show(`said: ${event.transcript}`);
    if (event.type === "conversation.item.input_audio_transcription.completed")
      show(`heard: ${event.transcript}`);
  };
}

function save(sound) {
  const size = sound.reduce((sum, part) => sum + part.length, 0);
  const address = URL.createObjectURL(new Blob([header(size), ...sound], { type: "audio/wav" }));
  at("answer").src = at("save").href = address;
  at("save").hidden = false;
}

function header(size) {
  const head = new DataView(new ArrayBuffer(44));
  const words = (offset, text) => new TextEncoder().encode(text).forEach((c, i) => head.setUint8(offset + i, c));
  words(0, "RIFF");
  head.setUint32(4, 36 + size, true);
  words(8, "WAVEfmt ");
  head.setUint32(16, 16, true); // what follows, up to data
  head.setUint16(20, 1, true); // PCM
  head.setUint16(22, 1, true); // one channel
  head.setUint32(24, RATE, true);
  head.setUint32(28, 2 * RATE, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  words(36, "data");
  head.setUint32(40, size, true);
  return head.buffer;
}

function base64(data) {
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
