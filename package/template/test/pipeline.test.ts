// The pipeline is sound, its agents do what they say, and the app that would be deployed carries an idea to its end: the same
// template and the same handlers, in this process, in virtual time.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { App } from 'aws-cdk-lib';
import { IdeaMinePipeline } from 'ideamine';
import { checkPipeline, rehearse } from 'ideamine/testing';
import { agents } from '../agents.ts';

test('the pipeline has no problems', () => {
  assert.deepEqual(checkPipeline('pipeline.yaml', agents), []);
});

test('an idea is carried to its end by the agents of this project', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'my-pipeline-'));
  const app = new App({ outdir, analyticsReporting: false });
  new IdeaMinePipeline(app, 'MyPipeline', { pipeline: 'pipeline.yaml', agents: 'agents.ts' });
  app.synth();

  const { status, artifacts } = await rehearse(outdir, readFileSync('idea.md', 'utf8'));

  assert.equal(status, 'SUCCEEDED');
  const spec = artifacts.IdeaSpec as { title: { text: string }; requirements: unknown[] };
  assert.match(spec.title.text, /seed swap/i);
  assert.ok(spec.requirements.length > 0);
  const { constraints } = artifacts.ConstraintsList as { constraints: { statement: { text: string } }[] };
  assert.deepEqual(
    constraints.map(({ statement }) => statement.text),
    ['before the spring, and it may cost at most 200 euros a year'],
  );
});
