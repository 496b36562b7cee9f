// The same cases on dynalite, an implementation of DynamoDB that is none of ours: conditions, updates and queries mean there
// what they mean here. Each import brings the cases of one part of the store.

import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import './artifacts.test.ts';
import './attempts.test.ts';
import './ledger.test.ts';
import './rows-and-objects.test.ts';
import './runs.test.ts';
import './task-lease.test.ts';
import './task-memory.test.ts';
import './task-outcome.test.ts';

const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;
let server: Server;

beforeAll(async () => {
  server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.STORE_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.STORE_KIND = 'dynalite';
});
afterAll(async () => {
  delete process.env.STORE_ENDPOINT;
  delete process.env.STORE_KIND;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
