// Writes a generated project into a folder of its own and judges it by the real tools.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface WrittenProject {
  readonly folder: string;
  /** What the type checker said; empty when it found nothing. */
  typeErrors(): string;
  /** What the linter said; empty when it found nothing. */
  lintFindings(): string;
  tests(...files: string[]): TestRun;
  remove(): void;
}

interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Percent of the lines, as the runner prints it. */
  readonly lineCoverage: number;
  readonly report: string;
}

const at = (path: string) => resolve('node_modules', path);

export function writeProject(files: readonly TextFile[]): WrittenProject {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  for (const { path, text } of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    typeErrors: () => said([at('tsc7/bin/tsc'), '-p', '.'], folder),
    lintFindings: () => said([at('@biomejs/biome/bin/biome'), 'lint', '--error-on-warnings'], folder),
    tests: (...paths) => run(paths.length > 0 ? paths : ['test/**/*.test.ts'], folder),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function said(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

function run(paths: readonly string[], cwd: string): TestRun {
  const args = ['--test', '--experimental-test-coverage', '--test-reporter=tap', ...paths];
  let report: string;
  try {
    report = execFileSync(process.execPath, args, { cwd, encoding: 'utf8', env: { PATH: process.env.PATH } });
  } catch (error) {
    report = String((error as { stdout?: string }).stdout);
  }
  const count = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(report)?.[1]);
  const lineCoverage = Number(/^# all files\s*\|\s*([\d.]+)/m.exec(report)?.[1]);
  return { passed: count('pass'), failed: count('fail'), lineCoverage, report };
}
