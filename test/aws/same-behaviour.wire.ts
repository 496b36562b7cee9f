// The same template on local/ and on the endpoint: executions end alike, with the same output, through the same states in
// the same order. What differs is listed with its reason, and nothing else does.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../cli/aws/connection.ts';
import { findStack, outputsOf } from '../../cli/aws/stacks.ts';
import { readAssembly } from '../../local/assembly.ts';
import { openWorld } from '../../local/world.ts';
import { repository } from '../cli/command.ts';
import { lacks } from './differences.ts';
import { INPUT, machines } from './same-behaviour/machines.ts';
import { type Observed, observe } from './same-behaviour/observe.ts';

const NAMES = Object.keys(machines({ worker: '', answered: '', undeliverable: '', silent: '', nested: '' }));
const out = mkdtempSync(join(tmpdir(), 'same-behaviour-out-'));
const cdk = (...args: string[]) => {
  const run = spawnSync(process.execPath, [join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], {
    cwd: out,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr + run.stdout);
};

let here: Record<string, Observed>;
let there: Record<string, Observed>;

beforeAll(async () => {
  const app = join(import.meta.dirname, 'same-behaviour', 'app.ts');
  const made = spawnSync(process.execPath, [app], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', CDK_OUTDIR: out },
  });
  if (made.status !== 0) throw new Error(made.stderr);
  here = await onLocal();
  cdk('deploy', '--app', out, '--require-approval', 'never');
  there = await onEndpoint();
}, 300_000);
afterAll(() => {
  cdk('destroy', '--app', out, '--force');
  rmSync(out, { recursive: true, force: true });
});

async function onLocal(): Promise<Record<string, Observed>> {
  const assembly = readAssembly(out, undefined, { accountId: '000000000000', region: 'us-east-1' });
  const world = await openWorld({
    assembly,
    file: ':memory:',
    clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) },
  });
  try {
    const states = new (world.sdk('@aws-sdk/client-sfn').SFNClient)({});
    const pause = async () => {
      await world.run(() => false, { deadline: world.fabric.clock.now() + 1_000 });
    };
    return await observe({ states, outputs: assembly.outputs, pause });
  } finally {
    await world.close();
  }
}

async function onEndpoint(): Promise<Record<string, Observed>> {
  const connection = await connect(undefined);
  const stack = await findStack(connection, 'same-behaviour');
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
  return observe({ states: new SFNClient(connection.client), outputs: outputsOf(stack ?? ({} as never)), pause });
}

/** Of a Map and a Parallel: states that are entered inside of them. */
const INSIDE = new Set(['One', 'left', 'right']);

/** What the listed differences make of an observation. */
function asThere(name: string, observed: Observed): Observed {
  let seen = observed;
  if (lacks('names-of-function-errors')) {
    const named = JSON.stringify(seen).replaceAll(/\b(Broken|NotYet)\b/g, 'Runtime.HandlerError');
    seen = JSON.parse(named) as Observed;
  }
  if (lacks('states-inside-a-fan-out')) seen = { ...seen, states: seen.states.filter((state) => !INSIDE.has(state)) };
  if (lacks('no-output-of-a-failure') && seen.status === 'FAILED') {
    seen = { ...seen, output: expect.objectContaining({ Error: seen.error }) };
  }
  if (lacks('heartbeats') && name === 'heartbeat') seen = { ...seen, output: { late: true }, states: ['Ask', 'Late'] };
  return seen;
}

describe('an execution does on the endpoint what it does on local/:', () => {
  it.each(NAMES)('%s', (name) => {
    const key = name.replaceAll('-', '');
    expect(there[key]).toEqual(asThere(name, here[key] as Observed));
  });

  it('every one of them was run, with the input of the table', () => {
    expect(Object.keys(there).sort()).toEqual(NAMES.map((name) => name.replaceAll('-', '')).sort());
    expect(INPUT.items).toHaveLength(3);
  });
});
