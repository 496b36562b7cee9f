import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { cycloneDx } from '../domain/cyclone-dx.ts';
import { declaredDependencies } from '../domain/declared-dependencies.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Lists what the project is made of: as it is installed where that can be seen, else as its manifest declares it. */
export const sbom = defineAgent({
  id: 'sbom',
  title: 'Bill of materials',
  workerClass: 'tools',
  reads: ['SourceCode', 'RepoManifest'],
  makes: ['SBOM'],
  async run(ctx) {
    const { name, workspace } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const listed = await measure(ctx, 'sbom', workspace, {});
    await ctx.progress(0.5);
    const document = await ctx.step('write the document', () =>
      listed.status === 'measured'
        ? listed.value.document
        : cycloneDx(name, '1.0.0', declaredDependencies(ctx.input.artifact<SourceCode>('SourceCode'))),
    );
    const coverage = figureOf(listed, (value) => ({ listed: value.listed, installed: value.installed }));
    return { artifacts: { SBOM: { document, coverage } } };
  },
});
