// What the agents of the catalogue are: loaded once for the process, outside of the handlers' bundles.

export { agentIds, everyAgent, findAgent } from '../../agents/catalogue.ts';
