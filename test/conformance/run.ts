// The conformance runner: recorded cases of AWS Step Functions on the engine itself, in virtual time.
// Usage: run.ts FILE.jsonl… [--area NAME] [--case TEXT] [--json REPORT.json] [--docs] [--min SHARE]

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Case, Conversation, Result } from './case.ts';
import { docsOf, tableOf } from './report.ts';
import { runConversation } from './run-conversation.ts';
import { runExecution } from './run-execution.ts';
import { runCreateError, runSync, runTestState, runValidate } from './run-other.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    area: { type: 'string' },
    case: { type: 'string' },
    json: { type: 'string' },
    docs: { type: 'boolean' },
    min: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});

const RUNNERS: Record<string, (recorded: Case) => Promise<Result>> = {
  execution: runExecution,
  execution_sync: runSync,
  create_error: runCreateError,
  validate_definition: runValidate,
  teststate: runTestState,
};

function read(file: string): (Case | Conversation)[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

async function main(): Promise<void> {
  if (positionals.length === 0) {
    process.stderr.write(
      'usage: npm run conformance -- FILE.jsonl… [--area NAME] [--case TEXT] [--json FILE] [--docs] [--min SHARE]\n',
    );
    process.exitCode = 2;
    return;
  }
  const results: Result[] = [];
  for (const item of positionals.flatMap(read)) {
    if (values.area !== undefined && item.area !== values.area) continue;
    if (values.case !== undefined && !item.id.includes(values.case)) continue;
    if ('steps' in item) results.push(await runConversation(item));
    else {
      const run = RUNNERS[item.kind];
      if (run) results.push(await run(item));
    }
  }
  process.stdout.write(tableOf(results));
  const failed = results.filter((each) => !passed(each));
  if (values.verbose) for (const each of failed) process.stdout.write(`\n${each.id}\n  ${each.reason}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  if (values.docs) writeFileSync(new URL('../../docs/conformance.md', import.meta.url), docsOf(results));
  process.stdout.write(`${results.length - failed.length} passed, ${failed.length} failed\n`);
  if (values.min !== undefined && (results.length - failed.length) / results.length < Number(values.min))
    process.exitCode = 1;
}

/** All levels the case has hold. */
export function passed(result: Result): boolean {
  return result.outcome && result.cause !== false && result.history !== false;
}

await main();
