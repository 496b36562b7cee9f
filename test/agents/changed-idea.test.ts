// Change an entity in an idea, or take a requirement out, and endpoints, code, tests and the trace matrix change with it.

import { beforeAll, describe, expect, it } from '@jest/globals';
import { offlineProvider } from '../../agents/models/offline.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { RTM } from '../../core/artifacts/rtm.ts';
import type { TestSuite } from '../../core/artifacts/test-suite.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { builtinPipeline, exampleIdea } from './builtin-pipeline.ts';
import { runPipeline } from './memory-context.ts';

const UP_TO_BUILD = new Set(['intake', 'ideation', 'critique', 'prd', 'architecture', 'build']);
const EXPORT = '- The coordinator must be able to export all loans as a CSV file for the council.\n';

interface Made {
  readonly OpenAPI: OpenAPI;
  readonly UserStories: UserStories;
  readonly TestSuite: TestSuite;
  readonly RTM: RTM;
  readonly RepoManifest: RepoManifest;
}

async function made(idea: string): Promise<Made> {
  const pipeline = builtinPipeline();
  const phases = pipeline.phases.filter(({ id }) => UP_TO_BUILD.has(id));
  const finished = await runPipeline({ ...pipeline, phases }, idea, offlineProvider());
  return Object.assign({}, ...finished.map(({ contents }) => contents)) as Made;
}

const operations = ({ OpenAPI }: Made) =>
  Object.values(OpenAPI.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
const traced = ({ RTM }: Made) => new Set(RTM.rows.flatMap(({ api }) => api));
const testPaths = ({ TestSuite }: Made) => TestSuite.files.map(({ path }) => path);

describe('what is built follows the idea', () => {
  const idea = exampleIdea('tool-library');
  let before: Made;

  beforeAll(async () => {
    before = await made(idea);
  }, 60_000);

  it('with another entity: other endpoints, tests, traces and another commit', async () => {
    const after = await made(idea.replace(/\btool(s?)\b/g, 'bicycle$1'));
    expect(operations(before)).toContain('listTools');
    expect(operations(after)).toContain('listBicycles');
    expect(operations(after).filter((id) => /Tools?$/.test(id))).toEqual([]);
    expect(testPaths(before)).toContain('test/api/tools.test.ts');
    expect(testPaths(after)).toContain('test/api/bicycles.test.ts');
    expect(traced(before)).toContain('listTools');
    expect(traced(after)).toContain('listBicycles');
    expect([...traced(after)].filter((id) => /Tools?$/.test(id))).toEqual([]);
    expect(after.RepoManifest.endpoints.map(({ path }) => path)).toContain('/api/bicycles');
    expect(after.RepoManifest.commit).not.toEqual(before.RepoManifest.commit);
  }, 60_000);

  it('without a requirement: no story, no acceptance test, no trace and no operation of its own', async () => {
    expect(idea).toContain(EXPORT);
    const after = await made(idea.replace(EXPORT, ''));
    const wants = ({ UserStories }: Made) => UserStories.stories.map(({ want }) => want.text);
    expect(wants(before).some((text) => text.includes('CSV'))).toBe(true);
    expect(wants(after).some((text) => text.includes('CSV'))).toBe(false);
    expect(after.UserStories.stories.length).toBe(before.UserStories.stories.length - 1);
    expect(after.TestSuite.cases.length).toBeLessThan(before.TestSuite.cases.length);
    expect(after.RTM.rows.length).toBe(before.RTM.rows.length - 1);
    expect(operations(before)).toContain('listLoans');
    expect(operations(after)).not.toContain('listLoans');
    expect(testPaths(after)).not.toContain('test/api/loans.test.ts');
  }, 60_000);
});
