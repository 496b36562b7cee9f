// Takes each guard out of a copy of the sources and runs the tests of its row: they must fail. Writes what it found to
// proofs.json and the table; exits 1 when a guard is not missed. With row ids as arguments it tries only those.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAFETY_ROWS, type SafetyRow } from './rows.ts';
import { PROOFS, type Proofs, proofOf, readProofs, root, TABLE, tableText, taggedTests } from './table.ts';

const SKIPPED = new Set(['node_modules', '.git', 'cdk.out', '.ideamine', 'coverage']);

const only = new Set(process.argv.slice(2));
const tests = taggedTests();
const copy = mkdtempSync(join(tmpdir(), 'ideamine-safety-'));
const proofs: Record<string, Proofs[string]> = { ...readProofs() };
let unproven = 0;
try {
  cpSync(root, copy, { recursive: true, filter: (from) => !SKIPPED.has(from.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const row of SAFETY_ROWS.filter(({ id }) => only.size === 0 || only.has(id))) {
    const { failed, passed } = withoutGuard(row);
    proofs[row.id] = { failed, of: proofOf(row, tests) };
    if (failed === 0) unproven += 1;
    process.stdout.write(`${failed > 0 ? 'missed' : 'NOT MISSED'}  ${row.id}: ${failed} failed, ${passed} passed\n`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
writeFileSync(PROOFS, `${JSON.stringify(proofs, null, 2)}\n`);
writeFileSync(TABLE, tableText(SAFETY_ROWS, tests, proofs));
process.exitCode = unproven === 0 ? 0 : 1;

function withoutGuard(row: SafetyRow): { failed: number; passed: number } {
  const file = join(copy, row.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(row.text, () => row.without),
  );
  try {
    return runTests(row.id);
  } finally {
    writeFileSync(file, text);
  }
}

function runTests(id: string): { failed: number; passed: number } {
  const files = [...new Set(tests.filter((test) => test.id === id).map(({ file }) => file))];
  const report = join(copy, 'safety-report.json');
  const jest = [
    'node_modules/jest/bin/jest.js',
    ...files,
    '-t',
    `\\[safety: ${id}\\]`,
    '--json',
    '--outputFile',
    report,
  ];
  spawnSync(process.execPath, ['--experimental-vm-modules', ...jest], { cwd: copy, stdio: 'ignore' });
  const found = JSON.parse(readFileSync(report, 'utf8')) as { numFailedTests: number; numPassedTests: number };
  rmSync(report);
  return { failed: found.numFailedTests, passed: found.numPassedTests };
}
