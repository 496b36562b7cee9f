// Every word a pipeline may use in this installation: what core knows, the catalogue of agents, tools, model providers.

import { privateArtifacts } from '../core/artifacts/private.ts';
import { coreWords } from '../core/pipeline/core-words.ts';
import type { Known } from '../core/pipeline/known.ts';
import { agentIds } from './catalogue.ts';
import { providerIds } from './models/provider-ids.ts';
import { toolNames } from './sdk/tools.ts';
import { asksRegistry } from './tools/versions.ts';

export const known: Known = {
  ...coreWords,
  agentIds,
  tools: toolNames,
  actingTools: [...asksRegistry],
  privateArtifacts,
  providers: providerIds,
};
