// The numbers in docs/architecture.md are those of the templates, and far from what CloudFormation takes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { MOST_BYTES, MOST_RESOURCES, VARIANTS, withInventory } from '../../infra/inventory.ts';
import { root, synthesize } from './synthesize.ts';

const templates = Object.fromEntries(
  Object.entries(VARIANTS).map(([name, context]) => [name, synthesize(context).template]),
);

it('is what `npm run inventory` writes', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  expect(withInventory(page, templates)).toBe(page);
});

it('leaves half of what CloudFormation takes', () => {
  for (const template of Object.values(templates)) {
    expect(Object.keys(template.Resources).length).toBeLessThan(MOST_RESOURCES / 2 + 1);
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(MOST_BYTES / 2);
  }
});

it('says so when the page has no place for it', () => {
  expect(() => withInventory('# A page\n', templates)).toThrow('the page has no place for the inventory');
});
