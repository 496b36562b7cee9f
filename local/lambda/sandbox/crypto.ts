// Random ids and bytes from the environment's own generator, as the global `crypto` and as node:crypto. What Node computes on its thread
// pool is refused in virtual time; its synchronous forms are offered.

import * as nodeCrypto from 'node:crypto';
import { refused, type SandboxHost } from './host.ts';

const ON_THREAD_POOL = [
  'pbkdf2',
  'scrypt',
  'hkdf',
  'argon2',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'checkPrime',
  'encapsulate',
  'decapsulate',
];

export interface SandboxCrypto {
  readonly global: unknown;
  readonly module: Readonly<Record<string, unknown>>;
}

export function sandboxCrypto(host: SandboxHost): SandboxCrypto {
  if (!host.virtual) return { global: globalThis.crypto, module: nodeCrypto as unknown as Record<string, unknown> };
  const { random } = host;
  const fill = <T extends ArrayBufferView>(view: T, offset = 0, size = view.byteLength - offset): T => {
    new Uint8Array(view.buffer, view.byteOffset + offset, size).set(random.bytes(size));
    return view;
  };
  const later = (callback: (error: null, value: unknown) => void, value: unknown) =>
    queueMicrotask(() => callback(null, value));
  const randomBytes = (size: number, callback?: (error: null, value: unknown) => void) => {
    const bytes = Buffer.from(random.bytes(size));
    return callback ? later(callback, bytes) : bytes;
  };
  const randomInt = (first: number, second?: unknown, third?: unknown) => {
    const [min, max] = typeof second === 'number' ? [first, second] : [0, first];
    const callback = typeof second === 'function' ? second : third;
    const value = min + Math.floor(random.next() * (max - min));
    return typeof callback === 'function' ? later(callback as never, value) : value;
  };
  const subtle = new Proxy(
    {},
    {
      get: (_target, name) => {
        if (typeof name === 'symbol' || name === 'then') return undefined;
        return () => Promise.reject(refused(`crypto.subtle.${name}`));
      },
    },
  );
  const global = { randomUUID: () => random.uuid(), getRandomValues: (view: ArrayBufferView) => fill(view), subtle };
  const module: Record<string, unknown> = {
    ...nodeCrypto,
    randomUUID: () => random.uuid(),
    randomBytes,
    randomInt,
    randomFillSync: fill,
    getRandomValues: fill,
    pseudoRandomBytes: randomBytes,
    webcrypto: global,
    subtle,
  };
  for (const name of ON_THREAD_POOL) {
    if (typeof module[name] === 'function') {
      module[name] = () => {
        throw refused(`crypto.${name}`);
      };
    }
  }
  module.default = module;
  return { global, module };
}
