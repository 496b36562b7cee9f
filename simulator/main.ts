// `npm run simulate -- --seeds 1000 [--from N] [--fault KIND] [--hours 50] [--only built-in|generated] [--faults LIST] [--seconds N]
// [--json]`: exit code 1 on a violation, 2 on a wrong option.

import { parseArgs } from 'node:util';
import { UsageError } from '../cli/exit.ts';
import { checkKind, readFaults } from './fault-list.ts';
import { summaryText } from './report.ts';
import { type Campaign, simulate } from './simulate.ts';
import { openStage } from './stage/open-stage.ts';

const text = { type: 'string' } as const;

function readCampaign(): Campaign & { json: boolean } {
  const { values } = parseArgs({
    options: {
      seeds: { ...text, default: '100' },
      from: { ...text, default: '1' },
      fault: text,
      faults: text,
      hours: text,
      only: text,
      seconds: text,
      json: { type: 'boolean', default: false },
    },
  });
  const { fault, faults, only, hours, seconds } = values;
  if (fault !== undefined) checkKind('--fault', fault);
  if (only !== undefined && only !== 'built-in' && only !== 'generated') {
    throw new UsageError(`--only: found '${only}', expected built-in or generated`);
  }
  return {
    seeds: whole('--seeds', values.seeds),
    from: whole('--from', values.from),
    ...(fault === undefined ? {} : { fault }),
    ...(faults === undefined ? {} : { faults: readFaults(faults) }),
    ...(hours === undefined ? {} : { hours: whole('--hours', hours) }),
    ...(seconds === undefined ? {} : { seconds: whole('--seconds', seconds) }),
    ...(only === undefined ? {} : { only }),
    json: values.json,
  };
}

function whole(option: string, given: string): number {
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new UsageError(`${option}: found '${given}', expected a whole number from 1`);
}

async function main(): Promise<void> {
  const { json, ...campaign } = readCampaign();
  const stage = await openStage();
  try {
    const summary = await simulate(stage, campaign);
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryText(summary, campaign));
    if (summary.findings.length > 0) process.exitCode = 1;
  } finally {
    stage.close();
  }
}

try {
  await main();
} catch (error) {
  const usage = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  if (!usage) throw error;
  process.stderr.write(`simulate: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
