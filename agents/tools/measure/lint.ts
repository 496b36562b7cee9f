// Lints the project with Biome's recommended rules. The project's own settings are not read: it may not relax them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../run-program.ts';
import type { Tool } from '../tool.ts';

const LONGEST_MS = 60_000;
const NAMED = 100;
const CONFIG = {
  root: true,
  formatter: { enabled: false },
  assist: { enabled: false },
  linter: { enabled: true, rules: { preset: 'recommended' } },
};

const reportSchema = z.looseObject({
  summary: z.looseObject({ errors: z.int().min(0), warnings: z.int().min(0) }),
  diagnostics: z.array(
    z.looseObject({
      category: z.string().nullish(),
      severity: z.string(),
      message: z.unknown().optional(),
      description: z.string().nullish(),
      location: z.looseObject({ path: z.unknown() }).nullish(),
    }),
  ),
});

export const lint: Tool<'lint'> = async ({ workspace, scratch, toolset }) => {
  const settings = join(scratch, 'biome');
  mkdirSync(settings);
  writeFileSync(join(settings, 'biome.json'), JSON.stringify(CONFIG));
  const program = join(toolset, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [program, 'lint', '--reporter=json', '--max-diagnostics=1000', `--config-path=${settings}`, '.'];
  const { output, timedOut } = await runProgram(process.execPath, args, { cwd: workspace, timeoutMs: LONGEST_MS });
  if (timedOut) return { unmeasured: `the linter did not end within ${LONGEST_MS / 1000} s` };
  const line = output.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(`the linter gave no report: ${output.slice(0, 500)}`);
  const { summary, diagnostics } = reportSchema.parse(JSON.parse(line));
  const problems = diagnostics.slice(0, NAMED).flatMap(({ category, severity, message, description, location }) =>
    severity === 'error' || severity === 'warning' || severity === 'fatal'
      ? [
          {
            file: pathOf(location?.path),
            rule: category ?? 'unknown',
            severity: severity === 'warning' ? ('warning' as const) : ('error' as const),
            message: description ?? String(message ?? ''),
          },
        ]
      : [],
  );
  return {
    value: { errors: summary.errors, warnings: summary.warnings, problems },
    report: { mediaType: 'application/json', content: line },
  };
};

function pathOf(path: unknown): string {
  if (typeof path === 'string') return path;
  return String((path as { file?: unknown } | null | undefined)?.file ?? '');
}
