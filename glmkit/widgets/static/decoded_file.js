// What only a browser can decode (a phone's M4A, AAC, WebM, MP4), as a WAV file.

const HEADER = 44; // bytes

/** A file's sound as mono 16-bit WAV at `rate` Hz; null where this browser can't decode it. */
export async function decodedFile(bytes, rate) {
  const context = new OfflineAudioContext(1, 1, rate); // it resamples what it decodes
  const sound = await context.decodeAudioData(bytes).catch(() => null);
  return sound?.length ? wavFile(mixed(sound), rate) : null;
}

function mixed(sound) {
  const channels = Array.from({ length: sound.numberOfChannels }, (_, n) => sound.getChannelData(n));
  return Float32Array.from({ length: sound.length }, (_, at) =>
    channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length);
}

function wavFile(samples, rate) {
  const file = new DataView(new ArrayBuffer(HEADER + samples.length * 2));
  const name = (at, letters) => [...letters].forEach((letter, n) => file.setUint8(at + n, letter.charCodeAt(0)));
  name(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  name(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // channels
  file.setUint32(24, rate, true);
  file.setUint32(28, rate * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  name(36, "data");
  file.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => file.setInt16(HEADER + n * 2, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return file.buffer;
}
