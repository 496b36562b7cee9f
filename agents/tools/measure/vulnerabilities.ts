// Asks the registry's advisory database about every package the project is built with, as `npm audit` does.

import Arborist from '@npmcli/arborist';
import { installedFor } from '../installed.ts';
import { readManifest } from '../project.ts';
import { json, type Tool } from '../tool.ts';

interface Advisory {
  readonly name?: string;
  readonly url?: string;
  readonly source?: number | string;
  readonly severity?: string;
}

interface AuditReport extends Map<string, { readonly nodes: Set<Arborist.Node>; readonly advisories: Set<Advisory> }> {
  /** Null when the registry did not answer. */
  readonly report: unknown;
  readonly error: Error | null;
}

const SEVERITIES: Readonly<Record<string, 'critical' | 'high' | 'medium' | 'low'>> = {
  critical: 'critical',
  high: 'high',
  moderate: 'medium',
  low: 'low',
  info: 'low',
};

export const vulnerabilities: Tool<'vulnerabilities'> = async ({ workspace, toolset, scratch }) => {
  const manifest = readManifest(workspace);
  if ('unreadable' in manifest) return { unmeasured: String(manifest.unreadable) };
  const { packages, missing, from } = await installedFor(workspace, toolset, manifest);
  if (missing.length > 0) return { unmeasured: `not installed, and in no lock file: ${missing.join(', ')}` };
  const registry = process.env.NPM_REGISTRY ?? 'https://registry.npmjs.org/';
  if (packages.length > 0) {
    const path = from === 'package-lock.json' ? workspace : toolset;
    const asking = new Arborist({ path, registry, cache: scratch, fetchRetries: 0, timeout: 20_000 } as never);
    const report = (await asking.audit({} as never).catch((error: Error) => ({ error, report: null }))) as AuditReport;
    if (!report.report) {
      return {
        unmeasured: `the advisory database of ${registry} did not answer (${report.error?.message ?? 'no answer'})`,
      };
    }
    const own = new Set(packages.map(({ name, version }) => `${name}@${version}`));
    const found = [...report.values()].flatMap(({ nodes, advisories }) =>
      [...nodes]
        .filter((node) => own.has(`${node.packageName ?? node.name}@${node.version}`))
        .flatMap((node) =>
          [...advisories].map(({ url, source, severity }) => ({
            id: url?.split('/').at(-1) ?? String(source ?? 'unnamed'),
            package: node.packageName ?? node.name,
            version: node.version ?? '',
            severity: SEVERITIES[severity ?? ''] ?? ('low' as const),
          })),
        ),
    );
    return { value: { database: registry, packages: packages.length, vulnerabilities: found }, report: json(report) };
  }
  return { value: { database: registry, packages: 0, vulnerabilities: [] }, report: json({ packages: [] }) };
};
