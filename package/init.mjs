// `ideamine init [DIR]`: writes a small project: a pipeline with two agents of its own, a CDK app, a test. Nothing that is
// there is overwritten. Plain JavaScript that runs on Node 20.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATE = join(dirname(fileURLToPath(import.meta.url)), 'template');

/** npm leaves files of this name out of a package. */
const RENAMED = { gitignore: '.gitignore' };

const MANIFEST = {
  type: 'module',
  scripts: {
    test: 'node --test',
    synth: 'cdk synth --quiet',
    deploy: 'cdk deploy',
  },
  ideamine: { agents: './agents.ts' },
};

/** @returns the exit code: 2 when something stands in the way. */
export function init(dir) {
  const target = resolve(dir);
  const files = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(TEMPLATE.length + 1))
    .map((file) => ({ from: join(TEMPLATE, file), to: RENAMED[file] ?? file }));
  const there = files.map(({ to }) => to).filter((file) => existsSync(join(target, file)));
  if (there.length > 0) {
    process.stderr.write(`ideamine init: found ${there.join(', ')} in ${target}, expected none of them\n`);
    return 2;
  }
  mkdirSync(target, { recursive: true });
  for (const { from, to } of files) cpSync(from, join(target, to), { recursive: true });
  const manifest = join(target, 'package.json');
  const before = existsSync(manifest)
    ? JSON.parse(readFileSync(manifest, 'utf8'))
    : { name: 'my-pipeline', private: true };
  const merged = { ...before, ...MANIFEST, scripts: { ...before.scripts, ...MANIFEST.scripts } };
  writeFileSync(manifest, `${JSON.stringify(merged, null, 2)}\n`);
  const lines = [
    ...files.map(({ to }) => `wrote    ${to}`),
    'changed  package.json',
    '',
    'next     npm test                              checks the pipeline and rehearses it, in seconds',
    '         npx ideamine run idea.md --pipeline pipeline.yaml --offline',
    '         npm run synth                         writes the CloudFormation template to cdk.out',
    '         npm run deploy                        puts it into your AWS account',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
