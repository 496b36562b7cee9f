// The requirements trace, computed from what there is by now: requirement -> story -> API or code -> test -> result. A story that
// serves no requirement is as untraced as a requirement without a story.

import type { AcceptanceTestResults } from '../../artifacts/acceptance-test-results.ts';
import type { IdeaSpec } from '../../artifacts/idea-spec.ts';
import type { RTM } from '../../artifacts/rtm.ts';
import type { SourceCode } from '../../artifacts/source-code.ts';
import type { TestSuite } from '../../artifacts/test-suite.ts';
import type { UserStories } from '../../artifacts/user-stories.ts';
import type { Evidence } from '../criterion.ts';
import { contentOf } from './look.ts';

interface Trace {
  readonly requirement: string;
  readonly stories: readonly string[];
  readonly api: readonly string[];
  readonly code: readonly string[];
  readonly tests: readonly string[];
  /** Of its tests that have a result, how many passed; undefined while none was run. */
  readonly results?: { readonly passed: number; readonly failed: number };
}

export interface Traced {
  readonly traces: readonly Trace[];
  /** Stories that serve none of the requirements. */
  readonly strays: readonly string[];
}

/** @returns undefined while there is neither a matrix nor anything to make one from. */
export function tracesOf(evidence: Evidence): Traced | undefined {
  const rows = contentOf<RTM>(evidence, 'RTM')?.rows;
  const stories = contentOf<UserStories>(evidence, 'UserStories')?.stories;
  if (rows === undefined) return undefined;
  const stated = contentOf<IdeaSpec>(evidence, 'IdeaSpec')?.requirements?.map(({ id }) => id) ?? [];
  const all = [...new Set([...stated, ...rows.map(({ requirement }) => requirement)])];
  const deferred = deferredOf(evidence, all.length);
  const requirements = all.filter((id) => !deferred.includes(id));
  const strays = (stories ?? []).filter(({ requirements: serves }) => !serves.some((id) => requirements.includes(id)));
  return { traces: requirements.map((id) => traceOf(evidence, rows, stories, id)), strays: strays.map(({ id }) => id) };
}

/** Requirements may be left for later only as far as the gate has reduced the scope. */
function deferredOf(evidence: Evidence, requirements: number): readonly string[] {
  const deferred = contentOf<RTM>(evidence, 'RTM')?.deferred ?? [];
  return deferred.slice(0, Math.ceil(requirements * (1 - (evidence.scope ?? 1))));
}

function traceOf(
  evidence: Evidence,
  rows: RTM['rows'],
  stories: UserStories['stories'] | undefined,
  requirement: string,
): Trace {
  const row = rows.find((one) => one.requirement === requirement);
  const named = row?.stories ?? [];
  // A matrix may say what is not so: a story counts only while it is there and serves the requirement.
  const real = (stories ?? []).filter(
    ({ id, requirements }) => named.includes(id) && requirements.includes(requirement),
  );
  const serving = stories === undefined ? [...named] : real.map(({ id }) => id);
  const files = filesOf(evidence).filter(({ serves }) => serves.some((name) => serving.includes(name)));
  const cases = contentOf<TestSuite>(evidence, 'TestSuite')?.cases?.filter(({ story }) => serving.includes(story));
  const lines = new Set(real.flatMap(({ id, acceptance }) => acceptance.map((_, at) => `${id}.A${at + 1}`)));
  const planned = (row?.tests ?? []).filter((test) => stories === undefined || lines.has(test));
  const tests = cases === undefined ? planned : cases.filter(({ file }) => file !== '').map(({ id }) => id);
  const results = resultsOf(evidence, tests);
  return {
    requirement,
    stories: serving,
    api: row?.api ?? [],
    code: files.length > 0 ? files.map(({ path }) => path) : (row?.code ?? []),
    tests,
    ...(results === undefined ? {} : { results }),
  };
}

const filesOf = (evidence: Evidence) =>
  Object.values(contentOf<SourceCode>(evidence, 'SourceCode')?.parts ?? {}).flatMap(({ files }) => files);

function resultsOf(evidence: Evidence, tests: readonly string[]): Trace['results'] {
  const all = contentOf<AcceptanceTestResults>(evidence, 'AcceptanceTestResults')?.results ?? [];
  const known = all.flatMap(({ test, outcome }) =>
    tests.includes(test) && outcome.status === 'measured' ? [outcome.value] : [],
  );
  if (known.length === 0) return undefined;
  const passed = known.filter((value) => value === 'passed').length;
  return { passed, failed: known.length - passed };
}
