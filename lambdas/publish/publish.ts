// Makes the files of a dossier that are not needed to end a run, and the proof over all of them: the PDF, the bill of materials
// as CycloneDX has it, and attestations that name every file by hash. Called again, it makes the same bytes.

import { enclose } from '../../core/dossier/attestation.ts';
import type { Dossier } from '../../core/dossier/model.ts';
import { pdfDocument } from '../../core/dossier/pdf/document.ts';
import { type ProvenFile, statementsOf } from '../../core/dossier/proof.ts';
import { wholeOf } from '../../core/dossier/whole.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { isRecord } from '../../core/gates/evidence/look.ts';
import { canonicalJson, sha256 } from '../../core/json.ts';
import type { Sign } from '../../core/ledger/signature.ts';
import { objects } from '../../store/keys.ts';
import { type Bucket, getText, putText } from '../../store/objects.ts';
import { recordPublication } from '../../store/publication.ts';
import { getRun, type RunRow } from '../../store/runs.ts';
import type { Table } from '../../store/table.ts';
import type { Log } from '../serve.ts';
import { TOOL } from '../version.ts';
import { typeset } from './typeset.ts';

export interface PublishDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  /** Null: there is no key, and the proof says that it is unsigned. */
  readonly sign: Sign | null;
  readonly now: () => string;
}

/** Names of the files, as they are handed over. */
const FILES = {
  json: 'dossier.json',
  html: 'dossier.html',
  pdf: 'dossier.pdf',
  sbom: 'sbom.cdx.json',
  proof: 'proof.intoto.jsonl',
} as const;

export async function publish(deps: PublishDeps, runId: string, log: Log): Promise<void> {
  const run = await getRun(deps.table, runId);
  if (run?.dossier === undefined || run.status === 'RUNNING') {
    log.info('nothing to publish: the run goes on, or never opened');
    return;
  }
  const text = await madeAtClose(deps.bucket, run.dossier.json);
  const html = await madeAtClose(deps.bucket, run.dossier.html);
  // A resume has closed the run again since, and that close has its own event.
  if (sha256(text) !== run.dossier.sha256) return;
  const dossier = JSON.parse(text) as Dossier;
  const put = async (name: string, content: string | Uint8Array, type: string): Promise<ProvenFile> => {
    await putText(deps.bucket, objects.dossier(runId, name), content, type);
    return { name, sha256: sha256(content) };
  };
  const files = [
    { name: FILES.json, sha256: sha256(text) },
    { name: FILES.html, sha256: sha256(html) },
    await put(FILES.pdf, await typeset(pdfDocument(dossier)), 'application/pdf'),
  ];
  const sbom = cycloneDx(dossier);
  if (sbom !== undefined) files.push(await put(FILES.sbom, sbom, 'application/vnd.cyclonedx+json'));
  const statements = statementsOf(dossier, files, { id: run.executionArn, version: TOOL.version });
  const envelopes = await Promise.all(statements.map((statement) => enclose(statement, deps.sign)));
  const lines = envelopes.map((envelope) => `${canonicalJson(envelope)}\n`).join('');
  const proof = await put(FILES.proof, lines, 'application/jsonl');
  const signedBy = envelopes[0]?.signatures[0]?.keyid ?? null;
  await recordPublication(deps.table, run, publicationOf(run, files, proof, signedBy, deps.now()));
  log.info('published', { files: files.length, signed: signedBy !== null });
}

async function madeAtClose(bucket: Bucket, key: string): Promise<string> {
  const text = await getText(bucket, key);
  if (text === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is gone`);
  return text;
}

/** The document itself, so that tools for bills of materials can read it. */
function cycloneDx(dossier: Dossier): string | undefined {
  const sbom = wholeOf(dossier).artifacts.find(({ type }) => type === 'SBOM')?.content;
  return isRecord(sbom) && isRecord(sbom.document) ? `${canonicalJson(sbom.document)}\n` : undefined;
}

function publicationOf(
  run: RunRow,
  files: readonly ProvenFile[],
  proof: ProvenFile,
  signedBy: string | null,
  at: string,
): Parameters<typeof recordPublication>[2] {
  const hashes = Object.fromEntries([...files, proof].map(({ name, sha256: hash }) => [name, hash]));
  return {
    files: hashes,
    outbox: {
      id: `run.published.${run.openings}`,
      at,
      entries: [
        {
          kind: 'signature',
          who: 'publish',
          tool: TOOL,
          inputs: files.map(({ sha256: hash }) => hash),
          body: { of: 'dossier', files: hashes, signedBy },
        },
      ],
      events: [{ type: 'run.published', detail: { files: Object.keys(hashes), signedBy } }],
    },
  };
}
