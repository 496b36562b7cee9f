// A project that uses the published package puts its own agents in the place of this file (`#own-agents`); here there are none.

import type { Agent } from './sdk/agent.ts';

export const agents: readonly Agent[] = [];
