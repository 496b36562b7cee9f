// The zip of tools that a deployed stage's builds run.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pushToolset, TOOLSET_PACKAGES } from '../../cli/aws/toolset.ts';
import { repository } from './command.ts';

it('holds every package that a tool imports', () => {
  const imported = globSync('agents/tools/**/*.ts', { cwd: repository })
    .flatMap((path) => [
      ...readFileSync(join(repository, path), 'utf8').matchAll(/^(?:import|\} from).*?'([^'.][^']*)';$/gm),
    ])
    .map(([, name = '']) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    .filter((name) => !name.startsWith('node:'));
  expect([...new Set(imported)].filter((name) => !(TOOLSET_PACKAGES as readonly string[]).includes(name))).toEqual([]);
  expect(imported).toContain('playwright-core');
});

it('is not made for a stage that measures nothing', async () => {
  expect(await pushToolset({ outputs: {}, bucket: undefined as never })).toBeUndefined();
});
