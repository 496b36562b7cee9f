import { unmeasured } from '../../core/artifacts/measured.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { cycloneDx } from '../domain/cyclone-dx.ts';
import { declaredDependencies } from '../domain/declared-dependencies.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Lists what the project is made of, as its manifest declares it. */
export const sbom = defineAgent({
  id: 'sbom',
  title: 'Bill of materials',
  workerClass: 'tools',
  reads: ['SourceCode', 'RepoManifest'],
  makes: ['SBOM'],
  async run(ctx) {
    const { name } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const declared = await ctx.step('read the manifest', () =>
      declaredDependencies(ctx.input.artifact<SourceCode>('SourceCode')),
    );
    await ctx.progress(0.5);
    const document = await ctx.step('write the document', () => cycloneDx(name, '1.0.0', declared));
    return { artifacts: { SBOM: { document, coverage: unmeasured(NOT_RUN.install) } } };
  },
});
