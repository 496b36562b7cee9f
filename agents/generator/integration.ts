// The integration part: manifest, settings, the server that listens, and how the project is used.

import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { kebab } from '../domain/names.ts';
import type { Blueprint } from './blueprint.ts';
import { file } from './files.ts';
import { HTTP, LICENSE, SERVER, STORIES } from './server-source.ts';

export const COMMANDS = [
  { command: 'npm start', purpose: 'starts the service' },
  { command: 'npm test', purpose: 'runs the tests, with coverage' },
  { command: 'npm run check', purpose: 'checks the types' },
  { command: 'npm run lint', purpose: 'looks for mistakes and style' },
] as const;

const DEPENDENCIES: Readonly<Record<string, string>> = {};
const DEV_DEPENDENCIES: Readonly<Record<string, string>> = {
  '@biomejs/biome': '2.6.8',
  '@types/node': '24.19.2',
  typescript: '6.0.3',
};

/** Of `Open Slot: fewer empty appointments`, open-slot. */
export function packageName(title: string): string {
  return kebab((title.split(/[:.,;(–—]/)[0] ?? '').normalize('NFKD').slice(0, 60)) || 'service';
}

export function integrationFiles(plan: Blueprint, api: OpenAPI): SourceFile[] {
  const manifest = {
    name: packageName(plan.title),
    version: '1.0.0',
    description: plan.description,
    private: true,
    type: 'module',
    license: 'MIT',
    engines: { node: '>=24' },
    scripts: {
      start: 'node src/server.ts',
      test: 'node --test --experimental-test-coverage "test/**/*.test.ts"',
      check: 'tsc -p .',
      lint: 'biome lint',
    },
    dependencies: DEPENDENCIES,
    devDependencies: DEV_DEPENDENCIES,
  };
  const ids = plan.operations.map(({ operationId }) => operationId);
  return [
    file('package.json', json(manifest), []),
    file('tsconfig.json', json(TSCONFIG), []),
    file('biome.json', json(BIOME), []),
    file('.gitignore', ['node_modules', 'data.sqlite*'], []),
    file('LICENSE', LICENSE, []),
    file('openapi.json', json(api), ids),
    file('src/http.ts', HTTP, ids),
    file('src/server.ts', SERVER, ids),
    file('src/stories.ts', STORIES, []),
    file('README.md', readme(plan), ids),
  ];
}

const json = (value: unknown): string[] => JSON.stringify(value, null, 2).split('\n');

function readme({ title, description, operations, gaps }: Blueprint): string[] {
  return [
    `# ${oneLine(title)}`,
    '',
    oneLine(description),
    '',
    '## Start it',
    '',
    'Node 24 or newer is all it needs:',
    '',
    '    node src/server.ts',
    '',
    'It prints the address of its page, with an access token in it. The API is under `/api`, described by `openapi.json`:',
    '',
    "    curl -H 'Authorization: Bearer TOKEN' http://127.0.0.1:8080/api/…",
    '',
    '| setting | default | |',
    '|---|---|---|',
    '| `PORT` | 8080 | 0 takes any free port |',
    '| `HOST` | 127.0.0.1 | |',
    '| `DATABASE_FILE` | data.sqlite beside this file | `:memory:` keeps nothing |',
    '| `API_TOKEN` | a new one at each start | what callers send as bearer token |',
    '',
    '## Work on it',
    '',
    ...COMMANDS.map(({ command, purpose }) => `- \`${command}\` ${purpose}`),
    '',
    'The last two need `npm install` once.',
    '',
    '## Operations',
    '',
    '| operation | request | |',
    '|---|---|---|',
    ...operations.map(
      ({ operationId, method, path, summary }) =>
        `| ${cell(operationId)} | \`${method.toUpperCase()} /api${cell(path)}\` | ${cell(summary)} |`,
    ),
    ...(gaps.length > 0 ? ['', '## Not built', '', ...gaps.map((gap) => `- ${oneLine(gap)}`)] : []),
  ];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const cell = (text: string): string => oneLine(text).replace(/\|/g, '\\|');

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['src', 'test'],
};

const BIOME = {
  root: true,
  files: { includes: ['**', '!openapi.json'] },
  formatter: { enabled: false },
  linter: { enabled: true, rules: { preset: 'recommended' } },
};
