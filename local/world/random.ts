// Randomness of a world: seeded (sfc32) for virtual time, the system's for real time. Ids are UUIDs of version 4.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Randomness } from '../service.ts';

/** Mixes parts into one 32-bit number (FNV-1a, finished as in MurmurHash3). */
export function mix(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  const text = parts.join('/');
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function seededRandomness(seed: number): Randomness & { word(): number; bytes(count: number): Uint8Array } {
  let a = mix(seed, 'a');
  let b = mix(seed, 'b');
  let c = mix(seed, 'c');
  let counter = 1;
  const word = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) word();
  const bytes = (count: number): Uint8Array => {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) out[i] = word() >>> 24;
    return out;
  };
  return {
    word,
    bytes,
    next: () => word() / 2 ** 32,
    uuid: () => uuidOf(bytes(16)),
    token: (count) => Buffer.from(bytes(count)).toString('base64url'),
  };
}

export function systemRandomness(): Randomness {
  return {
    next: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    uuid: () => randomUUID(),
    token: (count) => randomBytes(count).toString('base64url'),
  };
}

function uuidOf(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
