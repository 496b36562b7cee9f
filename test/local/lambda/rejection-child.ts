// Run as a process of its own, since jest takes unhandled rejections for itself. Prints what became of each invocation as JSON.

import { openWorld } from '../../../local/world.ts';

const [folder = ''] = process.argv.slice(2);
const world = await openWorld({ clock: { kind: 'virtual', start: 0 } });
const outcomes: unknown[] = [];
for (const handler of ['own', 'call', 'fine']) {
  await world.call('Lambda', 'CreateFunction', {
    FunctionName: handler,
    Handler: `index.${handler}`,
    Code: { LocalPath: folder },
  });
  world
    .call('Lambda', 'Invoke', { FunctionName: handler })
    .then(({ Payload }) => outcomes.push(JSON.parse(String(Payload))));
}
await world.run(() => outcomes.length === 3);
await world.close();
console.log(JSON.stringify(outcomes));
if (process.argv[3] === 'foreign') {
  const other = await openWorld({ clock: { kind: 'virtual', start: 0 } });
  void Promise.reject(new Error('foreign'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log('survived');
  await other.close();
}
