// What code in the sandbox can do and what it cannot: every attempt to get out is made for real.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { findBubblewrap } from '../../../local/codebuild/bubblewrap.ts';
import type { BuildEnd, BuildJob } from '../../../local/codebuild/builder.ts';
import { type ChildBuilderOptions, createChildBuilder } from '../../../local/codebuild/child-builder.ts';

const found = findBubblewrap(process.env.PATH ?? '');
const here = 'bwrap' in found ? it : it.skip;
const unless = 'bwrap' in found ? '' : ` (skipped: ${found.missing})`;
const node = process.execPath;

let outside: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
});
afterEach(() => rmSync(outside, { recursive: true, force: true }));

function run(
  shell: string,
  more: Partial<BuildJob> = {},
  limits: ChildBuilderOptions['limits'] = {},
): Promise<BuildEnd> {
  if (!('bwrap' in found)) throw new Error('not here');
  const builder = createChildBuilder({
    sandbox: { kind: 'bubblewrap', bwrap: found.bwrap },
    sources: {},
    readable: [node],
    path: '/usr/bin:/bin',
    atOnce: 1,
    limits,
  });
  const job: BuildJob = {
    id: 'project:1',
    commands: [shell],
    variables: {},
    source: zipSync({ 'hello.txt': strToU8('hello') }),
    secondarySources: [],
    network: false,
    memoryBytes: 2 ** 30,
    timeoutMs: 60_000,
    artifactsFolder: 'out',
    ...more,
  };
  return builder.run(job, new AbortController().signal);
}

const script = (code: string): string => `mkdir -p out; '${node}' -e ${quote(code)} > out/said`;
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

async function said(shell: string, more: Partial<BuildJob> = {}): Promise<string> {
  const end = await run(shell, more);
  expect(end.message).toBe('');
  const file = end.artifacts.find(({ path }) => path === 'said');
  return Buffer.from(file?.bytes ?? [])
    .toString('utf8')
    .trim();
}

describe(`the sandbox${unless}`, () => {
  here('runs commands on the source and gives back the artifacts', async () => {
    expect(await said('mkdir out && cat hello.txt > out/said')).toBe('hello');
  });

  here('reaches its own loopback and nothing else of the network', async () => {
    const server = createServer((_, answer) => answer.end('reached')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const tries = `
      const get = (url) => fetch(url, { signal: AbortSignal.timeout(2000) }).then((a) => a.text(), (e) => e.cause?.code ?? e.name);
      require('node:http').createServer((_, a) => a.end('own')).listen(8099, '127.0.0.1', async () => {
        console.log(await get('http://127.0.0.1:8099'), await get('http://127.0.0.1:${port}'), await get('http://192.0.2.1'));
        process.exit();
      });`;
    try {
      expect(await said(script(tries))).toBe('own ECONNREFUSED ENETUNREACH');
    } finally {
      server.close();
    }
  });

  here('sees neither credentials nor the environment it was started from', async () => {
    process.env.CANARY_OF_TEST = 'canary-in-environment';
    const canary = join(homedir(), '.canary-of-test');
    writeFileSync(canary, 'canary-in-home');
    try {
      const everything = `
        const fs = require('node:fs');
        const read = (path) => { try { return fs.readFileSync(path, 'utf8'); } catch (e) { return e.code; } };
        const environments = fs.readdirSync('/proc').filter((n) => /^\\d+$/.test(n)).map((n) => read('/proc/' + n + '/environ'));
        console.log(JSON.stringify([process.env, environments, read('${canary}'), read('${homedir()}/.aws/credentials'), read('/etc/shadow')]));`;
      const text = await said(script(everything));
      expect(text).not.toContain('canary');
      expect(JSON.parse(text).slice(2)).toEqual(['ENOENT', 'ENOENT', 'ENOENT']);
    } finally {
      rmSync(canary);
      delete process.env.CANARY_OF_TEST;
    }
  });

  here('sees and ends no process but its own', async () => {
    const text = await said(
      script(`
        const fs = require('node:fs');
        const pids = fs.readdirSync('/proc').filter((n) => /^\\d+$/.test(n));
        let ended; try { process.kill(${process.pid}, 0); ended = 'reached'; } catch (e) { ended = e.code; }
        console.log(pids.length < 10, ended);`),
    );
    expect(text).toBe('true ESRCH');
  });

  here('writes nowhere but in its folder', async () => {
    const target = join(outside, 'written');
    const end = await run(
      `mkdir out; touch '${target}'; touch /usr/written; touch /etc/written; touch '${node}'; ln -s '${outside}' link; touch link/written; touch out/fine`,
    );
    expect(end.artifacts.map(({ path }) => path)).toEqual(['fine']);
    expect([existsSync(target), existsSync('/usr/written'), existsSync('/etc/written')]).toEqual([false, false, false]);
  });

  here('gives back no file that a link of its artifacts points to', async () => {
    writeFileSync(join(outside, 'private'), 'private');
    const linked = await run(`mkdir out; ln -s '${outside}/private' out/said; ln -s '${outside}' out/folder`);
    expect([linked.status, linked.artifacts]).toEqual(['SUCCEEDED', []]);
    const folder = await run(`ln -s '${outside}' out`);
    expect(folder.status).toBe('FAILED');
    expect(folder.artifacts).toEqual([]);
  });

  here('has no privileges to gain', async () => {
    const text = await said(
      'mkdir out; { grep -E "CapEff|CapPrm|NoNewPrivs" /proc/self/status; mount -t tmpfs none /mnt 2>&1 || echo refused; } > out/said',
    );
    expect(text).toMatch(/CapPrm:\s0+\nCapEff:\s0+\nNoNewPrivs:\s1/);
    expect(text).toContain('refused');
  });

  here('ends what forks without end', async () => {
    const end = await run('while true; do sleep 60 & done', {}, { processes: 60 });
    expect(end.message).toContain('more than 60 processes');
  });

  here('ends what takes memory without end', async () => {
    const hog = `'${node}' -e "const a = []; for (;;) a.push(Buffer.alloc(1 << 22, 1))"`;
    const end = await run(hog, { memoryBytes: 300 * 2 ** 20 });
    expect(end.message).toContain('more than 300 MiB of memory');
  });

  here('ends what prints without end', async () => {
    const end = await run('yes', {}, { outputBytes: 2 ** 20 });
    expect(end.message).toContain('printed more than 1024 KiB');
    expect(end.message.length).toBeLessThan(40_000);
  });

  here('ends what writes without end', async () => {
    const end = await run(
      'while true; do head -c 1000000 /dev/zero >> "f$((i = i + 1))"; done',
      {},
      { diskBytes: 2 ** 23 },
    );
    expect(end.message).toContain('wrote more than 8 MiB');
  });

  here('ends what goes on without end, and all it started', async () => {
    const end = await run('(sleep 987 &) ; sleep 987', { timeoutMs: 500 });
    expect([end.status, end.message]).toEqual(['TIMED_OUT', 'it took longer than 0.5 s']);
    expect(spawnSync('pgrep', ['-fx', 'sleep 987'], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('unpacks nothing outside of the folder of the source', async () => {
    const builder = createChildBuilder({
      sandbox: { kind: 'bare' },
      sources: {},
      readable: [],
      path: '/usr/bin:/bin',
      atOnce: 1,
    });
    const job: BuildJob = {
      id: 'project:1',
      commands: ['true'],
      variables: {},
      source: zipSync({ '../../escaped.txt': strToU8('escaped') }),
      secondarySources: [],
      network: false,
      memoryBytes: 2 ** 30,
      timeoutMs: 10_000,
      artifactsFolder: undefined,
    };
    const end = await builder.run(job, new AbortController().signal);
    expect([end.status, end.phaseType]).toEqual(['FAILED', 'DOWNLOAD_SOURCE']);
    expect(end.message).toContain('outside of its folder');
  });
});
