// Runs the project's tests with Node's test runner, each file in a process of its own under the permission model, and takes
// the coverage of the source files. A source file that no test loads counts with none of its lines covered.

import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { run } from 'node:test';
import type { ToolValues } from '../../sdk/tools.ts';
import { confinedNode, isCode, isTest, projectPaths } from '../project.ts';
import { json, type Tool } from '../tool.ts';

/** Of one test file. */
const LONGEST_MS = 120_000;

type Test = ToolValues['unit-tests']['tests'][number];
interface Event {
  readonly type: string;
  readonly file: string;
  readonly name: string;
  readonly outcome: string;
  readonly message?: string;
}

export const unitTests: Tool<'unit-tests'> = async ({ workspace, scratch }, input) => {
  const paths = projectPaths(workspace);
  const files = input.files ?? paths.filter((path) => isCode(path) && /\.(test|spec)\.[cm]?[jt]s$/.test(path));
  const missing = files.find((file) => !paths.includes(file));
  if (missing !== undefined) return { unmeasured: `there is no test file ${missing} in the project` };
  if (files.length === 0) return { unmeasured: 'the project has no test files' };
  const sources = paths.filter((path) => isCode(path) && !isTest(path) && path.startsWith('src/'));
  // The runner keeps coverage files in the temporary folder, and looks for sources below the one it stands in.
  process.env.TMPDIR = scratch;
  process.chdir(workspace);
  const events: Event[] = [];
  const tests: Test[] = [];
  let covered: Coverage | undefined;
  const stream = run({
    files: files.map((file) => join(workspace, file)),
    isolation: 'process',
    concurrency: 2,
    timeout: LONGEST_MS,
    coverage: true,
    coverageIncludeGlobs: ['src/**'],
    execArgv: [...confinedNode(workspace, scratch), '--allow-inspector'],
  });
  const keep = (outcome: 'passed' | 'failed') => (event: TestEvent) => {
    const file = relative(workspace, event.file ?? '')
      .split(sep)
      .join('/');
    const isSuite = event.details.type === 'suite';
    const message = event.details.error?.cause?.message ?? event.details.error?.message;
    const found = event.skip || event.todo ? 'skipped' : outcome;
    events.push({
      type: isSuite ? 'suite' : 'test',
      file,
      name: event.name,
      outcome: found,
      ...(message ? { message } : {}),
    });
    // A file that ends before its tests do is told as a failed test that has the file's name.
    if (!isSuite)
      tests.push({ file, name: event.name, outcome: found, ...(message ? { message: message.slice(0, 500) } : {}) });
  };
  stream.on('test:pass', keep('passed') as never);
  stream.on('test:fail', keep('failed') as never);
  stream.on('test:coverage', ((event: { summary: Coverage }) => {
    covered = event.summary;
  }) as never);
  for await (const _ of stream);
  const count = (outcome: Test['outcome']) => tests.filter((test) => test.outcome === outcome).length;
  const coverage = coverageOf(workspace, sources, covered);
  return {
    value: { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), tests, coverage },
    report: json({ events, coverage: covered ?? null }),
  };
};

interface TestEvent {
  readonly name: string;
  readonly file?: string;
  readonly skip?: unknown;
  readonly todo?: unknown;
  readonly details: { readonly type?: string; readonly error?: { message?: string; cause?: { message?: string } } };
}

interface Counts {
  readonly totalLineCount: number;
  readonly coveredLineCount: number;
  readonly totalBranchCount: number;
  readonly coveredBranchCount: number;
  readonly totalFunctionCount: number;
  readonly coveredFunctionCount: number;
}

interface Coverage {
  readonly totals: Counts;
  readonly files: readonly ({ readonly path: string } & Counts)[];
}

function coverageOf(workspace: string, sources: readonly string[], covered: Coverage | undefined) {
  const loaded = new Map(covered?.files.map((file) => [relative(workspace, file.path).split(sep).join('/'), file]));
  const sum = (covers: keyof Counts, total: keyof Counts) =>
    [...loaded.values()].reduce(
      (all, file) => ({ covered: all.covered + file[covers], total: all.total + file[total] }),
      { covered: 0, total: 0 },
    );
  const lines = sum('coveredLineCount', 'totalLineCount');
  const never = sources.filter((path) => !loaded.has(path));
  const linesOf = (path: string) => readFileSync(join(workspace, path), 'utf8').trimEnd().split('\n').length;
  return {
    lines: { ...lines, total: lines.total + never.reduce((all, path) => all + linesOf(path), 0) },
    branches: sum('coveredBranchCount', 'totalBranchCount'),
    functions: sum('coveredFunctionCount', 'totalFunctionCount'),
  };
}
