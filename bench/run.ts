// `npm run bench [-- --only NAME] [-- --quick]`: every case in a process of its own, one after the other; writes
// bench/RESULTS.md. With --only the figures are printed and nothing is written.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseResult } from './case.ts';
import { catalogue } from './catalogue.ts';
import { thisMachine } from './machine.ts';
import { type Part, reportText } from './report.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const chosen = catalogue.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  process.stderr.write(
    `bench: no case '${values.only}'; expected one of ${catalogue.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

function runCase(name: string): Promise<CaseResult> {
  const file = join(import.meta.dirname, 'one.ts');
  const args = ['--expose-gc', '--no-warnings', file, name, ...(values.quick ? ['--quick'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as CaseResult);
      else reject(new Error(reasonIn(complaint) ?? `the process ended with ${code}`));
    });
  });
}

/** The error's own line of what Node printed: the rest is of this machine. */
const reasonIn = (complaint: string): string | undefined => /^\w*Error: .*$/m.exec(complaint)?.[0].slice(0, 300);

const machine = thisMachine();
const day = new Date().toISOString().slice(0, 10);
const parts: Part[] = [];
for (const { name, title } of chosen) {
  const began = performance.now();
  const result = await runCase(name).catch((error: Error) => ({ failure: error.message }));
  parts.push({ title, result });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stderr.write(`bench: ${name} ${'failure' in result ? 'failed' : 'measured'} in ${seconds} s\n`);
  if ('failure' in result) process.exitCode = 1;
}
const text = reportText({ machine, loadAtEnd: loadavg()[0] ?? 0, day, quick: values.quick, parts });
if (values.only === undefined) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
process.stdout.write(text);
