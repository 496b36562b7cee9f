import type { ArchitectureDoc } from '../../core/artifacts/architecture-doc.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { whereImplemented } from '../domain/control-evidence.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { sourceFiles } from '../generator/project.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Static analysis of the source, and where the code implements each control of the architecture. */
export const sast = defineAgent({
  id: 'sast',
  title: 'Static analysis',
  workerClass: 'tools',
  reads: ['SourceCode', 'RepoManifest', 'ArchitectureDoc'],
  makes: ['SecurityPack'],
  async run(ctx) {
    const files = sourceFiles(ctx.input.artifact<SourceCode>('SourceCode'));
    const { controls } = ctx.input.artifact<ArchitectureDoc>('ArchitectureDoc');
    const found = await ctx.step('look for the controls', () => whereImplemented(controls, files));
    await ctx.progress(0.3);
    const { workspace } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const analysis = await measure(ctx, 'static-analysis', workspace, {});
    const findings = figureOf(analysis, (value) => ({ findings: value.findings }));
    return { artifacts: { SecurityPack: { sast: findings, scope: { files: files.length }, controls: found } } };
  },
});
