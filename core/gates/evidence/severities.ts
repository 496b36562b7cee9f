// Findings of all security scanners, by severity: known vulnerabilities of dependencies, static analysis, probing.

import { type SecurityPack, severities } from '../../artifacts/security-pack.ts';
import type { VulnerabilityScan } from '../../artifacts/vulnerability-scan.ts';
import type { Evidence } from '../criterion.ts';
import { measurement } from './measurement.ts';

type Severity = (typeof severities)[number];

export interface SeverityCounts {
  readonly counts: Readonly<Record<Severity, number>>;
  /** What each finding is, worst first. */
  readonly named: readonly { readonly severity: Severity; readonly text: string }[];
  /** Reports that were not made, with the reason. */
  readonly missing: readonly string[];
}

type Found = Extract<SecurityPack['sast'], { status: 'measured' }>['value'];
type Known = Extract<VulnerabilityScan['vulnerabilities'], { status: 'measured' }>['value'];

export function severitiesOf(evidence: Evidence): SeverityCounts {
  const known = measurement<Known>(evidence, 'VulnerabilityScan', 'vulnerabilities');
  const analyses = ['sast', 'dast'].map((field) => measurement<Found>(evidence, 'SecurityPack', field));
  const named = [
    ...('value' in known
      ? known.value.map((one) => ({ severity: one.severity, text: `${one.id} in ${one.package} ${one.version}` }))
      : []),
    ...analyses.flatMap((report) =>
      'value' in report
        ? report.value.findings.map(({ severity, rule, file, line }) => ({
            severity,
            text: `${rule} at ${file}:${line}`,
          }))
        : [],
    ),
  ].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const counts = Object.fromEntries(
    severities.map((severity) => [severity, named.filter((one) => one.severity === severity).length]),
  ) as Record<Severity, number>;
  return {
    counts,
    named,
    missing: [known, ...analyses].flatMap((report) => ('value' in report ? [] : [report.reason])),
  };
}
