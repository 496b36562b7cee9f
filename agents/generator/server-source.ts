// The text of the generated project's entry point and of what stands around it, the same for every project.

export const HTTP =
  `// Carries requests from sockets to the service and answers back, and serves the page. It logs no body and no token.

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, answer, type Surroundings } from './service.ts';

const LARGEST_BODY = 1_000_000;
const FILES: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  '/': { path: '../public/index.html', type: 'text/html; charset=utf-8' },
  '/app.js': { path: '../public/app.js', type: 'text/javascript; charset=utf-8' },
  '/style.css': { path: '../public/style.css', type: 'text/css; charset=utf-8' },
  '/openapi.json': { path: '../openapi.json', type: 'application/json' },
};

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function createService(around: Surroundings): Server {
  return createServer((incoming, outgoing) => {
    handle(incoming, outgoing, around).catch((error: unknown) => {
      if (outgoing.headersSent) return outgoing.destroy();
      const status = error instanceof Refused ? error.status : 500;
      const detail = error instanceof Refused ? error.message : 'the request could not be answered';
      send(outgoing, { status, body: { title: 'The request was refused', status, detail } });
    });
  });
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, around: Surroundings): Promise<void> {
  outgoing.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'");
  outgoing.setHeader('x-content-type-options', 'nosniff');
  outgoing.setHeader('referrer-policy', 'no-referrer');
  outgoing.setHeader('cache-control', 'no-store');
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const file = incoming.method === 'GET' && Object.hasOwn(FILES, url.pathname) ? FILES[url.pathname] : undefined;
  if (file !== undefined) {
    const content = await readFile(new URL(file.path, import.meta.url));
    outgoing.writeHead(200, { 'content-type': file.type });
    outgoing.end(content);
    return;
  }
  if (incoming.method === 'GET' && url.pathname === '/health') return send(outgoing, { status: 200, body: { status: 'ok' } });
  if (!url.pathname.startsWith('/api/')) throw new Refused(404, 'there is no such page');
  const request = {
    method: incoming.method ?? 'GET',
    path: url.pathname.slice('/api'.length),
    query: url.searchParams,
    token: (incoming.headers.authorization ?? '').replace(/^Bearer /, ''),
    accept: incoming.headers.accept ?? '',
    body: await readBody(incoming),
  };
  send(outgoing, answer(request, around));
}

function send(outgoing: ServerResponse, { status, body, csv }: Answer): void {
  if (csv !== undefined) {
    outgoing.writeHead(status, { 'content-type': 'text/csv; charset=utf-8' });
    outgoing.end(csv);
    return;
  }
  outgoing.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY) throw new Refused(413, 'the body is too large');
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'the body is no JSON');
  }
}`.split('\n');

export const SERVER = `// Starts the service. The only file that reads the environment, the clock and randomness.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createService } from './http.ts';
import { openStore } from './store.ts';
import { loadRules } from './stories.ts';

const host = process.env.HOST ?? '127.0.0.1';
const given = process.env.API_TOKEN ?? '';
const token = given === '' ? randomBytes(24).toString('base64url') : given;
const store = openStore(process.env.DATABASE_FILE ?? fileURLToPath(new URL('../data.sqlite', import.meta.url)));
const server = createService({
  store,
  rules: await loadRules(),
  tokenHash: createHash('sha256').update(token).digest('hex'),
  now: () => new Date(),
  newId: randomUUID,
});

server.listen(Number(process.env.PORT ?? '8080'), host, () => {
  const { port } = server.address() as AddressInfo;
  console.log(\`listening on http://\${host}:\${port}\`);
  if (given === '') console.log(\`open http://\${host}:\${port}/#token=\${token}\`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => store.close());
    server.closeAllConnections();
  });
}`.split('\n');

export const STORIES = `// The rules of the stories, each story in a file of its own, in the order of their names.

import { existsSync, readdirSync } from 'node:fs';
import type { Rule } from './rule.ts';

const FOLDER = new URL('./stories/', import.meta.url);

export async function loadRules(): Promise<Rule[]> {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.ts')).sort() : [];
  const loaded = await Promise.all(
    names.map((name) => import(new URL(name, FOLDER).href) as Promise<{ readonly rules: readonly Rule[] }>),
  );
  return loaded.flatMap(({ rules }) => rules);
}`.split('\n');

export const LICENSE = `MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`.split(
  '\n',
);
