// What goes into the functions' assets: the real handlers, bundled once for all.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { FUNCTION_SPECS } from '../../infra/function-specs.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { root } from './synthesize.ts';

const pinned = pinPipeline(readPipeline(join(root, 'pipelines/idea-to-release.yaml')));
const fresh = (): string => mkdtempSync(join(tmpdir(), 'ideamine-bundles-'));
const prompts = join(root, 'agents', 'prompts');
const bundles = bundleHandlers({ handlers: join(root, 'lambdas'), into: fresh(), prompts, pipeline: pinned });
const handlers = [...new Set(Object.values(FUNCTION_SPECS).map(({ handler }) => handler))];

describe.each(handlers)('the bundle of %s', (handler) => {
  const code = readFileSync(join(bundles(handler), 'index.js'), 'utf8');

  it('is CommonJS that loads nothing but Node’s own modules and the AWS SDK', () => {
    const loaded = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1] as string);
    const foreign = loaded.filter(
      (name) => !name.startsWith('node:') && !name.startsWith('@aws-sdk/') && !BUILT_IN.has(name),
    );
    expect([...new Set(foreign)]).toEqual([]);
    expect(code).toContain('module.exports');
  });

  it('is told by the stack all it reads from its environment, and nothing else', () => {
    const source = readFileSync(join(root, 'lambdas', handler, 'index.ts'), 'utf8');
    const read = [...source.matchAll(/(?:readEnvironment|optionalVariable)\(([^)]*)\)/g)].map((call) => call[1]).join();
    const names = [...read.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1] as string);
    const specs = Object.values(FUNCTION_SPECS).filter((spec) => spec.handler === handler);
    for (const { variables, fixed } of specs) {
      const told = [...variables, ...Object.keys(fixed ?? {})];
      // Lambda itself says where the code stands.
      expect(told.toSorted()).toEqual(names.filter((name) => name !== 'LAMBDA_TASK_ROOT').toSorted());
    }
  });
});

const BUILT_IN = new Set((process.getBuiltinModule('node:module') as typeof import('node:module')).builtinModules);

it('carries the pipeline beside open and nowhere else', () => {
  expect(JSON.parse(readFileSync(join(bundles('open'), 'pipeline.json'), 'utf8'))).toEqual(pinned);
  for (const handler of handlers) {
    expect(readdirSync(bundles(handler)).toSorted()).toEqual(['index.js', ...(BESIDE[handler] ?? [])].toSorted());
  }
  expect(readdirSync(join(bundles('worker'), 'prompts'))).toEqual(readdirSync(prompts));
});

const BESIDE: Readonly<Record<string, readonly string[]>> = {
  open: ['pipeline.json'],
  worker: ['later.js', 'prompts'],
};

it('keeps the libraries of hosted models in a file of the worker that others do not carry', () => {
  const holds = (file: string) => readFileSync(file, 'utf8').includes('anthropic-version');
  expect(holds(join(bundles('worker'), 'later.js'))).toBe(true);
  for (const handler of handlers)
    expect([handler, holds(join(bundles(handler), 'index.js'))]).toEqual([handler, false]);
});

it('names a handler that is not there, and one that does not bundle', () => {
  expect(() => bundles('shut')).toThrow(/no handler shut in .*lambdas/);
  const broken = fresh();
  mkdirSync(join(broken, 'open'));
  writeFileSync(join(broken, 'open', 'index.ts'), `export { handler } from './nowhere.ts';\n`);
  expect(() => bundleHandlers({ handlers: broken, into: fresh(), pipeline: pinned })).toThrow(/nowhere\.ts/);
});
