// What runs on AWS, on an endpoint and on this machine is the same: the same bundles and the same AWS SDK, at the pinned versions.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { makeStack } from '../../infra/make-stack.ts';
import { readSettings } from '../../infra/settings.ts';
import { readAssembly } from '../../local/assembly.ts';
import { root } from './synthesize.ts';

const PLACES = {
  aws: {},
  endpoint: { stage: 'wire', observability: 'off', archive: 'off', tools: 'off', signing: 'off' },
  local: { stage: 'local' },
} as const;

interface Place {
  readonly dir: string;
  /** Key of the code, which holds its hash, by function without the stage's prefix. */
  readonly code: Readonly<Record<string, string>>;
  readonly layers: readonly string[];
}

function placeOf(context: Readonly<Record<string, string>>): Place {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-place-'));
  const app = new App({
    outdir: dir,
    analyticsReporting: false,
    postCliContext: CURRENTLY_RECOMMENDED_FLAGS,
    builtinCloudFormationValidation: false,
    context: { pipeline: join(root, 'examples/pipelines/sequential.yaml'), ...context },
  });
  const stack = makeStack(app, 'IdeaMine', readSettings(app.node));
  const { Resources } = app.synth().getStackByName(stack.stackName).template;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation resources
  const all = Object.values<any>(Resources);
  const functions = all.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.every(({ Properties }) => Properties.Layers.length === 1)).toBe(true);
  const short = (name: string) => name.replace(/^ideamine-(dev|wire|local)-/, '');
  return {
    dir,
    code: Object.fromEntries(functions.map(({ Properties: of }) => [short(of.FunctionName), of.Code.S3Key])),
    layers: all
      .filter(({ Type }) => Type === 'AWS::Lambda::LayerVersion')
      .map(({ Properties: of }) => of.Content.S3Key),
  };
}

const places = Object.fromEntries(Object.entries(PLACES).map(([name, context]) => [name, placeOf(context)])) as Record<
  keyof typeof PLACES,
  Place
>;

describe('in all three places', () => {
  it('every function has the same code', () => {
    expect(Object.keys(places.aws.code).length).toBeGreaterThan(12);
    expect(places.endpoint.code).toEqual(places.aws.code);
    expect(places.local.code).toEqual(places.aws.code);
  });

  it('the AWS SDK is the same', () => {
    expect(places.aws.layers).toHaveLength(1);
    expect(places.endpoint.layers).toEqual(places.aws.layers);
    expect(places.local.layers).toEqual(places.aws.layers);
  });
});

describe('the AWS SDK of the functions', () => {
  const modules = join(places.aws.dir, `asset.${places.aws.layers[0]?.replace('.zip', '')}`, 'nodejs', 'node_modules');
  const loaded = [...codeIn(places.aws.dir).matchAll(/\brequire\("(@aws-sdk\/[\w-]+)"\)/g)].map((match) => match[1]);
  const wanted = [...new Set(loaded as string[])].toSorted();

  it.each(wanted)('%s is there, at the version of package.json', (name) => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    expect(version).toBe(dependencies[name]);
    // Pinned: not a range.
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('loads with nothing else at hand, and its parts know each other', () => {
    const names = JSON.stringify(wanted);
    const program = `for (const name of ${names}) require(name);
      const { DynamoDBDocumentClient } = require('@aws-sdk/lib-dynamodb');
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
      console.log(require.resolve('@aws-sdk/client-s3'));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
      cwd: tmpdir(),
      env: { NODE_PATH: modules },
      encoding: 'utf8',
    });
    expect({ stderr, found: stdout.trim() }).toEqual({
      stderr: '',
      found: join(modules, '@aws-sdk/client-s3/index.js'),
    });
  });
});

function codeIn(dir: string): string {
  const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });
  return [...assembly.resources.values()]
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ logicalId }) => readFileSync(join(assembly.codePath(logicalId), 'index.js'), 'utf8'))
    .join('\n');
}
