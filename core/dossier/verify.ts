// Checks a dossier as it was handed over, from its files alone: that the proof is signed and names every file as it is, that the
// ledger holds and is the one the dossier was made from, and that what the dossier says agrees with it. Knows no network, no
// account and no clock, so that anyone can check it anywhere.

import { canonicalJson, sha256 } from '../json.ts';
import { costSummary } from '../ledger/costs.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Seal } from '../ledger/seal.ts';
import { verifyRecord } from '../ledger/verify-record.ts';
import { type Envelope, open, type Statement } from './attestation.ts';
import { dossierJson } from './bytes.ts';
import type { Dossier } from './model.ts';
import { dossierSignatureFault } from './signature.ts';

/** Bytes by file name. */
export type Files = ReadonlyMap<string, Uint8Array>;

interface Check {
  /** What was checked, in words. */
  readonly what: string;
  readonly ok: boolean;
  /** What was found; empty when there is nothing to add. */
  readonly detail: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Fingerprint of the key that signed all of it; null when something is unsigned. */
  readonly signedBy: string | null;
}

export const PROOF_FILE = 'proof.intoto.jsonl';
export const DOSSIER_FILE = 'dossier.json';
const LEDGER_FILE = 'ledger.jsonl';
const SEALS_FILE = 'seals.jsonl';
/** Not named by the proof: it is the proof, or carries chains and signatures of its own. */
const SELF_PROVING: ReadonlySet<string> = new Set([PROOF_FILE, LEDGER_FILE, SEALS_FILE]);

/** @param expected fingerprint of the key that must have signed; without it whichever key signed is reported. */
export function verifyDossier(files: Files, expected: { readonly key?: string } = {}): Verification {
  const checks: Check[] = [];
  const check = (what: string, fault: string | undefined, detail = ''): boolean => {
    checks.push({ what, ok: fault === undefined, detail: fault ?? detail });
    return fault === undefined;
  };
  const keys: (string | null)[] = [];
  const done = (): Verification => {
    const [first] = keys;
    const signedBy = first !== undefined && keys.every((key) => key === first) ? first : null;
    const ok = checks.every((one) => one.ok);
    return { ok, checks, signedBy: ok ? signedBy : null };
  };

  const statements = readProof(files.get(PROOF_FILE));
  if (!check('the proof is whole and its signatures are good', faultOf(statements))) return done();
  if ('fault' in statements) return done();
  keys.push(...statements.map(({ signedBy }) => signedBy));
  check(
    'every file is the one the proof names',
    filesFault(
      files,
      statements.map(({ statement }) => statement),
    ),
    namesOf(files),
  );

  const dossier = readDossier(files.get(DOSSIER_FILE));
  if (!check('the dossier is in canonical form', faultOf(dossier))) return done();
  if ('fault' in dossier) return done();
  check('the signature in the dossier covers its content', dossierSignatureFault(dossier));
  keys.push(dossier.measured.signature?.fingerprint ?? null);

  const record = readRecord(files);
  if (!check('ledger and seals can be read as they were written', faultOf(record))) return done();
  if ('fault' in record) return done();
  const held = verifyRecord(record.entries, record.seals, expected);
  check(
    'the ledger’s chain holds, and it is the one that was sealed',
    held.ok ? undefined : held.message,
    held.ok ? `${held.entries} entries, sealed to ${held.sealedTo}` : '',
  );
  keys.push(held.ok ? held.signedBy : null);
  check('the ledger holds this dossier’s hash, and the run is closed', ledgerFault(record.entries, dossier, files));
  check('artifacts, costs and decisions are the ledger’s', agreementFault(record.entries, dossier));
  check('the signing key is the same everywhere', keyFault(keys, expected.key), keys[0] ?? 'unsigned');
  return done();
}

const faultOf = (read: object): string | undefined => ('fault' in read ? String(read.fault) : undefined);

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** Lines of canonical JSON, byte for byte: a change that JSON would not notice is noticed. */
function readLines<T>(name: string, bytes: Uint8Array | undefined): T[] | { readonly fault: string } {
  if (bytes === undefined) return { fault: `${name} is missing` };
  try {
    const text = textOf(bytes);
    if (!text.endsWith('\n')) return { fault: `${name} does not end with a line` };
    const values = text
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as T);
    const again = values.map((value) => `${canonicalJson(value)}\n`).join('');
    return again === text ? values : { fault: `${name} is not in the form it was written in` };
  } catch {
    return { fault: `${name} is not lines of JSON` };
  }
}

type Read<T> = T | { readonly fault: string };

function readProof(bytes: Uint8Array | undefined): Read<{ statement: Statement; signedBy: string | null }[]> {
  const envelopes = readLines<Envelope>(PROOF_FILE, bytes);
  if ('fault' in envelopes) return envelopes;
  const opened: { statement: Statement; signedBy: string | null }[] = [];
  for (const envelope of envelopes) {
    const one = open(envelope);
    if ('fault' in one) return one;
    opened.push(one);
  }
  const kinds = opened.map(({ statement }) => statement.predicateType).join(' ');
  const expected = 'https://slsa.dev/provenance/v1 https://in-toto.io/attestation/test-result/v0.1';
  return kinds === expected ? opened : { fault: `found statements of ${kinds}, expected ${expected}` };
}

function filesFault(files: Files, statements: readonly Statement[]): string | undefined {
  const [first, ...others] = statements.map(({ subject }) => canonicalJson(subject));
  if (others.some((subject) => subject !== first)) return 'the statements are about different files';
  const named = new Map(statements[0]?.subject.map(({ name, digest }) => [name, digest.sha256]));
  for (const [name, hash] of named) {
    const bytes = files.get(name);
    if (bytes === undefined) return `${name} is missing`;
    const found = sha256(bytes);
    if (found !== hash) return `${name} is not the file that was signed: found ${found}, expected ${hash}`;
  }
  const stray = [...files.keys()].find((name) => !named.has(name) && !SELF_PROVING.has(name));
  return stray === undefined ? undefined : `${stray} is no part of what was signed`;
}

const namesOf = (files: Files): string => [...files.keys()].sort().join(', ');

function readDossier(bytes: Uint8Array | undefined): Read<Dossier> {
  if (bytes === undefined) return { fault: `${DOSSIER_FILE} is missing` };
  try {
    const text = textOf(bytes);
    const dossier = JSON.parse(text) as Dossier;
    if (dossier.format !== 'ideamine.dossier/1') {
      return { fault: `found format ${String(dossier.format)}, this version reads ideamine.dossier/1` };
    }
    return dossierJson(dossier) === text ? dossier : { fault: `${DOSSIER_FILE} is not in canonical form` };
  } catch {
    return { fault: `${DOSSIER_FILE} is not JSON` };
  }
}

function readRecord(files: Files): Read<{ entries: LedgerEntry[]; seals: Seal[] }> {
  const entries = readLines<LedgerEntry>(LEDGER_FILE, files.get(LEDGER_FILE));
  if ('fault' in entries) return entries;
  const seals = readLines<Seal>(SEALS_FILE, files.get(SEALS_FILE));
  return 'fault' in seals ? seals : { entries, seals };
}

function ledgerFault(entries: readonly LedgerEntry[], dossier: Dossier, files: Files): string | undefined {
  const { runId, ledger } = dossier.measured;
  if (entries[0]?.runId !== runId) return `the ledger is of run ${entries[0]?.runId}, the dossier of ${runId}`;
  if (entries[ledger.entries - 1]?.hash !== ledger.head)
    return `entry ${ledger.entries} is not the one the dossier was made at`;
  const hash = sha256(files.get(DOSSIER_FILE) as Uint8Array);
  const closed = entries.some(({ kind, body }) => {
    const { decided, dossier: made } = body as { decided?: unknown; dossier?: unknown };
    return kind === 'decision' && decided === 'closed' && made === hash;
  });
  return closed ? undefined : 'no entry closes the run with this dossier';
}

function agreementFault(entries: readonly LedgerEntry[], { measured }: Dossier): string | undefined {
  const before = entries.slice(0, measured.ledger.entries);
  if (canonicalJson(costSummary(before)) !== canonicalJson(measured.costs))
    return 'the costs are not the sum of the ledger’s cost entries';
  const recorded = new Set(
    before.filter(({ kind }) => kind === 'artifact').map(({ body }) => (body as { sha256?: unknown }).sha256),
  );
  const stray = measured.artifacts.find(({ sha256: hash }) => !recorded.has(hash));
  if (stray !== undefined) return `artifact ${stray.type} (${stray.sha256}) is not in the ledger`;
  const decisions = before.filter(({ kind }) => kind === 'decision').length;
  return decisions === measured.decisions.length
    ? undefined
    : `the dossier has ${measured.decisions.length} decisions, the ledger ${decisions}`;
}

function keyFault(keys: readonly (string | null)[], expected: string | undefined): string | undefined {
  const found = [...new Set(keys)];
  if (expected !== undefined && found.some((key) => key !== expected)) {
    return `found ${found.map((key) => key ?? 'something unsigned').join(', ')}, expected ${expected}`;
  }
  return found.length > 1 ? `signed by several: ${found.map((key) => key ?? 'unsigned').join(', ')}` : undefined;
}
