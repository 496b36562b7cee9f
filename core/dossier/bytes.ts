// The bytes of a dossier: canonical JSON, so that the same dossier is the same file and one changed byte is seen.

import { canonicalJson, sha256 } from '../json.ts';
import type { Dossier } from './model.ts';

/** The whole dossier, as it is exported. */
export const dossierJson = (dossier: Dossier): string => `${canonicalJson(dossier)}\n`;

/** What two runs on the same inputs have in common, to the byte. */
export const canonicalBytes = (dossier: Dossier): string => canonicalJson(dossier.canonical);

export const canonicalHash = (dossier: Dossier): string => sha256(canonicalBytes(dossier));
