// LocalStack in Docker, by the compose file of the project.

import { spawnSync } from 'node:child_process';
import { repository } from '../../cli/command.ts';
import { type Endpoint, NoEndpoint, untilReady } from './endpoint.ts';

const URL = 'http://127.0.0.1:4566';
const READY_MS = 180_000;

/** @throws NoEndpoint when there is no Docker, or the image cannot be had. */
export async function startLocalStack(): Promise<Endpoint> {
  compose('up', '--detach', '--quiet-pull');
  try {
    await untilReady(`${URL}/_localstack/health`, READY_MS, () => true);
  } catch (thrown) {
    compose('down', '--volumes');
    throw thrown;
  }
  return {
    name: 'LocalStack',
    url: URL,
    context: { tools: 'off' },
    async stop() {
      compose('down', '--volumes');
    },
  };
}

function compose(...args: readonly string[]): void {
  const run = spawnSync('docker', ['compose', ...args], { cwd: repository, encoding: 'utf8' });
  if (run.status === 0) return;
  const why = (run.stderr || run.error?.message || '').trim().split('\n').at(-1) ?? '';
  throw new NoEndpoint(`docker compose ${args[0]} does not work here: ${why}`);
}
