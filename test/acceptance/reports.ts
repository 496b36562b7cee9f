// Reports of tools as a test gives them, in the fields the measuring agents fill: a project without a fault, unless it is broken
// on purpose. What stands beside them is made by the built-in agents.

import type { Agent, AgentResult } from '../../agents/sdk/agent.ts';
import { altered } from './drive.ts';

const BY = 'a test’s own report 1.0.0';
export const reported = (value: unknown) => ({ status: 'measured', by: BY, value });

type Fields = Readonly<Record<string, unknown>>;

/** The built-in agent of this id, with these fields of an artifact as if its tool had given them. */
export function reporting(id: string, artifact: string, fields: Fields): Agent {
  return altered(id, (result) => {
    const artifacts = result.artifacts as Record<string, object>;
    return { ...result, artifacts: { ...artifacts, [artifact]: { ...artifacts[artifact], ...fields } } } as AgentResult;
  });
}

const SHARE = reported({ covered: 95, total: 100 });

/** Later entries of `broken` take the place of those of the same agent. */
export function faultless(broken: readonly Agent[] = []): Agent[] {
  const sound = [
    asBuilt(reporting('test', 'TestSuite', { run: reported({ passed: 40, failed: 0, skipped: 0 }) })),
    reporting('sast', 'SecurityPack', { sast: reported({ findings: [] }) }),
    reporting('dast', 'SecurityPack', { dast: reported({ findings: [] }) }),
    reporting('dependency', 'VulnerabilityScan', {
      vulnerabilities: reported([]),
      licences: reported([{ package: 'borrow-shed', licence: 'MIT' }]),
      database: reported({ name: 'a test’s own', packages: 1 }),
    }),
    reporting('secrets', 'SecretsScanReport', { secrets: reported([]) }),
    reporting('sbom', 'SBOM', { coverage: reported({ listed: 1, installed: 1 }) }),
    reporting('e2e-test', 'TestReport', { run: reported({ passed: 10, failed: 0, skipped: 0 }) }),
    reporting('performance', 'PerfReport', { latency: reported({ requests: 100, p50Ms: 5, p95Ms: 9, p99Ms: 12 }) }),
    reporting('load-test', 'PerfReport', {
      throughput: reported({ requestsPerSecond: 500, errors: 0, connections: 10, seconds: 2 }),
    }),
    reporting('accessibility', 'A11yAudit', { violations: reported([]) }),
  ];
  const replaced = new Set(broken.map(({ id }) => id));
  return [...sound.filter(({ id }) => !replaced.has(id)), ...broken];
}

/** The same agent reports that the whole compiles and lints clean, and the coverage of the tests it ran. */
export function asBuilt(agent: Agent): Agent {
  return {
    ...agent,
    async run(ctx) {
      const result = await agent.run(ctx);
      const SourceCode = {
        compilation: reported({ exitCode: 0, errors: 0 }),
        lint: reported({ errors: 0, warnings: 0 }),
      };
      const CoverageReport = { lines: SHARE, branches: SHARE, functions: SHARE };
      return { ...result, artifacts: { ...result.artifacts, SourceCode, CoverageReport } };
    },
  };
}
