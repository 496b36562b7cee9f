import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fetchDynamoDBLocal, type Running, startDynamoDBLocal } from './dynamodb-local.ts';
import { compare, describeDifferences } from './run.ts';

const SEEDS = [1, 2, 3];
const OPERATIONS = 1500;

const fetched = fetchDynamoDBLocal();
let running: Running | undefined;

beforeAll(async () => {
  if ('dir' in fetched) running = await startDynamoDBLocal(fetched.dir);
}, 120_000);

afterAll(() => running?.stop());

const title = `answers ${SEEDS.length * OPERATIONS} random operations as DynamoDB Local does`;
if ('missing' in fetched) it.skip(`${title}: ${fetched.missing}`, () => undefined);
else
  it.each(SEEDS)(
    `${title} (seed %i)`,
    async (seed) => {
      const oracle = (running as Running).oracle;
      const { differences, succeeded, operations } = await compare(oracle, seed, OPERATIONS);
      expect(describeDifferences(differences)).toBe('');
      expect(succeeded / operations).toBeGreaterThan(0.5);
    },
    300_000,
  );
