// What roles are granted is what they use: the scenes play everything that happens, under the deployed policies. A grant that none of
// them needs is named, and one that is taken away fails a scene by its name.

import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { openStage, SCENES, SCENES_PIPELINE } from './scenes.ts';
import { root, synthesize } from './synthesize.ts';

const bundles = bundleHandlers({
  handlers: join(root, 'lambdas'),
  into: mkdtempSync(join(tmpdir(), 'ideamine-bundles-')),
  pipeline: pinPipeline(readPipeline(SCENES_PIPELINE)),
});
const { dir } = synthesize({ pipeline: SCENES_PIPELINE }, bundles);

/** Granted for what happens inside AWS, where no test can look; everything else has to be seen. */
const INSIDE_AWS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^Machines.* states:DescribeExecution /,
    'Step Functions asks for the end of nested executions when an event is lost',
  ],
  [/^Machines.* states:StopExecution /, 'Step Functions stops nested executions of one that is stopped'],
  [
    /^Machinesround states:(StartExecution .*-round|RedriveExecution .*)$/,
    'a distributed Map starts and redrives its own children',
  ],
  [/^Measuring/, 'builds fetch and put through CodeBuild itself'],
  [
    /^Functionsworkertools s3:(Get|Put)Object .*\/tools\/\*$/,
    'given to builds and taken from them; see the tests of tools',
  ],
  [
    /^Functionssweep (scheduler:CreateSchedule|iam:PassRole) /,
    'a run opens in the very instant in which the sweep goes to rest; test/lambdas/sweep.test.ts plays it',
  ],
];

const unused = new Map<string, boolean>();
const named = ({ role, action, resource }: { role: string; action: string; resource: string }): string =>
  `${role
    .split('/')
    .at(-1)
    ?.replace(/^ideamine-dev-(.*?)Role[0-9A-F]{8}$/, '$1')} ${action} ${resource}`;

describe('under the deployed permissions', () => {
  it.each(Object.keys(SCENES))('%s', async (name) => {
    const stage = await openStage(dir);
    try {
      await SCENES[name]?.(stage);
      const left = new Set(
        stage.world
          .unusedGrants()
          .filter(({ observable }) => observable)
          .map(named),
      );
      if (unused.size === 0) for (const grant of left) unused.set(grant, true);
      for (const grant of unused.keys()) if (!left.has(grant)) unused.set(grant, false);
    } finally {
      await stage.world.close();
    }
  });
});

it('nothing is granted that is never used', () => {
  const idle = [...unused].filter(([, still]) => still).map(([grant]) => grant);
  expect(unused.size).toBeGreaterThan(40);
  expect(idle.filter((grant) => !INSIDE_AWS.some(([pattern]) => pattern.test(grant)))).toEqual([]);
});

it('without a grant what needs it fails, and says so by role, action and resource', async () => {
  const without = mkdtempSync(join(tmpdir(), 'ideamine-without-'));
  cpSync(dir, without, { recursive: true });
  const file = join(without, readdirSync(without).find((name) => name.endsWith('.template.json')) as string);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const [policy] = Object.keys(template.Resources).filter((id) => id.startsWith('FunctionssweepRolePolicy'));
  const document = template.Resources[policy as string].Properties.PolicyDocument;
  const isIndex = (statement: object) => JSON.stringify(statement).includes('/index/gsi1');
  expect(document.Statement.filter(isIndex)).toHaveLength(1);
  document.Statement = document.Statement.filter((statement: object) => !isIndex(statement));
  writeFileSync(file, JSON.stringify(template));
  const stage = await openStage(without);
  try {
    await expect(SCENES.workersLost?.(stage)).rejects.toThrow(
      /FunctionssweepRole.* is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:.*\/index\/gsi1/,
    );
  } finally {
    await stage.world.close();
  }
});
