// Guards of this phase's own: traces, citations, scope and licences.

import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../../core/gates/criterion.ts';
import { findGuard } from '../../../../core/gates/registry.ts';
import type { Json } from '../../../../core/json.ts';

const evidence = (artifacts: object, change: Partial<Evidence> = {}): Evidence => ({
  idea: 'Loans last 7 days.',
  artifacts: artifacts as { [type: string]: Json },
  makes: Object.keys(artifacts),
  ...change,
});
const check = (id: string, artifacts: object, parameters: object = {}, change: Partial<Evidence> = {}) =>
  findGuard(id)?.check(evidence(artifacts, change), parameters as never) as {
    status: string;
    found?: string;
    findings?: { text: string }[];
  };
const textsOf = (outcome: ReturnType<typeof check>) => outcome.findings?.map(({ text }) => text);

describe('stories-traced', () => {
  const story = (id: string, requirements: string[]) => ({ id, requirements, acceptance: [{ text: 'a', cites: [] }] });
  const row = (requirement: string, stories: string[], tests = stories.map((id) => `${id}.A1`)) => ({
    requirement,
    stories,
    api: ['op'],
    code: [],
    tests,
  });
  const IdeaSpec = {
    requirements: [
      { id: 'R1', kind: 'functional' },
      { id: 'R2', kind: 'constraint' },
    ],
  };
  const sound = {
    IdeaSpec,
    UserStories: { stories: [story('S1', ['R1'])] },
    RTM: { rows: [row('R1', ['S1'])], uncovered: ['R2'] },
  };

  it('holds where what is to do has story and test; a limit may be kept otherwise', () => {
    expect(check('stories-traced', sound).status).toBe('held');
  });

  it.each([
    [
      'a story that serves nothing',
      { UserStories: { stories: [story('S1', ['R1']), story('S2', [])] } },
      'S2 serves no requirement',
    ],
    [
      'a requirement whose story was deleted',
      { UserStories: { stories: [] } },
      'R1 is something to do and has no story',
    ],
    [
      'a matrix that names a story of another requirement',
      { UserStories: { stories: [story('S1', ['R2'])] } },
      'R1 is something to do and has no story',
    ],
    [
      'a test of a line that is not there',
      { RTM: { rows: [row('R1', ['S1'], ['S1.A9'])], uncovered: [] } },
      'R1 is something to do and has no test',
    ],
  ])('names %s', (_what, change, text) => {
    expect(textsOf(check('stories-traced', { ...sound, ...change }))).toContain(text);
  });

  it('lets a requirement be left for later only as far as the scope was reduced', () => {
    const later = { ...sound, UserStories: { stories: [] }, RTM: { rows: [], deferred: ['R1'], uncovered: [] } };
    expect(check('stories-traced', later).status).toBe('broken');
    expect(check('stories-traced', later, {}, { scope: 0.7 }).status).toBe('held');
  });
});

describe('coverage', () => {
  it('counts the files that serve a story as code and names a requirement whose tests fail', () => {
    const artifacts = {
      RTM: { rows: [{ requirement: 'R1', stories: ['S1'], api: [], code: [], tests: ['S1.A1'] }] },
      UserStories: { stories: [{ id: 'S1', requirements: ['R1'], acceptance: [{ text: 'a', cites: [] }] }] },
      SourceCode: { parts: { backend: { files: [{ path: 'src/a.ts', serves: ['S1'] }] } } },
      AcceptanceTestResults: {
        results: [{ test: 'S1.A1', outcome: { status: 'measured', value: 'failed', by: 'a runner' } }],
      },
    };
    expect(textsOf(check('coverage', artifacts))).toEqual(['R1 is traced to 1 tests that fail']);
  });
});

describe('citations', () => {
  const claim = (text: string, start = 0, end = 18) => ({ text, cites: [{ source: 'Idea', pointer: '', start, end }] });
  it.each([
    ['held', claim('Loans last 7 days.')],
    ['held', claim('Something in other words altogether.')],
    ['broken', claim('Loans last 7 days.', 400, 410)],
    ['broken', claim('Loans last 9 days.')],
    ['broken', claim('Loans do not last 7 days.')],
    ['broken', { text: 'Loans last 7 days.', cites: [] }],
    ['held', { text: 'UNKNOWN', cites: [] }],
  ])('is %s by %j', (status, statement) => {
    expect(check('citations', { PRD: { overview: statement } }).status).toBe(status);
  });
});

describe('scope', () => {
  const stories = (count: number) => ({ UserStories: { stories: Array.from({ length: count }, () => ({ id: 'S' })) } });
  const limits = { artifact: 'UserStories', path: 'stories', atMost: 3 };
  it('is broken by one more than the limit', () => {
    expect(check('scope', stories(3), limits).status).toBe('held');
    expect(check('scope', stories(4), limits)).toMatchObject({ status: 'broken', findings: [{ kind: 'scope' }] });
    expect(check('scope', {}, limits).status).toBe('unmeasured');
  });
});

describe('licences', () => {
  const scan = (...licences: string[]) => ({
    VulnerabilityScan: {
      licences: { status: 'measured', by: 'x', value: licences.map((licence) => ({ package: 'p', licence })) },
    },
  });
  it.each([
    ['held', 'MIT'],
    ['held', '(MIT OR GPL-3.0-only)'],
    ['held', 'MIT AND ISC'],
    ['broken', 'MIT AND GPL-3.0-only'],
    ['broken', 'GPL-3.0-only'],
    ['broken', ''],
  ])('is %s by %j', (status, licence) => {
    expect(check('licences', scan('MIT', licence)).status).toBe(status);
  });

  it('follows a list of the pipeline’s own, and is unmeasured without a report', () => {
    expect(check('licences', scan('MIT'), { allowed: ['ISC'] }).status).toBe('broken');
    expect(check('licences', {}).status).toBe('unmeasured');
  });
});
