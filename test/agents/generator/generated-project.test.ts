// The generated project is judged by the real tools: the type checker, the test runner, a started service.

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deriveDataModel } from '../../../agents/domain/entities.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import { projectFiles } from '../../../agents/generator/project.ts';

await loadGrammar();

const TEXTS = [
  'A member can reserve a tool, and cancel the reservation.',
  'The coordinator can add a tool with a photo, a deposit and a consent flag.',
  'The coordinator can change a tool.',
  'A volunteer can record a loan with the member and the due date.',
];
const stories = TEXTS.map((text, at) => ({ id: `S${at + 1}`, want: { text, cites: [] } }));
const model = deriveDataModel({ stories });
const files = projectFiles(model, writeOpenApi("It's a \\ service", 'For tools.', model, { stories }));

describe('the generated project', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'generated-'));
    for (const { path, text } of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('has no path twice', () => {
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });

  it('has no type errors', () => {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder });
  });

  it('passes its own tests, one for each operation at least', () => {
    const report = execFileSync(process.execPath, ['--test', '--test-reporter=tap', 'test/*.test.ts'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    const passed = Number(/^# pass (\d+)$/m.exec(report)?.[1]);
    expect(report).toContain('# fail 0');
    expect(passed).toBeGreaterThanOrEqual(model.entities.length * 3);
  });

  it('starts, serves its page, and lets in only who has the token', async () => {
    const env = {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_FILE: ':memory:',
      API_TOKEN_HASH: createHash('sha256').update('secret').digest('hex'),
    };
    const announce =
      "import('./src/server.ts').then(() => {}); const { createServer, Server } = require('node:http'); const listen = Server.prototype.listen; Server.prototype.listen = function (...given) { return listen.call(this, ...given, () => console.log(this.address().port)); };";
    const service = spawn(process.execPath, ['-e', announce], { cwd: folder, env });
    try {
      const port = await new Promise<string>((done, failed) => {
        service.stdout.once('data', (chunk) => done(String(chunk).trim()));
        service.stderr.once('data', (chunk) => failed(new Error(String(chunk))));
      });
      const at = (path: string, token = '') =>
        fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect((await at('/')).headers.get('content-type')).toContain('text/html');
      expect((await at('/health')).status).toBe(200);
      expect((await at('/api/tools')).status).toBe(401);
      expect((await at('/api/tools', 'secret')).status).toBe(200);
      expect((await at('/api/nothing', 'secret')).status).toBe(404);
    } finally {
      service.kill('SIGKILL');
    }
  });
});
