// Numbers as Python packs them: base64 of deflated bytes.

/** The bytes of base64. */
export function bytesOf(words) {
  const letters = atob(words);
  const bytes = new Uint8Array(letters.length);
  for (let n = 0; n < letters.length; n += 1) bytes[n] = letters.charCodeAt(n);
  return bytes;
}

/** A typed array of `Kind` out of packed numbers. */
export async function unpacked(words, Kind) {
  const inflated = new Blob([bytesOf(words)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Kind(await new Response(inflated).arrayBuffer());
}
