// Draws that depend on what is drawn for and not on what was drawn before: the same names, the same number.

/** From 0 (inclusive) to 1 (exclusive), by FNV-1a finished as in MurmurHash3. */
export function drawOf(...names: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  const text = names.join('/');
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** An integer from `least` to `most`. */
export const wholeOf = (draw: number, least: number, most: number): number =>
  least + Math.floor(draw * (most - least + 1));
