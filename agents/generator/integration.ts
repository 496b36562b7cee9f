// The integration part: manifest, settings, the server that listens, and how the project is used.

import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { file } from './files.ts';
import { operationsIn } from './openapi-operations.ts';

export const PACKAGE_NAME = 'generated-service';

export const COMMANDS = [
  { command: 'npm start', purpose: 'starts the service on PORT' },
  { command: 'npm test', purpose: 'runs the tests' },
  { command: 'npm run check', purpose: 'checks the types' },
] as const;

const DEPENDENCIES: Readonly<Record<string, string>> = {};
const DEV_DEPENDENCIES: Readonly<Record<string, string>> = { '@types/node': '24.19.2', typescript: '6.0.3' };

export function integrationFiles(api: OpenAPI): SourceFile[] {
  const manifest = {
    name: PACKAGE_NAME,
    version: '1.0.0',
    private: true,
    type: 'module',
    license: 'UNLICENSED',
    engines: { node: '>=24' },
    scripts: { start: 'node src/server.ts', test: 'node --test "test/*.test.ts"', check: 'tsc -p .' },
    dependencies: DEPENDENCIES,
    devDependencies: DEV_DEPENDENCIES,
  };
  const operations = operationsIn(api);
  const ids = operations.map(({ operationId }) => operationId);
  return [
    file('package.json', JSON.stringify(manifest, null, 2).split('\n'), []),
    file('tsconfig.json', JSON.stringify(TSCONFIG, null, 2).split('\n'), []),
    file('openapi.json', JSON.stringify(api, null, 2).split('\n'), ids),
    file('src/server.ts', SERVER, ids),
    file('README.md', readme(operations), ids),
  ];
}

function readme(operations: ReturnType<typeof operationsIn>): string[] {
  return [
    '# Generated service',
    '',
    ...COMMANDS.map(({ command, purpose }) => `- \`${command}\` ${purpose}`),
    '',
    'Settings: `PORT`, `DATABASE_FILE`, `API_TOKEN_HASH` (SHA-256, hex, of the bearer token callers must have).',
    '',
    '| operation | request | |',
    '|---|---|---|',
    ...operations.map(
      ({ operationId, method, path, summary }) =>
        `| ${operationId} | \`${method.toUpperCase()} /api${path}\` | ${summary} |`,
    ),
  ];
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    noUncheckedIndexedAccess: true,
    types: ['node'],
  },
  include: ['src', 'test'],
};

const SERVER =
  `// Listens on a port and hands requests to the service. The only file that reads the environment and the clock.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { answer } from './service.ts';
import { openStore } from './store.ts';

const LARGEST_BODY = 1_000_000;
const PAGES: Readonly<Record<string, string>> = { '/': 'index.html', '/app.js': 'app.js', '/style.css': 'style.css' };
const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };

const store = openStore(process.env.DATABASE_FILE ?? 'data.sqlite');
const around = { store, tokenHash: process.env.API_TOKEN_HASH ?? '', now: () => new Date(), newId: randomUUID };

const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const page = PAGES[url.pathname];
  outgoing.setHeader('content-security-policy', "default-src 'self'");
  outgoing.setHeader('x-content-type-options', 'nosniff');
  try {
    if (incoming.method === 'GET' && page !== undefined) {
      outgoing.setHeader('content-type', TYPES[page.split('.').at(-1) ?? ''] ?? 'text/plain');
      outgoing.end(await readFile(new URL(\`../public/\${page}\`, import.meta.url)));
      return;
    }
    const { status, body } = answer(
      {
        method: incoming.method ?? 'GET',
        path: url.pathname.replace(/^\\/api(?=\\/)/, ''),
        query: url.searchParams,
        token: (incoming.headers.authorization ?? '').replace(/^Bearer /, ''),
        body: await readBody(incoming),
      },
      around,
    );
    outgoing.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  } catch (error) {
    const status = error instanceof SyntaxError ? 400 : 500;
    outgoing.writeHead(status, { 'content-type': 'application/problem+json' });
    outgoing.end(JSON.stringify({ title: 'The request could not be answered', status }));
  }
});

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new SyntaxError('the body is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

server.listen(Number(process.env.PORT ?? '8080'));
process.once('SIGTERM', () => server.close(() => store.close()));`.split('\n');
