import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';
import type { ToolValues } from '../sdk/tools.ts';

type Endpoint = ToolValues['service-check']['endpoints'][number];

/** The shortest watch: what is wanted are the answers of the endpoints. */
const WINDOW_SECONDS = 1;

/** Probes the started service at each of its endpoints: as a stranger, who must be refused, and as one who may. */
export const dast = defineAgent({
  id: 'dast',
  title: 'Dynamic analysis',
  workerClass: 'tools',
  reads: ['RepoManifest'],
  makes: ['SecurityPack'],
  async run(ctx) {
    const { endpoints, workspace } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const scope = await ctx.step('count the endpoints', () => ({ endpoints: endpoints.length }));
    const input = { healthChecks: ['/health'], windowSeconds: WINDOW_SECONDS };
    const probed = figureOf(await measure(ctx, 'service-check', workspace, input), (value) => ({
      findings: value.endpoints.filter(({ ok }) => !ok).map(findingOf),
    }));
    return { artifacts: { SecurityPack: { dast: probed, scope } } };
  },
});

/** Who answers a stranger has no lock; who breaks at an empty request can be broken. */
function findingOf({ operation, status, expected }: Endpoint) {
  const isOpen = expected.includes('without a token');
  return {
    rule: isOpen ? 'secured-operation-refuses-strangers' : 'operation-answers-without-breaking',
    severity: isOpen ? ('critical' as const) : ('high' as const),
    file: '',
    line: 0,
    message: `${operation} answered ${status === 0 ? 'nothing' : status}, expected ${expected}`,
  };
}
