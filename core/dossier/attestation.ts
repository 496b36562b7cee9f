// Attestations in the form that tools of the supply chain read: in-toto statements in DSSE envelopes
// (github.com/in-toto/attestation, github.com/secure-systems-lab/dsse), signed with Ed25519.

import { canonicalJson, type Json } from '../json.ts';
import { type Sign, type Signature, signatureFault } from '../ledger/signature.ts';

export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: Json;
}

export interface Envelope {
  readonly payloadType: 'application/vnd.in-toto+json';
  /** Base64 of the statement's canonical JSON. */
  readonly payload: string;
  /** None where a stage was deployed without a signing key. */
  readonly signatures: readonly {
    /** Fingerprint of the key. */
    readonly keyid: string;
    readonly sig: string;
    /** Beyond DSSE: SubjectPublicKeyInfo, base64, so that whoever trusts the fingerprint has the key. */
    readonly publicKey: string;
  }[];
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export async function enclose(statement: Statement, sign: Sign | null): Promise<Envelope> {
  const payload = Buffer.from(canonicalJson(statement));
  const signed = sign === null ? null : await sign(preAuthentication(payload));
  const signatures =
    signed === null ? [] : [{ keyid: signed.fingerprint, sig: signed.value, publicKey: signed.publicKey }];
  return { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures };
}

/** What DSSE signs: the type and the payload, each behind its length. */
function preAuthentication(payload: Buffer): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

export type Opened = { readonly statement: Statement; readonly signedBy: string | null } | { readonly fault: string };

/** Checks every signature. @returns the statement and the fingerprint of the key, or what is wrong. */
export function open(envelope: Envelope): Opened {
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return { fault: `it is a ${envelope.payloadType}, expected ${PAYLOAD_TYPE}` };
  const payload = Buffer.from(envelope.payload, 'base64');
  for (const { keyid, sig, publicKey } of envelope.signatures) {
    const signature: Signature = { algorithm: 'Ed25519', fingerprint: keyid, publicKey, value: sig };
    const fault = signatureFault(preAuthentication(payload), signature);
    if (fault !== undefined) return { fault };
  }
  try {
    const statement = JSON.parse(payload.toString()) as Statement;
    return { statement, signedBy: envelope.signatures[0]?.keyid ?? null };
  } catch {
    return { fault: 'its payload is not JSON' };
  }
}
