// A test run that is killed by SIGKILL leaves no endpoint behind.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { until } from './wire.ts';

const own = process.env.WIRE_ENDPOINT === 'MiniStack';

(own ? it : it.skip)(
  'the endpoint ends with the process that started it (needs MiniStack of this run’s own)',
  async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'endpoint', 'hold-child.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const url = said.toString().trim();
    const health = () => fetch(`${url}/_ministack/health`).then(({ ok }) => ok);
    expect(await health()).toBe(true);
    child.kill('SIGKILL');
    await until(() =>
      health().then(
        () => undefined,
        () => true,
      ),
    );
  },
);
