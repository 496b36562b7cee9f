// What a build runs: reads the job, runs its tool on the project, leaves the result and the raw report. A tool that throws is
// a fault of the tool or of the machine and ends the build; a project that does not compile is a measurement.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ToolName } from '../sdk/tools.ts';
import { JOB_FILE, type Job, type JobResult, RESULT_FILE, WORKSPACE } from './job.ts';
import type { Outcome, Place } from './tool.ts';
import { toolVersions } from './versions.ts';

type AnyTool = (place: Place, input: never) => Promise<Outcome<unknown>>;

/** Each is loaded only when it is asked for: some are large. */
const tools: Readonly<Record<ToolName, () => Promise<AnyTool>>> = {
  typecheck: async () => (await import('./measure/typecheck.ts')).typecheck,
  'unit-tests': async () => (await import('./measure/unit-tests.ts')).unitTests,
  lint: async () => (await import('./measure/lint.ts')).lint,
  'openapi-lint': async () => (await import('./measure/openapi-lint.ts')).openapiLint,
  sbom: async () => (await import('./measure/sbom.ts')).sbom,
  licences: async () => (await import('./measure/licences.ts')).licences,
  vulnerabilities: async () => (await import('./measure/vulnerabilities.ts')).vulnerabilities,
  'secret-scan': async () => (await import('./measure/secret-scan.ts')).secretScan,
  'static-analysis': async () => (await import('./measure/static-analysis.ts')).staticAnalysis,
  load: async () => (await import('./measure/load.ts')).load,
  'page-audit': async () => (await import('./measure/page-audit.ts')).pageAudit,
  compatibility: async () => (await import('./measure/compatibility.ts')).compatibility,
  'service-check': async () => (await import('./measure/service-check.ts')).serviceCheck,
};

/** Of the environment. */
const KEPT = new Set(['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_USE_SYSTEM_CA']);

const folder = process.cwd();
const { tool, input } = JSON.parse(readFileSync(join(folder, JOB_FILE), 'utf8')) as Job & { tool: ToolName };
const place: Place = {
  workspace: join(folder, WORKSPACE),
  scratch: join(folder, 'scratch'),
  toolset: dirname(dirname(import.meta.dirname)),
  path: process.env.PATH ?? '',
  longestWindowSeconds: Number(process.env.LONGEST_WINDOW_SECONDS ?? Number.POSITIVE_INFINITY),
};
// Project code inherits what is left: nothing that names credentials.
for (const name of Object.keys(process.env)) if (!KEPT.has(name)) delete process.env[name];
mkdirSync(place.workspace, { recursive: true });
mkdirSync(place.scratch, { recursive: true });
const measure = await tools[tool]();
const outcome = await measure(place, input as never);
const out = join(folder, 'out');
mkdirSync(out);
writeFileSync(join(out, RESULT_FILE), withoutFolders(JSON.stringify(resultOf(outcome))));
// What a tool left running would keep the build waiting.
process.exit(0);

function resultOf(outcome: Outcome<unknown>): JobResult {
  if ('unmeasured' in outcome) return { status: 'unmeasured', reason: outcome.unmeasured };
  const { mediaType, content } = outcome.report;
  const file = mediaType === 'application/json' ? 'report.json' : 'report.txt';
  writeFileSync(join(out, file), withoutFolders(content));
  const by = [toolVersions[tool], ...(outcome.with === undefined ? [] : [outcome.with])].join(', ');
  return { status: 'measured', by, value: outcome.value as never, report: { file, mediaType } };
}

/** Where a build happened to stand is no part of what was measured. */
function withoutFolders(text: string): string {
  return text.replaceAll(`${folder}/`, '').replaceAll(`${place.toolset}/`, '');
}
