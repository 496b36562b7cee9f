// Every word a pipeline may use in this installation: what core knows, the catalogue of agents, the model providers.
// There are no tools yet that an agent may be allowed, so naming one is an error.

import { coreWords } from '../core/pipeline/core-words.ts';
import type { Known } from '../core/pipeline/known.ts';
import { agentIds } from './catalogue.ts';
import { providerMakers } from './models/providers.ts';

export const known: Known = { ...coreWords, agentIds, tools: [], providers: Object.keys(providerMakers) };
