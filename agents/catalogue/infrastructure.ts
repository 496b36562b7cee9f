import { unknownClaim } from '../../core/artifacts/claim.ts';
import { infrastructureSpecSchema } from '../../core/artifacts/infrastructure-spec.ts';
import type { TechStackProposal } from '../../core/artifacts/tech-stack-proposal.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { componentsOf } from '../domain/components.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says what the parts of the system run on, where, and with which settings. */
export const infrastructure = defineAgent({
  id: 'infrastructure',
  title: 'Infrastructure',
  workerClass: 'models',
  reads: ['PRD', 'UserStories', 'TechStackProposal'],
  makes: ['InfrastructureSpec'],
  prepare: loadGrammar,
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'InfrastructureSpec',
      about: 'what it runs on',
      fields: infrastructureSpecSchema.pick({ drivers: true }),
      sources: ['PRD', 'TechStackProposal'],
    });
    await ctx.progress(0.5);
    const { choices } = ctx.input.artifact<TechStackProposal>('TechStackProposal');
    const { stories } = ctx.input.artifact<UserStories>('UserStories');
    const resources = await ctx.step('choose resources', () =>
      componentsOf(deriveDataModel({ stories }), stories).map(({ name }) => {
        const layer = LAYER_OF[name];
        const at = choices.findIndex((choice) => choice.layer === layer);
        const reason = choices[at]?.reason;
        return {
          name,
          kind: KIND_OF[name] ?? 'service',
          serves: [name],
          reason: reason === undefined ? unknownClaim() : citing('TechStackProposal', `/choices/${at}/reason`, reason),
        };
      }),
    );
    return {
      artifacts: { InfrastructureSpec: { ...drafted, resources, ...settingsFor(resources.map(({ name }) => name)) } },
    };
  },
});

const LAYER_OF: Readonly<Record<string, string>> = {
  'web-client': 'client',
  service: 'server',
  database: 'database',
  notifier: 'integration',
};
const KIND_OF: Readonly<Record<string, 'service' | 'database' | 'static-site' | 'scheduler'>> = {
  'web-client': 'static-site',
  database: 'database',
  scheduler: 'scheduler',
};

function settingsFor(resources: readonly string[]) {
  return {
    environments: [
      { name: 'test', purpose: 'runs the tests of every change, on data made up for them', resources: [...resources] },
      { name: 'production', purpose: 'serves the users', resources: [...resources] },
    ],
    configuration: [
      { name: 'PORT', purpose: 'port the service listens on', secret: false },
      { name: 'DATABASE_FILE', purpose: 'file the database is kept in', secret: false },
      { name: 'API_TOKEN_HASH', purpose: 'SHA-256 of the bearer token callers must have', secret: true },
    ],
    backups: { everyHours: 24, keepDays: 30 },
  };
}
