import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bothNameOneOfSeveral, compare, describeDifferences, type Oracle } from './run.ts';

const SEEDS = [11, 12, 13];
const OPERATIONS = 1000;

const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;
let server: Server;

beforeAll(async () => {
  server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

function oracle(): Oracle {
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    limits: { deep: false, transactions: false },
    sameMessage: (ours, theirs) => ours === theirs || /Syntax error|valid types/.test(theirs),
    // It lets filters name attributes an index does not have; DynamoDB Local, AWS's own, does not.
    excused: (_, ours, theirs) =>
      bothNameOneOfSeveral(ours, theirs) || ours.message?.includes('does not project one or more filter') === true,
  };
}

it.each(SEEDS)(
  `answers ${OPERATIONS} random operations as dynalite does (seed %i)`,
  async (seed) => {
    const { differences, succeeded } = await compare(oracle(), seed, OPERATIONS);
    expect(describeDifferences(differences)).toBe('');
    expect(succeeded / OPERATIONS).toBeGreaterThan(0.5);
  },
  120_000,
);
