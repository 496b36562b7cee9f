// The signature made at close: over what the dossier holds (its canonical content) and where the ledger stood when it was made.
// It stands in the dossier itself; the proof beside it covers the files.

import { canonicalJson } from '../json.ts';
import { type Signature, signatureFault } from '../ledger/signature.ts';
import { canonicalHash } from './bytes.ts';
import type { Dossier } from './model.ts';

/** What is signed. */
export function signedBytes(dossier: Dossier): Uint8Array {
  const { runId, ledger } = dossier.measured;
  const statement = { format: 'ideamine.dossier-signature/1', runId, canonical: canonicalHash(dossier), ledger };
  return Buffer.from(canonicalJson(statement));
}

export const signedDossier = (dossier: Dossier, signature: Signature): Dossier => ({
  ...dossier,
  measured: { ...dossier.measured, signature },
});

/** @returns what is wrong with it; undefined when it is good or there is none. */
export function dossierSignatureFault(dossier: Dossier): string | undefined {
  const { signature } = dossier.measured;
  return signature === null ? undefined : signatureFault(signedBytes(dossier), signature);
}
