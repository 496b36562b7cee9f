// A process to be killed: works on the mixed world in a file, going on where the last process stopped; prints `begun`, then `done`.

import { openWorld } from '../../local/world.ts';
import { begin, finish } from './mixed-world.ts';

const [folder = '', file = '', runs = '1', seed = '1'] = process.argv.slice(2);
const clock = { kind: 'virtual', start: Date.UTC(2026, 0, 1) } as const;
const world = await openWorld({ clock, file, seed: Number(seed) });
await begin(world, folder, Number(runs));
process.stdout.write('begun\n');
await finish(world);
await world.close();
process.stdout.write('done\n');
