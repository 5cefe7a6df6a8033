// Sentences with fields, and seconds as people read them.

/** A sentence with its `{names}` filled in; what is filled in is never read as a sentence. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** 3.21, 1:03.2 or 1:02:03.2, with so many digits behind the point. */
export function clock(second, digits = 2) {
  const whole = Math.abs(second);
  const sign = second < -0.5 * 10 ** -digits ? "−" : "";
  if (whole < 60 - 0.5 * 10 ** -digits) return `${sign}${whole.toFixed(digits)}`;
  const tens = 10 ** digits;
  const units = Math.round(whole * tens);
  const [hours, minutes] = [Math.floor(units / tens / 3600), Math.floor(units / tens / 60) % 60];
  const rest = ((units % (60 * tens)) / tens).toFixed(digits).padStart(digits ? 3 + digits : 2, "0");
  return `${sign}${hours ? `${hours}:${String(minutes).padStart(2, "0")}` : minutes}:${rest}`;
}

/** Bytes as people read them. */
export function bytes(count) {
  return count >= 1000 ? `${(count / 1000).toFixed(1)} kB` : `${count} B`;
}
