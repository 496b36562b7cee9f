// The app as it is run: by path, without credentials, its words and exit codes on what is wrong.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './synthesize.ts';

function run(context: Record<string, string>) {
  const outdir = mkdtempSync(join(tmpdir(), 'ideamine-app-'));
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'infra/main.ts')], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return { status, stderr: stderr.trim(), outdir };
}

it('synthesizes the built-in pipeline with no credentials at hand', () => {
  const { status, stderr, outdir } = run({});
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  expect(Object.keys(manifest.artifacts)).toContain('IdeaMine');
});

describe('says in one sentence, with exit code 2,', () => {
  it.each([
    [
      'an unlawful stage',
      { stage: 'Prod!' },
      'context stage: found "Prod!", expected kebab-case of 20 characters at most',
    ],
    ['an unknown removal', { removal: 'maybe' }, 'context removal: found "maybe", expected retain or destroy'],
    [
      'a pipeline that is not there',
      { pipeline: 'no/such.yaml' },
      'context pipeline: cannot read no/such.yaml: ENOENT',
    ],
  ])('%s', (_, context, sentence) => {
    const { status, stderr, outdir } = run(context as Record<string, string>);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
  });

  it('every problem of a pipeline, with its place', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ideamine-pipeline-')), 'bad.yaml');
    writeFileSync(file, 'name: bad\nphases: []\nphasez: 1\n');
    const { status, stderr } = run({ pipeline: file });
    expect(status).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:3:1/);
    expect(stderr).not.toContain('    at ');
  });
});

it('is named in cdk.json by a path to Node 24, so that a cdk under another Node starts it right', () => {
  const { app } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const [node, main] = app.split(' ');
  expect(main).toBe('infra/main.ts');
  const { stdout } = spawnSync(join(root, node), ['--version'], { encoding: 'utf8' });
  expect(stdout).toMatch(/^v24\./);
});
