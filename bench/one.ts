// Runs one case in this process: `one.ts NAME [--quick]` prints its result as one JSON object.

import { catalogue } from './catalogue.ts';

const [name, ...flags] = process.argv.slice(2);
const found = catalogue.find((each) => each.name === name);
if (!found) throw new Error(`no case '${name}'`);
const result = await found.run({ quick: flags.includes('--quick') });
process.stdout.write(`${JSON.stringify(result)}\n`);
