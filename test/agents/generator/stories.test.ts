// Stories become rules and acceptance tests, judged by the real test runner: what is built is checked, what is not is named.

import { afterAll, describe, expect, it } from '@jest/globals';
import { deriveDataModel } from '../../../agents/domain/entities.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import { projectFiles } from '../../../agents/generator/project.ts';
import { groundOf } from '../../../agents/generator/stories/checks.ts';
import { storyFiles } from '../../../agents/generator/stories/story-files.ts';
import { writeProject } from './written-project.ts';

await loadGrammar();

const TEXTS = [
  'A member must be able to search tools by name and category.',
  'A member must be able to reserve a tool for up to 7 days, and to cancel the reservation until the day before.',
  'The system must refuse a reservation that overlaps another reservation of the same tool.',
  'The coordinator must see loans of the last 30 days, and export all loans as a CSV file.',
  'A volunteer must be able to record a loan with the member and the due date.',
  'The service must never offer one slot to two patients at the same time.',
  'When a patient cancels, the service must offer the slot to the first patient on the waiting list.',
  'An offer must expire after 30 minutes, and the slot must then be offered to the next patient.',
];

const claim = (text: string) => ({ text, cites: [] });
const storiesOf = (texts: readonly string[]) =>
  texts.map((text, at) => ({ id: `S${at + 1}`, want: claim(text), acceptance: [claim(text)] }));

function built(texts: readonly string[]) {
  const stories = storiesOf(texts);
  const model = deriveDataModel({ stories });
  const api = writeOpenApi('Borrow Shed', 'For neighbours.', model, { stories });
  const ground = groundOf(model, api);
  const own = stories.map((story) => storyFiles(story, ground));
  const files = new Map(projectFiles(model, api).map((file) => [file.path, file]));
  for (const file of own.flatMap((one) => one.files)) files.set(file.path, file);
  return { files: [...files.values()], lines: own.flatMap(({ lines }) => lines) };
}

describe('the stories of a project', () => {
  const { files, lines } = built(TEXTS);
  const whole = writeProject(files);
  const rule = (name: string, change: (text: string) => string) =>
    files.map((file) => (file.path === `src/rules/${name}.ts` ? { ...file, text: change(file.text) } : file));

  afterAll(() => whole.remove());

  it('add rules and tests that compile, lint clean and pass', () => {
    expect(whole.typeErrors()).toBe('');
    expect(whole.lintFindings()).toBe('');
    const { failed, report, lineCoverage } = whole.tests();
    expect(failed > 0 ? report : '').toBe('');
    expect(lineCoverage).toBeGreaterThan(90);
  });

  it('are read whole where every part of a line is built', () => {
    const kinds = Object.fromEntries(
      lines.map(({ id, checks, open }) => [id, { open, kinds: checks.map((one) => one.kind) }]),
    );
    expect(kinds['S1.A1']).toEqual({ open: [], kinds: ['operation', 'filter', 'filter'] });
    expect(kinds['S2.A1']?.open).toEqual([]);
    expect(kinds['S2.A1']?.kinds).toEqual(expect.arrayContaining(['max-days', 'remove-until']));
    expect(kinds['S3.A1']?.kinds).toEqual(['no-overlap']);
    expect(kinds['S4.A1']?.kinds).toEqual(expect.arrayContaining(['since', 'csv']));
    expect(kinds['S6.A1']?.kinds).toEqual(expect.arrayContaining(['only-once']));
  });

  it.each([
    ['max-days', '> days', '> days + 1', 'S2'],
    ['no-overlap', 'begins <= to', 'begins < to', 'S3'],
    ['remove-until', '> from - daysBefore', '> from', 'S2'],
    ['only-once', 'other.id !== after.id', 'other.id === after.id', 'S6'],
  ])('have tests that fail when the rule %s is wrong', (name, right, wrong, story) => {
    const broken = writeProject(rule(name, (text) => text.replace(right, wrong)));
    const { failed } = broken.tests(`test/stories/${story}.test.ts`);
    broken.remove();
    expect(failed).toBe(1);
  });

  it('name what is not built, in the words of the line', () => {
    const [mail, offline] = built([
      'The system must send a reminder by e-mail 3 days before a tool is due.',
      'Checking out must work offline for 4 hours.',
    ]).lines;
    expect(mail?.open).toEqual(expect.arrayContaining(['e-mail', '3 days', 'before']));
    expect(offline).toMatchObject({ checks: [], open: expect.arrayContaining(['offline', '4 hours']) });
  });

  it('go with their rules, tests and operations when a story is deleted', () => {
    const without = built(TEXTS.filter((text) => !/\boverlaps\b/.test(text))).files;
    const paths = (all: readonly { readonly path: string }[]) => all.map(({ path }) => path);
    expect(paths(files)).toContain('src/rules/no-overlap.ts');
    expect(paths(without)).not.toContain('src/rules/no-overlap.ts');
    expect(without.map(({ text }) => text).join('\n')).not.toContain('overlaps another reservation');
  });
});
