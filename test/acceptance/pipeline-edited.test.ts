// Acceptance criterion 6, on the synthesized template and the real handlers: editing the YAML changes which agents run; no code
// changes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { root } from '../infra/synthesize.ts';
import { carry } from './carried.ts';
import { make } from './made.ts';

const EXAMPLE = 'examples/pipelines/parallel.yaml';
const dir = mkdtempSync(join(tmpdir(), 'ideamine-edited-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function agentsOf(text: string): Promise<string[]> {
  const file = join(dir, 'edited.yaml');
  writeFileSync(file, text);
  const made = make(relative(root, file));
  try {
    const { status, tasks } = await carry(made.assembly, made.idea);
    expect(status).toBe('SUCCEEDED');
    const own = tasks.filter(({ agent }) => !agent.startsWith('clarify-'));
    return [...new Set(own.map(({ agent }) => agent))].sort();
  } finally {
    made.remove();
  }
}

it('criterion 6: editing the pipeline’s YAML changes which agents run', async () => {
  const text = readFileSync(join(root, EXAMPLE), 'utf8');
  const without = text
    .replace('[strategy, competitive, tech-stack, persona]', '[strategy, tech-stack, persona]')
    .replace('[IdeationResult, CompetitiveAnalysis, TechStackProposal]', '[IdeationResult, TechStackProposal]')
    .replace(/^.*artifact: CompetitiveAnalysis}\n/m, '');
  const before = await agentsOf(text);
  const after = await agentsOf(without);
  expect(before).toContain('competitive');
  expect(after).toEqual(before.filter((id) => id !== 'competitive'));
}, 240_000);
