import { expect, it } from '@jest/globals';
import { ladderOf, nextRung, type Rung } from '../../../core/resilience/fallback-ladder.ts';

const allowed = [
  { name: 'web-search', category: 'search' },
  { name: 'linter-b', category: 'lint' },
  { name: 'linter-a', category: 'lint' },
  { name: 'reader', category: 'read' },
];

it('is the primary, then tools of its category in declared order, then the others', () => {
  expect(ladderOf('linter-a', allowed)).toEqual(['linter-a', 'linter-b', 'web-search', 'reader']);
  expect(ladderOf('reader', allowed)).toEqual(['reader', 'web-search', 'linter-b', 'linter-a']);
});

it('never holds a tool that is not allowed', () => {
  expect(ladderOf('shell', allowed)).not.toContain('shell');
  expect(ladderOf('shell', [])).toEqual([]);
});

it('is climbed one rung at a time until one holds', () => {
  const ladder = ladderOf('linter-a', allowed);
  const failed = (tool: string): Rung => ({ tool, outcome: 'failed', code: 'IdeaMine.ToolInfrastructure' });
  expect(nextRung(ladder, [])).toBe('linter-a');
  expect(nextRung(ladder, [failed('linter-a')])).toBe('linter-b');
  expect(nextRung(ladder, [failed('linter-a'), { tool: 'linter-b', outcome: 'succeeded' }])).toBeNull();
  expect(nextRung(ladder, ladder.map(failed))).toBeNull();
});
