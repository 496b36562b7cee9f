// Puts the project's own agents in the place of `#own-agents`, in this process.

import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const file = process.env.IDEAMINE_AGENTS;
if (file) {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '#own-agents' ? { url: pathToFileURL(file).href, shortCircuit: true } : next(specifier, context),
  });
}
