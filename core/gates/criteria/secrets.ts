import type { Criterion, Finding } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export interface FoundSecret {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

export const secretFinding = ({ rule, file, line }: FoundSecret): Finding => ({
  kind: 'vulnerability',
  text: `secret (${rule}) at ${file}:${line}`,
});

export const secrets: Criterion = {
  id: 'secrets',
  kind: 'measured',
  evidence: "SecretsScanReport.secrets: the scanner's report",
  formula: '1 when no secret is found, else 0',
  evaluate: (evidence) =>
    fromMeasurement<FoundSecret[]>(evidence, 'SecretsScanReport', 'secrets', (found) => ({
      status: 'measured',
      score: found.length === 0 ? 1 : 0,
      detail: `${found.length} secrets found`,
      findings: found.map(secretFinding),
    })),
};
