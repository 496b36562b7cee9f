import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildDossier } from '../../../core/dossier/build.ts';
import { canonicalBytes, canonicalHash, dossierJson } from '../../../core/dossier/bytes.ts';
import type { Dossier } from '../../../core/dossier/model.ts';
import { dossierSignatureFault, signedBytes, signedDossier } from '../../../core/dossier/signature.ts';
import { hashOf } from '../../../core/json.ts';
import { GENESIS } from '../../../core/ledger/entry.ts';
import { signatureOf } from '../../../core/ledger/signature.ts';
import { artifact, COVERAGE, IDEA_SPEC, PRD, sourceOf } from './source-of.ts';

const slot = (dossier: Dossier, id: string) =>
  dossier.canonical.sections.flatMap(({ slots }) => slots).find((one) => one.id === id);

describe('slots', () => {
  const dossier = buildDossier(sourceOf());

  it('stand in their sections, in declared order', () => {
    expect(dossier.canonical.sections.map(({ id, slots }) => [id, slots.map((one) => one.id)])).toEqual([
      ['product', ['prd', 'notes']],
      ['code', ['coverage', 'signature']],
    ]);
  });

  it('are filled by their artifact', () => {
    expect(slot(dossier, 'prd')).toEqual({
      id: 'prd',
      artifact: 'PRD',
      maker: 'intake',
      state: 'filled',
      reason: '',
      sha256: hashOf(PRD.content),
    });
  });

  it('are not filled by figures nobody measured, and say which', () => {
    expect(slot(dossier, 'coverage')).toMatchObject({
      maker: 'build',
      state: 'unmeasured',
      reason: 'lines (no test runner)',
      sha256: hashOf(COVERAGE.content),
    });
  });

  it('name what is missing and why', () => {
    expect(dossier.canonical.completeness).toEqual({
      slots: 4,
      filled: 1,
      missing: [
        { slot: 'notes', artifact: 'ReleaseNotes', reason: 'phase build did not make it' },
        { slot: 'coverage', artifact: 'CoverageReport', reason: 'lines (no test runner)' },
        {
          slot: 'signature',
          artifact: 'Signature',
          reason: 'no signature was made when the run was closed: the stage has no signing key',
        },
      ],
    });
  });

  it.each([
    ['was not reached', [], 'phase build was not reached'],
    [
      'did not end',
      [{ phase: 'build', attempts: 1, startedAt: '2026-11-22T09:00:00.000Z' }],
      'phase build did not end',
    ],
    [
      'failed',
      [
        {
          phase: 'build',
          verdict: 'failed' as const,
          reason: 'it broke',
          attempts: 1,
          startedAt: '2026-11-22T09:00:00.000Z',
        },
      ],
      'phase build failed: it broke',
    ],
  ])('say that a phase %s', (_, phases, reason) => {
    expect(slot(buildDossier(sourceOf({ phases, artifacts: [] })), 'coverage')).toMatchObject({
      state: 'missing',
      reason,
    });
  });

  it('are filled by what is made at close', () => {
    const signed = buildDossier(sourceOf({ artifacts: [artifact('Signature', { algorithm: 'ed25519' }, 'close')] }));
    expect(slot(signed, 'signature')).toMatchObject({ state: 'filled', maker: 'close' });
  });
});

describe('the standing', () => {
  const [build, intake] = sourceOf().phases;
  if (build === undefined || intake === undefined) throw new Error('the source has two phases');
  it.each([
    ['released', [{ ...build, verdict: 'passed' as const }, intake]],
    ['advised', [build, intake]],
    ['advised', [{ ...build, verdict: 'waived' as const }, intake]],
    ['partial', [{ ...build, verdict: 'failed' as const }, intake]],
    ['partial', [{ ...build, verdict: undefined }, intake]],
    ['partial', [intake]],
  ])('is %s', (standing, phases) => {
    expect(buildDossier(sourceOf({ phases })).canonical.standing).toBe(standing);
  });
});

describe('the title', () => {
  it('is what the idea calls its product, else the name of the run', () => {
    expect(buildDossier(sourceOf()).canonical.title).toBe('Borrow Shed');
    const nameless = artifact('IdeaSpec', { title: { text: 'UNKNOWN', cites: [] } });
    expect(buildDossier(sourceOf({ artifacts: [nameless] })).canonical.title).toBe('shed');
    expect(buildDossier(sourceOf({ artifacts: [] })).canonical.title).toBe('shed');
  });
});

describe('the version', () => {
  it('is 1.0.0 for a first release, and follows from the one before and what changed', () => {
    expect(buildDossier(sourceOf()).canonical.version).toBe('1.0.0');
    expect(buildDossier(sourceOf({ previousVersion: '1.0.0', change: 'story' })).canonical.version).toBe('1.1.0');
  });
});

describe('what is measured', () => {
  const { measured } = buildDossier(sourceOf());

  it('is durations, costs, decisions and the ledger', () => {
    expect(measured.durationMs).toBe(9_000_000);
    expect(measured.costs.total).toEqual({ tokens: 1200, usdMicros: 150, modelCalls: 2 });
    expect(measured.timeline.map(({ phase, durationMs }) => [phase, durationMs])).toEqual([
      ['intake', 3_595_000],
      ['build', 4_800_000],
    ]);
    expect(measured.decisions.map(({ seq, phase, decided, because }) => [seq, phase, decided, because])).toEqual([
      [1, null, 'opened', ''],
      [3, 'build', 'advised', 'score 0.5 is below 0.75'],
    ]);
    expect(measured.ledger).toEqual({ entries: 3, head: sourceOf().entries.at(-1)?.hash });
    expect(buildDossier(sourceOf({ entries: [] })).measured.ledger).toEqual({ entries: 0, head: GENESIS });
  });

  it('does not touch what is canonical: two runs on the same inputs have equal canonical bytes', () => {
    const { run, phases } = sourceOf();
    const later = sourceOf({
      run: { ...run, runId: 'run-2', startedAt: '2027-01-01T00:00:00.000Z', endedAt: '2027-01-03T00:00:00.000Z' },
      phases: phases
        .map((phase) => ({ ...phase, startedAt: '2027-01-01T00:00:00.000Z', endedAt: '2027-01-02T00:00:00.000Z' }))
        .reverse(),
      artifacts: [IDEA_SPEC, COVERAGE, PRD],
      entries: [],
    });
    expect(canonicalBytes(buildDossier(later))).toBe(canonicalBytes(buildDossier(sourceOf())));
    expect(dossierJson(buildDossier(later))).not.toBe(dossierJson(buildDossier(sourceOf())));
  });

  it('another artifact, verdict or version does', () => {
    const before = canonicalHash(buildDossier(sourceOf()));
    for (const change of [{ artifacts: [PRD] }, { phases: [] }, { previousVersion: '1.0.0' }, { idea: 'another' }]) {
      expect(canonicalHash(buildDossier(sourceOf(change)))).not.toBe(before);
    }
  });
});

it('is the same file for the same dossier, canonical JSON with a line end', () => {
  const json = dossierJson(buildDossier(sourceOf()));
  expect(json).toBe(dossierJson(buildDossier(sourceOf())));
  expect(json.endsWith('}\n')).toBe(true);
  expect((JSON.parse(json) as Dossier).format).toBe('ideamine.dossier/1');
});

describe('the signature made at close', () => {
  const signing = generateKeyPairSync('ed25519');
  const der = signing.publicKey.export({ format: 'der', type: 'spki' });
  const unsigned = buildDossier(sourceOf({ signs: true }));
  const signed = signedDossier(unsigned, signatureOf(der, sign(null, signedBytes(unsigned), signing.privateKey)));

  it('fills its slot without a hash of its own, so that the canonical content is the same for any key', () => {
    const slots = unsigned.canonical.sections.flatMap((section) => section.slots);
    expect(slots.find(({ artifact }) => artifact === 'Signature')).toMatchObject({ state: 'filled', sha256: null });
    expect(canonicalHash(signed)).toBe(canonicalHash(unsigned));
  });

  it('covers the content and where the ledger stood', () => {
    expect(dossierSignatureFault(signed)).toBeUndefined();
    const other = { ...signed, canonical: { ...signed.canonical, title: 'Another' } };
    expect(dossierSignatureFault(other)).toMatch(/does not belong/);
    const ledger = { ...signed.measured.ledger, entries: 1 };
    expect(dossierSignatureFault({ ...signed, measured: { ...signed.measured, ledger } })).toMatch(/does not belong/);
  });
});
