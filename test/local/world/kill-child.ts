// Runs the workload in real time on a file until all of it is done, or until it is killed.

import { openWorld } from '../../../local/world.ts';
import { begin, countOf } from './workload.ts';

const [folder = '', file = '', messages = '0'] = process.argv.slice(2);
const world = await openWorld({ clock: { kind: 'real' }, file });
await begin(world, folder, Number(messages));
let counted = 0;
while (counted < Number(messages)) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  counted = await countOf(world, 'counted');
}
const { QueueUrl } = await world.call('SQS', 'GetQueueUrl', { QueueName: 'first' });
const { Attributes } = await world.call('SQS', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
console.log(
  JSON.stringify({ counted, done: await countOf(world, 'done'), left: Attributes.ApproximateNumberOfMessages }),
);
await world.close();
