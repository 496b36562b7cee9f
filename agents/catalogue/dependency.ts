import { unmeasured } from '../../core/artifacts/measured.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { declaredDependencies } from '../domain/declared-dependencies.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Looks up what the project depends on in a database of known vulnerabilities, and its licences. */
export const dependency = defineAgent({
  id: 'dependency',
  title: 'Dependencies',
  workerClass: 'tools',
  reads: ['SourceCode'],
  makes: ['VulnerabilityScan'],
  async run(ctx) {
    const declared = await ctx.step('read the manifest', () =>
      declaredDependencies(ctx.input.artifact<SourceCode>('SourceCode')).map(({ name, range }) => ({ name, range })),
    );
    const missing = unmeasured(NOT_RUN.scanner);
    return {
      artifacts: {
        VulnerabilityScan: {
          declared,
          vulnerabilities: missing,
          licences: unmeasured(NOT_RUN.install),
          database: missing,
        },
      },
    };
  },
});
