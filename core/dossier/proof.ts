// The proof of a dossier: how its files came to be (SLSA provenance) and how its gates ended (in-toto test result), each about
// the same files by hash, each in an envelope of its own.

import { hashOf, type Json } from '../json.ts';
import type { Statement } from './attestation.ts';
import { canonicalHash } from './bytes.ts';
import type { Dossier } from './model.ts';

export interface ProvenFile {
  readonly name: string;
  readonly sha256: string;
}

const BUILD_TYPE = 'urn:ideamine:run:1';

/** @param builder who ran it: the run machine's ARN and the tool's version. */
export function statementsOf(
  dossier: Dossier,
  files: readonly ProvenFile[],
  builder: { readonly id: string; readonly version: string },
): readonly [provenance: Statement, gates: Statement] {
  const about = (predicateType: string, predicate: Json): Statement => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType,
    predicate,
  });
  return [
    about('https://slsa.dev/provenance/v1', provenance(dossier, builder)),
    about('https://in-toto.io/attestation/test-result/v0.1', testResult(dossier)),
  ];
}

function provenance(dossier: Dossier, builder: { readonly id: string; readonly version: string }): Json {
  const { canonical, measured } = dossier;
  const { name, version, hash } = canonical.pipeline;
  return {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: {
        pipeline: `${name} ${version}`,
        gates: measured.mode,
        budgetUsdMicros: measured.budgetUsdMicros,
      },
      internalParameters: {
        canonical: canonicalHash(dossier),
        artifacts: hashOf(measured.artifacts.map(({ type, sha256 }) => [type, sha256])),
      },
      resolvedDependencies: [
        { name: 'idea', digest: { sha256: canonical.idea.sha256 } },
        { name: 'pipeline', digest: { sha256: hash } },
      ],
    },
    runDetails: {
      builder: { id: builder.id, version: { ideamine: builder.version } },
      metadata: { invocationId: measured.runId, startedOn: measured.startedAt, finishedOn: measured.endedAt },
      byproducts: [
        { name: 'ledger', digest: { sha256: measured.ledger.head }, annotations: { entries: measured.ledger.entries } },
      ],
    },
  };
}

/** A gate that was waived or advised is a warning, never a pass. */
function testResult({ canonical }: Dossier): Json {
  const { phases } = canonical;
  const ids = (...verdicts: string[]) => phases.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
  const warned = ids('advised', 'waived', 'approved');
  const failed = ids('failed', 'unfinished', 'not reached');
  return {
    result: failed.length > 0 ? 'FAILED' : warned.length > 0 ? 'WARNED' : 'PASSED',
    configuration: [{ name: 'pipeline', digest: { sha256: canonical.pipeline.hash } }],
    passedTests: ids('passed'),
    warnedTests: warned,
    failedTests: failed,
  };
}
