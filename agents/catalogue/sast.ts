import type { ArchitectureDoc } from '../../core/artifacts/architecture-doc.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { whereImplemented } from '../domain/control-evidence.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { sourceFiles } from '../generator/project.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Static analysis of the source, and where the code implements each control of the architecture. */
export const sast = defineAgent({
  id: 'sast',
  title: 'Static analysis',
  workerClass: 'tools',
  reads: ['SourceCode', 'ArchitectureDoc'],
  makes: ['SecurityPack'],
  async run(ctx) {
    const files = sourceFiles(ctx.input.artifact<SourceCode>('SourceCode'));
    const { controls } = ctx.input.artifact<ArchitectureDoc>('ArchitectureDoc');
    const found = await ctx.step('look for the controls', () => whereImplemented(controls, files));
    return {
      artifacts: {
        SecurityPack: { sast: unmeasured(NOT_RUN.scanner), scope: { files: files.length }, controls: found },
      },
    };
  },
});
