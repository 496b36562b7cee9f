// The runner's table and its document.

import type { Result } from './case.ts';

const LEVELS = ['outcome', 'cause', 'history', 'ids'] as const;

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
  const failing = results.filter((each) => LEVELS.some((level) => each[level] === false));
  const list = failing.map((each) => {
    const level = LEVELS.find((one) => each[one] === false);
    const reason = (each.reason ?? '').split('\n')[0]?.replaceAll('`', "'").slice(0, 400);
    return `- \`${each.id}\`, ${level}: \`${reason}\``;
  });
  return `# Conformance with AWS Step Functions

Written by \`npm run conformance -- FILE.jsonl --docs\`; do not edit. The cases hold what AWS itself answered; they run on the engine in
virtual time, their services answered as recorded. *outcome*: status, and output or error. *cause*: also the cause's text. *history*: also
the events with their details. *ids*: also ids and previousEventIds.

| area | ${LEVELS.join(' | ')} |
|---|${LEVELS.map(() => '---').join('|')}|
${rows.join('\n')}

## What fails, and where it first differs

${list.length === 0 ? 'Nothing.' : list.join('\n')}
`;
}
