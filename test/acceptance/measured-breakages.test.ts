// Six of the ten breakages, in what tools report: invalid OpenAPI, a failing test, a missing licence, a secret in the code, a slow
// endpoint, an inaccessible page. Each is caught by its gate, for its reason, and goes to people, since no author of these phases
// can mend it; the secret alone can neither be waived nor approved.

import { afterEach, expect, it } from '@jest/globals';
import type { Agent } from '../../agents/sdk/agent.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { builtInPipeline, exampleIdea } from './broken.ts';
import { altered, type Drive, holding, openDrive } from './drive.ts';
import { asBuilt, faultless, reported, reporting } from './reports.ts';

const UP_TO_ARCHITECTURE = ['intake', 'ideation', 'critique', 'prd', 'architecture'] as const;
const HELD = ['build', 'security', 'qa'] as const;

let drive: Drive;
afterEach(() => drive.close());

const open = async (agents: readonly Agent[], ...held: readonly string[]) => {
  drive = await openDrive({ idea: exampleIdea, pipeline: holding(builtInPipeline, ...held), agents });
};
const reasonsOf = async (phase: string): Promise<string> =>
  (await drive.attempts(phase)).at(-1)?.reasons?.join('\n') ?? '';
const waiver = {
  decision: 'waive',
  by: 'ann',
  waiver: {
    owner: 'ann',
    justification: 'known, and not in the first version',
    compensatingControl: 'reviewed by hand each week',
    expiresAt: '2026-01-15T00:00:00.000Z',
  },
};

it('a project without a fault passes the gates of build, security and qa', async () => {
  await open(faultless(), ...HELD);
  await drive.through(...UP_TO_ARCHITECTURE, 'build', 'security', 'story-loop', 'qa');
  const verdicts = await Promise.all(HELD.map(async (phase) => `${phase}: ${await reasonsOf(phase)}`));
  expect(verdicts).toEqual(HELD.map((phase) => `${phase}: `));
});

it('invalid OpenAPI fails the gate of architecture by name and goes to people', async () => {
  const twice = altered('api-design', (result) => {
    const api = structuredClone(result.artifacts.OpenAPI) as OpenAPI;
    const operations = Object.values(api.paths).flatMap((item) => Object.values(item) as { operationId?: string }[]);
    const [first, second] = operations.filter(({ operationId }) => operationId !== undefined);
    if (first === undefined || second === undefined) throw new Error('there are not two operations');
    second.operationId = first.operationId;
    return { ...result, artifacts: { OpenAPI: api } };
  });
  await open([twice], 'architecture');
  const state = await drive.through(...UP_TO_ARCHITECTURE);
  expect(await reasonsOf('architecture')).toMatch(
    /guard openapi-valid: found 1 faults.*operation id \w+ is used twice/,
  );
  expect(state.next).toBe('escalate');
});

it('a failing test, a missing licence, a slow endpoint and an inaccessible page: each by its gate, and waived under terms', async () => {
  const broken = [
    asBuilt(reporting('test', 'TestSuite', { run: reported({ passed: 39, failed: 1, skipped: 0 }) })),
    reporting('dependency', 'VulnerabilityScan', {
      vulnerabilities: reported([]),
      licences: reported([{ package: 'left-pad', licence: '' }]),
      database: reported({ name: 'a test’s own', packages: 1 }),
    }),
    reporting('performance', 'PerfReport', {
      latency: reported({ requests: 100, p50Ms: 900, p95Ms: 3000, p99Ms: 4000 }),
    }),
    reporting('accessibility', 'A11yAudit', {
      violations: reported([{ page: '/', rule: 'color-contrast', level: 'AA', nodes: 3 }]),
    }),
  ];
  await open(faultless(broken), ...HELD);
  expect(await drive.through(...UP_TO_ARCHITECTURE, 'build')).toMatchObject({ next: 'escalate' });
  expect(await reasonsOf('build')).toMatch(/^guard tests: .*39 of 40/);
  expect(await drive.answer('build', waiver)).toMatchObject({ ok: true });
  expect(await drive.through('security')).toMatchObject({ next: 'escalate' });
  expect(await reasonsOf('security')).toMatch(/^guard licences: .*left-pad states no licence/);
  expect(await drive.answer('security', waiver)).toMatchObject({ ok: true });
  expect(await drive.through('story-loop', 'qa')).toMatchObject({ next: 'escalate' });
  expect(await reasonsOf('qa')).toMatch(/guard response-time: found p95 3000 ms/);
  expect(await reasonsOf('qa')).toMatch(/guard accessibility: .*color-contrast/);
  expect(await drive.answer('qa', waiver)).toMatchObject({ ok: true });
  expect(await drive.row('qa')).toMatchObject({ verdict: 'waived', waiver: { owner: 'ann' } });
});

it('a secret in the code: security is run again, and what is still there is neither waived nor approved', async () => {
  const leaky = reporting('secrets', 'SecretsScanReport', {
    secrets: reported([{ rule: 'aws-access-key', file: 'src/config.ts', line: 3 }]),
  });
  await open(faultless([leaky]), 'security');
  expect(await drive.through(...UP_TO_ARCHITECTURE, 'build', 'security')).toMatchObject({ next: 'escalate' });
  const attempts = await drive.attempts('security');
  expect(attempts).toHaveLength(2);
  expect(attempts[0]?.remedies).toContainEqual(expect.objectContaining({ fix: 'rerun-security', automatic: true }));
  expect(attempts[1]?.remedies).toContainEqual(
    expect.objectContaining({
      fix: 'rerun-security',
      automatic: false,
      because: expect.stringContaining('has failed'),
    }),
  );
  expect(await reasonsOf('security')).toMatch(/guard secrets: .*aws-access-key\) at src\/config.ts:3/);
  expect(await drive.answer('security', waiver)).toMatchObject({ next: 'escalate' });
  expect(await drive.answer('security', { decision: 'approve', by: 'ann' })).toMatchObject({ next: 'escalate' });
  expect(await drive.answer('security', { decision: 'reject', by: 'ann' })).toMatchObject({ ok: false, next: 'done' });
});
