// Ed25519 signatures as they are kept beside what they sign, and checked by anyone who has the public key.

import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from '../json.ts';

export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SHA-256, hex, of the public key: what a key is called where it came from elsewhere. */
  readonly fingerprint: string;
  /** SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
  /** 64 bytes, base64. */
  readonly value: string;
}

/** Signs bytes, at most 4,096 of them (the limit of KMS). */
export type Sign = (message: Uint8Array) => Promise<Signature>;

export function signatureOf(publicKey: Uint8Array, value: Uint8Array): Signature {
  return {
    algorithm: 'Ed25519',
    fingerprint: sha256(publicKey),
    publicKey: Buffer.from(publicKey).toString('base64'),
    value: Buffer.from(value).toString('base64'),
  };
}

/** @returns what is wrong with the signature; undefined when it is good and its key is the one it names. */
export function signatureFault(message: Uint8Array, signature: Signature): string | undefined {
  const der = Buffer.from(signature.publicKey, 'base64');
  const found = sha256(der);
  if (found !== signature.fingerprint) return `the key is ${found}, its signature names ${signature.fingerprint}`;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return `the key is ${key.asymmetricKeyType}, expected ed25519`;
    return verify(null, message, key, Buffer.from(signature.value, 'base64'))
      ? undefined
      : 'the signature does not belong to what it stands under';
  } catch {
    return 'the key or the signature cannot be read';
  }
}
