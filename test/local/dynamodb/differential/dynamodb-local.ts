// DynamoDB Local, AWS's own implementation for desktops, as an oracle: fetched by Maven, run on loopback while a test lasts.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bothNameOneOfSeveral, type Oracle } from './run.ts';

const VERSION = '2.6.1';
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>oracle</groupId><artifactId>oracle</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>${VERSION}</version></dependency></dependencies></project>`;
const FETCH_MS = 240_000;
const START_MS = 60_000;

export interface Running {
  readonly oracle: Oracle;
  stop(): void;
}

/** Where its jars are after fetching, or why they are not to be had. */
export type Fetched = { readonly dir: string } | { readonly missing: string };

/** Uses Maven's own cache; the first time it fetches some 60 MB. */
export function fetchDynamoDBLocal(): Fetched {
  for (const [tool, argument] of [
    ['java', '-version'],
    ['mvn', '--version'],
  ] as const)
    try {
      execFileSync(tool, [argument], { stdio: 'ignore', timeout: START_MS });
    } catch {
      return { missing: `needs ${tool}` };
    }
  const dir = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
  writeFileSync(join(dir, 'pom.xml'), POM);
  const copy = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
  for (const offline of [['-o'], []])
    try {
      execFileSync('mvn', [...offline, ...copy], { cwd: dir, stdio: 'ignore', timeout: FETCH_MS });
      return { dir };
    } catch {
      // Not in Maven's cache: once more, over the network.
    }
  rmSync(dir, { recursive: true });
  return { missing: 'needs com.amazonaws:DynamoDBLocal from a Maven repository, which could not be fetched' };
}

export async function startDynamoDBLocal(dir: string): Promise<Running> {
  const port = await freePort();
  const main = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
  const server: ChildProcess = spawn(
    'java',
    [
      '-Djava.library.path=lib',
      '-Xmx300m',
      '-cp',
      'lib/*',
      main,
      '-inMemory',
      '-port',
      String(port),
      '-disableTelemetry',
    ],
    { cwd: dir, stdio: 'ignore' },
  );
  const stop = (): void => {
    server.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  for (;;) {
    if (await answers(endpoint)) return { oracle: oracleAt(endpoint), stop };
    if (performance.now() > until || server.exitCode !== null) {
      stop();
      throw new Error(`DynamoDB Local did not start (exit code ${server.exitCode})`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Messages in which DynamoDB Local is known to be shorter than the service: there only the error's name counts. */
const OWN_WORDING =
  /The number of conditions on the keys is invalid|One of the required keys was not given a value|Type mismatch for key|DynamoDB only supports precision|A value provided cannot be converted|Type mismatch for Index Key|Invalid attribute value type|Two document paths overlap/;

function oracleAt(endpoint: string): Oracle {
  return {
    endpoint,
    limits: { deep: true, transactions: true },
    sameMessage: (ours, theirs) => OWN_WORDING.test(theirs) || comparable(ours) === comparable(theirs),
    excused: ({ operation }, ours, theirs) => {
      // The service puts an update that does not fit the item among the reasons (API reference, TransactWriteItems).
      if (operation === 'TransactWriteItems' && theirs.error === 'ValidationException')
        return ours.error === 'TransactionCanceledException' && ours.message?.includes('"ValidationError"') === true;
      // Of two mistakes in one request the one named first is not documented.
      if (bothNameOneOfSeveral(ours, theirs)) return true;
      // Scans of an index there filter by attributes the index does not have.
      if (operation === 'Scan') return ours.message?.includes('does not project') === true;
      // Deleting nothing reports capacity there that nobody asked for.
      if (operation === 'DeleteItem')
        return ours.error === undefined && JSON.stringify(theirs).includes('ConsumedCapacity');
      return false;
    },
  };
}

/** Without a full stop that some reasons have, and with bounds left out: there numbers are shown as they were given. */
function comparable(message: string): string {
  return message.replaceAll('request failed.', 'request failed').replace(/lower bound operand.*$/, '');
}
