// Every word a pipeline may use in this installation: what core knows, and the catalogue of agents.
// There are no tools yet that an agent may be allowed, so naming one is an error.

import { coreWords } from '../core/pipeline/core-words.ts';
import type { Known } from '../core/pipeline/known.ts';
import { agentIds } from './catalogue.ts';

export const known: Known = { ...coreWords, agentIds, tools: [] };
