// Runs the README's test command and then every check, one line each, and ends with the sum of what passed and failed.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const module = (path: string) => join(root, 'node_modules', path);
const synthDir = mkdtempSync(join(tmpdir(), 'ideamine-synth-'));

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

const node = process.execPath;
const checks: readonly Check[] = [
  { name: 'format and lint (biome)', command: [node, module('@biomejs/biome/bin/biome'), 'ci', '.'] },
  { name: 'types (TypeScript 7)', command: [node, module('tsc7/bin/tsc'), '-p', '.'] },
  { name: 'dead code (knip)', command: [node, module('knip/bin/knip.js')] },
  {
    name: 'layer rules (dependency-cruiser)',
    command: [
      node,
      module('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      '.',
    ],
  },
  {
    name: 'synth with cdk-nag',
    command: [node, module('aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', synthDir],
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
  },
];

interface Outcome {
  readonly code: number;
  readonly output: string;
}

function run(check: Check, echo: boolean): Promise<Outcome> {
  return new Promise((resolve) => {
    const [file, ...args] = check.command;
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...check.env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (echo) process.stdout.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const tests = await run({ name: 'tests', command: ['npm', 'test'] }, true);
const counted = [...tests.output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
let passed = Number(counted?.[1] ?? 0);
let failed = Number(counted?.[2] ?? 0);
// A runner that died before its last line, or failed for another reason than a test, is a failure too.
if (!counted || (tests.code !== 0 && failed === 0)) failed += 1;

for (const check of checks) {
  const { code, output } = await run(check, false);
  if (code === 0) passed += 1;
  else failed += 1;
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
}
rmSync(synthDir, { recursive: true, force: true });

// On an endpoint that is provided from PyPI; a machine that cannot reach it leaves the wire out, and says so last of all.
const NO_ENDPOINT = 75;
const wire = await run({ name: 'wire tests', command: [node, join(root, 'test', 'aws', 'run.ts')] }, true);
const wired = [...wire.output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
passed += Number(wired?.[1] ?? 0);
failed += Number(wired?.[2] ?? 0);
if (wire.code !== 0 && wire.code !== NO_ENDPOINT && Number(wired?.[2] ?? 0) === 0) failed += 1;
if (wire.code === NO_ENDPOINT) {
  const why = /NOTHING WAS TESTED: .*/.exec(wire.output)?.[0] ?? '';
  process.stdout.write(`LEFT OUT: the wire tests (npm run test:aws). ${why}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
