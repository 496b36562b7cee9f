// The tools an agent may be allowed: what each is given and what it measures. What a tool gave is checked against these
// shapes before an agent sees it, since project code ran beside it.

import { z } from 'zod';
import type { WorkspaceRef } from './context.ts';

const count = z.int().min(0);
const share = z.strictObject({ covered: count, total: count });
const severity = z.enum(['critical', 'high', 'medium', 'low']);
const file = z.string();

const testOutcome = z.strictObject({
  file: z.string().describe('path of the test file'),
  name: z.string().describe('name of the test, with those of its suites before it, joined by " > "'),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  message: z.string().optional().describe('why it failed'),
});

/** What each tool measures. */
export const toolValues = {
  typecheck: z.strictObject({
    exitCode: z.int(),
    errors: count,
    problems: z.array(z.strictObject({ file, line: count, code: z.string(), message: z.string() })),
  }),
  'unit-tests': z.strictObject({
    passed: count,
    failed: count,
    skipped: count,
    tests: z.array(testOutcome),
    coverage: z.strictObject({ lines: share, branches: share, functions: share }),
  }),
  lint: z.strictObject({
    errors: count,
    warnings: count,
    problems: z.array(
      z.strictObject({ file, rule: z.string(), severity: z.enum(['error', 'warning']), message: z.string() }),
    ),
  }),
  'openapi-lint': z.strictObject({
    errors: count,
    warnings: count,
    problems: z.array(
      z.strictObject({
        rule: z.string(),
        severity: z.enum(['error', 'warning']),
        pointer: z.string(),
        message: z.string(),
      }),
    ),
  }),
  sbom: z.strictObject({
    document: z.looseObject({ bomFormat: z.literal('CycloneDX'), specVersion: z.string() }),
    listed: count,
    installed: count,
  }),
  licences: z.strictObject({
    packages: z.array(z.strictObject({ package: z.string(), version: z.string(), licence: z.string() })),
    missing: z.array(z.string()).describe('packages without a licence, the project itself among them'),
  }),
  vulnerabilities: z.strictObject({
    database: z.string(),
    packages: count.describe('packages that were asked about'),
    vulnerabilities: z.array(z.strictObject({ id: z.string(), package: z.string(), version: z.string(), severity })),
  }),
  'secret-scan': z.strictObject({
    files: count,
    secrets: z
      .array(z.strictObject({ rule: z.string(), file, line: count }))
      .describe('by rule and place, never quoted'),
  }),
  'static-analysis': z.strictObject({
    files: count,
    findings: z.array(z.strictObject({ rule: z.string(), severity, file, line: count, message: z.string() })),
  }),
  load: z.strictObject({
    operation: z.string().describe('what was asked for, such as GET /api/items'),
    latency: z.strictObject({ requests: count, p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number() }),
    throughput: z.strictObject({
      requestsPerSecond: z.number(),
      errors: count,
      connections: count,
      seconds: z.number(),
    }),
  }),
  'page-audit': z.strictObject({
    browser: z.string().describe('name and version'),
    pages: z.array(z.string()),
    violations: z.array(
      z.strictObject({
        page: z.string(),
        rule: z.string(),
        level: z.enum(['A', 'AA', 'AAA']),
        nodes: count,
        help: z.string(),
      }),
    ),
    layouts: z.array(z.strictObject({ page: z.string(), widthPx: count, overflows: z.boolean() })),
    drawn: z
      .strictObject({ colours: z.array(z.string()), fonts: z.array(z.string()), spacings: z.array(z.string()) })
      .describe('computed styles of what is visible'),
  }),
  compatibility: z.strictObject({
    rows: z.array(
      z.strictObject({
        kind: z.enum(['runtime', 'browser', 'viewport']),
        target: z.string(),
        outcome: z.enum(['works', 'fails']),
        detail: z.string(),
      }),
    ),
    absent: z.array(
      z.strictObject({ kind: z.enum(['runtime', 'browser', 'viewport']), target: z.string(), reason: z.string() }),
    ),
  }),
  'service-check': z.strictObject({
    url: z.string(),
    health: z.strictObject({ passed: count, total: count }),
    endpoints: z
      .array(z.strictObject({ operation: z.string(), status: count, expected: z.string(), ok: z.boolean() }))
      .describe('each operation of the API, asked without a token and with one'),
    canary: z.strictObject({
      windowSeconds: count,
      requests: count,
      errors: count,
      p95Ms: z.number(),
      rssBytes: count.describe('memory of the service at the end of the window'),
      databaseBytes: count.describe('size of its database file then'),
    }),
    startMs: count.describe('from start to the first healthy answer'),
  }),
} as const;

export type ToolName = keyof typeof toolValues;
export type ToolValues = { readonly [Name in ToolName]: z.infer<(typeof toolValues)[Name]> };

export const toolNames = Object.keys(toolValues) as ToolName[];

interface OnWorkspace {
  readonly workspace: WorkspaceRef;
}

/** What each tool is given beside the project itself. */
export type ToolInputs = { readonly [Name in Exclude<ToolName, keyof Particular>]: OnWorkspace } & Particular;

interface Particular {
  readonly 'unit-tests': OnWorkspace & {
    /** Paths of the test files to run; all of them when left out. */
    readonly files?: readonly string[];
  };
  readonly 'openapi-lint': OnWorkspace & {
    /** Path of the document. */
    readonly document: string;
  };
  readonly load: OnWorkspace & { readonly seconds: number; readonly connections: number };
  readonly 'page-audit': OnWorkspace & {
    /** URL paths of the pages, such as `/`. */
    readonly pages: readonly string[];
    readonly widthsPx: readonly number[];
  };
  readonly compatibility: OnWorkspace & { readonly pages: readonly string[] };
  readonly 'service-check': OnWorkspace & {
    /** URL paths asked for health. */
    readonly healthChecks: readonly string[];
    readonly windowSeconds: number;
  };
}
