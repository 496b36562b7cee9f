// The project generated from the stories of an idea, judged by the real tools: the type checker, the linter, the test
// runner, and a started service that is asked over HTTP.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deriveDataModel } from '../../../agents/domain/entities.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import { projectFiles } from '../../../agents/generator/project.ts';
import { type WrittenProject, writeProject } from './written-project.ts';

await loadGrammar();

const TEXTS = [
  'A member can reserve a tool, and cancel the reservation.',
  'The coordinator can add a tool with a photo, a deposit and a consent flag.',
  'The coordinator can change a tool.',
  'A volunteer can record a loan with the member and the due date.',
  'The coordinator can export all loans as a CSV file.',
];

function filesOf(texts: readonly string[]) {
  const stories = texts.map((text, at) => ({ id: `S${at + 1}`, want: { text, cites: [] } }));
  const model = deriveDataModel({ stories });
  return projectFiles(model, writeOpenApi("Borrow Shed: it's a shed", 'For neighbours.', model, { stories }));
}

describe('the generated project', () => {
  let project: WrittenProject;

  beforeAll(() => {
    project = writeProject(filesOf(TEXTS));
  });

  afterAll(() => project.remove());

  it('has no type errors and no lint findings', () => {
    expect(project.typeErrors()).toBe('');
    expect(project.lintFindings()).toBe('');
  });

  it('passes its own tests, which reach more than 90 % of its lines', () => {
    const { passed, failed, lineCoverage, report } = project.tests();
    expect(failed > 0 ? report : '').toBe('');
    expect(passed).toBeGreaterThan(20);
    expect(lineCoverage).toBeGreaterThan(90);
  });

  it('has tests that fail when the code is wrong', () => {
    const wrong = filesOf(TEXTS).map((file) =>
      file.path === 'src/service.ts' ? { ...file, text: file.text.replace('status: 201', 'status: 200') } : file,
    );
    const broken = writeProject(wrong);
    expect(broken.tests().failed).toBeGreaterThan(0);
    broken.remove();
  });

  it('starts with node alone, serves its page, and lets in only who has the token', async () => {
    await started(project, async (at) => {
      const ask = (path: string, token = '', more: RequestInit = {}) =>
        fetch(at + path, { ...more, headers: { authorization: `Bearer ${token}`, ...more.headers } });
      expect((await ask('/')).headers.get('content-type')).toContain('text/html');
      expect((await ask('/health')).status).toBe(200);
      expect((await ask('/api/tools')).status).toBe(401);
      expect((await ask('/api/tools', 'secret')).status).toBe(200);
      expect((await ask('/api/nothing', 'secret')).status).toBe(404);
      const made = await ask('/api/tools', 'secret', { method: 'POST', body: '{"name":"Drill","consentFlag":true}' });
      expect(made.status).toBe(201);
      expect(await made.json()).toMatchObject({ name: 'Drill', consentFlag: true });
      const csv = await ask('/api/loans', 'secret', { headers: { accept: 'text/csv' } });
      expect(csv.headers.get('content-type')).toContain('text/csv');
    });
  });

  it('changes with the stories: another entity has other endpoints, tables, tests and page sections', () => {
    const before = new Map(filesOf(TEXTS).map(({ path, text }) => [path, text]));
    const after = new Map(
      filesOf(TEXTS.map((text) => text.replaceAll('tool', 'bicycle'))).map(({ path, text }) => [path, text]),
    );
    expect(before.has('test/api/tools.test.ts')).toBe(true);
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual(['test/api/bicycles.test.ts']);
    for (const path of ['src/routes.ts', 'src/schema.sql', 'src/entities.ts', 'public/index.html', 'openapi.json']) {
      expect(after.get(path)).toContain('bicycle');
      expect(after.get(path)).not.toMatch(/\btools?\b/);
    }
  });

  it('drops what only a deleted story asked for', () => {
    const without = filesOf(TEXTS.filter((text) => !text.includes('change')));
    const routes = without.find(({ path }) => path === 'src/routes.ts')?.text;
    expect(routes).toContain('createTool');
    expect(routes).not.toContain('updateTool');
    expect(without.find(({ path }) => path === 'test/api/tools.test.ts')?.text).not.toContain('updateTool');
  });
});

/** Waits for the line that says where the service listens. */
async function started({ folder }: WrittenProject, act: (at: string) => Promise<void>): Promise<void> {
  const env = { PATH: process.env.PATH, PORT: '0', DATABASE_FILE: ':memory:', API_TOKEN: 'secret' };
  const service: ChildProcessWithoutNullStreams = spawn(process.execPath, ['src/server.ts'], { cwd: folder, env });
  try {
    const at = await new Promise<string>((done, failed) => {
      let said = '';
      service.stdout.on('data', (chunk) => {
        said += String(chunk);
        const found = /listening on (http:\S+)\n/.exec(said)?.[1];
        if (found !== undefined) done(found);
      });
      service.once('exit', () => failed(new Error(`the service ended: ${said}`)));
    });
    await act(at);
  } finally {
    service.kill('SIGKILL');
  }
}
