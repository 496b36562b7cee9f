import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { declaredDependencies } from '../domain/declared-dependencies.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Looks up what the project depends on in a database of known vulnerabilities, and its licences. */
export const dependency = defineAgent({
  id: 'dependency',
  title: 'Dependencies',
  workerClass: 'tools',
  reads: ['SourceCode', 'RepoManifest'],
  makes: ['VulnerabilityScan'],
  async run(ctx) {
    const declared = await ctx.step('read the manifest', () =>
      declaredDependencies(ctx.input.artifact<SourceCode>('SourceCode')).map(({ name, range }) => ({ name, range })),
    );
    const { workspace } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const licences = await measure(ctx, 'licences', workspace, {});
    await ctx.progress(0.5);
    const known = await measure(ctx, 'vulnerabilities', workspace, {});
    return {
      artifacts: {
        VulnerabilityScan: {
          declared,
          vulnerabilities: figureOf(known, ({ vulnerabilities }) => vulnerabilities),
          licences: figureOf(licences, ({ packages }) =>
            packages.map(({ package: name, licence }) => ({ package: name, licence })),
          ),
          database: figureOf(known, ({ database, packages }) => ({ name: database, packages })),
        },
      },
    };
  },
});
