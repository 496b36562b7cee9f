// A campaign for people.

import { faultText } from './fault-list.ts';
import type { Campaign, Finding, Summary } from './simulate.ts';

export function summaryText(summary: Summary, campaign: Campaign): string {
  const rate = (summary.seeds / summary.seconds).toFixed(1);
  const lines = [
    `${count(summary.seeds, 'seed')} in ${summary.seconds.toFixed(1)} s (${rate} a second), ` +
      `${count(summary.tasks, 'task')}, ${count(summary.calls, 'SDK call')}, ${summary.virtualHours.toFixed(1)} simulated hours`,
    `ended: ${tally(summary.statuses)}; ${summary.repeated} run twice and compared byte by byte`,
    `faults fired: ${Object.keys(summary.fired).length === 0 ? 'none' : tally(summary.fired)}`,
    `violations: ${summary.findings.length}`,
    ...summary.findings.flatMap((finding) => [
      `  seed ${finding.seed}, ${finding.invariant}: ${finding.what.split('\n').slice(0, 3).join(' ')}`,
      `    least schedule: ${faultText(finding.faults)}`,
      `    again: ${replay(finding, campaign)}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function replay({ seed, faults }: Finding, { hours, only }: Campaign): string {
  const options = [
    ...(hours === undefined ? [] : [`--hours ${hours}`]),
    ...(only === undefined ? [] : [`--only ${only}`]),
  ];
  return ['npm run simulate --', `--from ${seed} --seeds 1`, ...options, `--faults ${faultText(faults)}`].join(' ');
}

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');
}
