// `ideamine diff RUN1 RUN2`: what changed from one run's dossier to another's.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Comparison, compare, type Difference, releaseChange } from '../../core/dossier/compare.ts';
import type { Dossier } from '../../core/dossier/model.ts';
import { getText } from '../../store/objects.ts';
import { getRun } from '../../store/runs.ts';
import { type GlobalOptions, lookAt, type StageOptions, stageOptions } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { readUserFile } from '../files.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
}

export function registerDiff(program: Command): void {
  stageOptions(program.command('diff'))
    .description('say what changed from one run to another: requirements, stories, API, data, code, tests, gates, cost')
    .argument('<before>', 'id of a run, or a dossier.json')
    .argument('<after>', 'id of a run, or a dossier.json')
    .option('--json', 'print one JSON object')
    .exitOverride()
    .action((before: string, after: string, options: Options) =>
      diff(before, after, options, program.opts<GlobalOptions>()),
    );
}

async function diff(before: string, after: string, options: Options, global: GlobalOptions): Promise<void> {
  const found = compare(await dossierOf(before, options, global), await dossierOf(after, options, global));
  const release = releaseChange(found);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...found, release })}\n`);
  else process.stdout.write(`${linesOf(found, release).join('\n')}\n`);
}

async function dossierOf(name: string, options: Options, global: GlobalOptions): Promise<Dossier> {
  const path = existsSync(name) && statSync(name).isDirectory() ? join(name, 'dossier.json') : name;
  const text = existsSync(path)
    ? new TextDecoder().decode(readUserFile(path, 'dossier'))
    : await lookAt(options, global, (stage) => storedDossier(stage, name), undefined);
  if (text === undefined) throw new UsageError(`there is no file and no run ${name} that has a dossier`);
  try {
    const dossier = JSON.parse(text) as Dossier;
    if (dossier.format === 'ideamine.dossier/1') return dossier;
  } catch {
    // Said below: it is no dossier either way.
  }
  throw new UsageError(`${name}: found something else, expected a dossier of format ideamine.dossier/1`);
}

async function storedDossier(stage: Stage, runId: string): Promise<string | undefined> {
  const run = await getRun(stage.table, runId);
  return run?.dossier === undefined ? undefined : getText(stage.bucket, run.dossier.json);
}

const MARKS: Readonly<Record<Difference['kind'], string>> = { added: '+', removed: '-', changed: '~' };
const RELEASES = {
  breaking: 'a major release: something that worked before no longer does',
  story: 'a minor release: there is a new story',
  other: 'a patch release',
} as const;

function linesOf(found: Comparison, release: keyof typeof RELEASES): string[] {
  const parts = Object.entries(found) as [string, readonly Difference[]][];
  const changed = parts.filter(([, differences]) => differences.length > 0);
  if (changed.length === 0) return ['nothing changed'];
  return [
    ...changed.flatMap(([part, differences]) => [`${part} (${differences.length})`, ...differences.map(lineOf)]),
    '',
    RELEASES[release],
  ];
}

function lineOf({ kind, what, from, to, breaking }: Difference): string {
  const how = kind === 'changed' ? `${from} -> ${to}` : (to ?? from ?? '');
  return `  ${MARKS[kind]} ${what}${how === '' ? '' : `: ${how}`}${breaking === true ? '  (breaking)' : ''}`;
}
