// Starts an endpoint, says where it is, and holds it until it is killed.

import { startMiniStack } from './ministack.ts';

const { url } = await startMiniStack((line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 60_000);
