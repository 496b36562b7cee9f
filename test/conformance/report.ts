// The runner's table and its document.

import type { Result } from './case.ts';
import { type Level, whyOf } from './known-failures.ts';

const LEVELS: readonly Level[] = ['outcome', 'cause', 'history', 'ids'];

const UNEXPLAINED = 'Not explained yet.';

interface Row {
  readonly name: string;
  readonly cells: readonly { passed: number; total: number }[];
}

function rowOf(name: string, results: readonly Result[]): Row {
  const cells = LEVELS.map((level) => {
    const having = results.filter((each) => each[level] !== undefined);
    return { passed: having.filter((each) => each[level] === true).length, total: having.length };
  });
  return { name, cells };
}

function rowsOf(results: readonly Result[]): Row[] {
  const areas = [...new Set(results.map((each) => each.area))].sort();
  return [
    ...areas.map((area) =>
      rowOf(
        area,
        results.filter((each) => each.area === area),
      ),
    ),
    rowOf('all', results),
  ];
}

const share = ({ passed, total }: { passed: number; total: number }) =>
  total === 0 ? '-' : `${passed}/${total} ${((100 * passed) / total).toFixed(1)}%`;

export function tableOf(results: readonly Result[]): string {
  const lines = [['area', ...LEVELS].map((each, i) => (i === 0 ? each.padEnd(18) : each.padStart(16))).join(' ')];
  for (const { name, cells } of rowsOf(results)) {
    lines.push([name.padEnd(18), ...cells.map((cell) => share(cell).padStart(16))].join(' '));
  }
  return `${lines.join('\n')}\n`;
}

export function docsOf(results: readonly Result[]): string {
  const rows = rowsOf(results).map(({ name, cells }) => `| ${name} | ${cells.map(share).join(' | ')} |`);
  return `# Conformance with AWS Step Functions

Written by \`npm run conformance -- FILE.jsonl --docs\`; do not edit. The cases hold what AWS itself answered; they run on the engine in
virtual time, their services answered as recorded. *outcome*: status, and output or error. *cause*: also the cause's text. *history*: also
the events with their details. *ids*: also ids and previousEventIds.

| area | ${LEVELS.join(' | ')} |
|---|${LEVELS.map(() => '---').join('|')}|
${rows.join('\n')}

## What fails, why, and where it first differs

${failuresOf(results)}
`;
}

/** The failing cases under the reason that they share. */
function failuresOf(results: readonly Result[]): string {
  const groups = new Map<string, string[]>();
  for (const each of results) {
    const level = LEVELS.find((one) => each[one] === false);
    if (level === undefined) continue;
    const why = whyOf(each, level) ?? UNEXPLAINED;
    // Only the first line: a stack below it would name the paths of a machine.
    const difference = (each.reason ?? '').split('\n')[0]?.replaceAll('`', "'").slice(0, 400);
    groups.set(why, [...(groups.get(why) ?? []), `- \`${each.id}\`, ${level}: \`${difference}\``]);
  }
  if (groups.size === 0) return 'Nothing.';
  return [...groups].map(([why, cases]) => `**${why}**\n\n${cases.join('\n')}`).join('\n\n');
}
