import type { Documentation } from '../../artifacts/documentation.ts';
import type { RepoManifest } from '../../artifacts/repo-manifest.ts';
import { type Criterion, type Evidence, type Finding, inapplicable, share, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';

export const documentation: Criterion = {
  id: 'documentation',
  kind: 'computed',
  evidence: 'RepoManifest (endpoints and commands of the project) and Documentation',
  formula: 'documented endpoints and commands / all',
  evaluate(evidence: Evidence) {
    const manifest = contentOf<RepoManifest>(evidence, 'RepoManifest');
    const documented = contentOf<Documentation>(evidence, 'Documentation');
    if (manifest === undefined) return unmeasured('there is no RepoManifest to say what has to be documented');
    if (documented === undefined) return unmeasured('there is no Documentation');
    const endpoints = (manifest.endpoints ?? []).map(({ operationId }) => operationId);
    const commands = (manifest.commands ?? []).map(({ command }) => command);
    const all = endpoints.length + commands.length;
    if (all === 0) return inapplicable('the project has no endpoints and no commands');
    const described = new Set((documented.endpoints ?? []).map(({ operationId }) => operationId));
    const explained = new Set((documented.commands ?? []).map(({ command }) => command));
    const findings = [
      ...endpoints.filter((id) => !described.has(id)).map((id) => `endpoint ${id}`),
      ...commands.filter((command) => !explained.has(command)).map((command) => `command ${command}`),
    ].map((what): Finding => ({ kind: 'coverage', text: `${what} is not documented` }));
    return share(all - findings.length, all, 'endpoints and commands are documented', findings);
  },
};
