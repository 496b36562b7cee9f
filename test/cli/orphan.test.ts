// A run started through npm dies with npm: an orphan that went on would hold the store against `resume`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ideamine, lastJson, newHome, repository } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'clinic-no-shows.md');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('ends with the npm that started it, and is resumed', async () => {
  const home = newHome();
  try {
    const args = [
      '--home',
      home.dir,
      'run',
      IDEA,
      '--offline',
      '--name',
      'the-run',
      '--replay-measurements',
      'examples/measurements',
    ];
    const npm = spawn('npm', ['run', '--silent', 'ideamine', '--', ...args], { cwd: repository, stdio: 'ignore' });
    const status = async () => lastJson<{ status: string }[]>(await ideamine(home, 'status', '--json'))[0]?.status;
    for (let looks = 0; (await status()) === undefined; looks += 1) {
      if (looks > 200) throw new Error('the run did not start');
    }
    npm.kill('SIGKILL');
    await once(npm, 'close');
    // The launcher looks every 100 ms.
    await pause(1_000);
    const resumed = await ideamine(home, 'resume', 'the-run', '--json');
    expect(resumed.stderr).toBe('');
    expect(lastJson<{ status: string }>(resumed).status).toBe('SUCCEEDED');
  } finally {
    home.remove();
  }
}, 120_000);
