import type { Criterion, Finding } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export const compilation: Criterion = {
  id: 'compilation',
  kind: 'measured',
  evidence: "SourceCode.compilation: the type checker's exit code",
  formula: '1 when the exit code is 0, else 0',
  evaluate: (evidence) =>
    fromMeasurement<{ exitCode: number; errors: number }>(
      evidence,
      'SourceCode',
      'compilation',
      ({ exitCode, errors }) => {
        const findings: Finding[] =
          exitCode === 0 ? [] : [{ kind: 'other', text: `the type checker reports ${errors} errors` }];
        return { status: 'measured', score: exitCode === 0 ? 1 : 0, detail: `exit code ${exitCode}`, findings };
      },
    ),
};
