// Items a second through Map states: 5,000 inline (10,000 would pass AWS's 25,000 events) and 10,000 distributed,
// where every item is an execution with a history of its own.

import type { BenchCase, CaseResult, Options } from '../case.ts';
import { mapOf } from '../definitions.ts';
import { openEngine, runner } from '../engine.ts';
import { rate, ratio, sideBySide, timed } from '../measure.ts';
import { PEER, peerRunner } from '../peer.ts';

async function run(options: Options): Promise<CaseResult> {
  const inline = options.quick ? 500 : 5_000;
  const distributed = options.quick ? 1_000 : 10_000;
  const memory = await openEngine('memory');
  const durable = await openEngine('durable');
  try {
    const subject = (items: number, once: () => Promise<void>) => () => timed(items, once);
    const trials = await sideBySide(options.quick ? 2 : 7, 2, {
      inline: subject(inline, await runner(memory, 'inline', mapOf(inline, 'INLINE'))),
      inlineDurable: subject(inline, await runner(durable, 'inline', mapOf(inline, 'INLINE'))),
      inlinePeer: subject(inline, peerRunner(mapOf(inline, 'PLAIN'))),
      distributed: subject(distributed, await runner(memory, 'distributed', mapOf(distributed, 'DISTRIBUTED'))),
      distributedDurable: subject(distributed, await runner(durable, 'distributed', mapOf(distributed, 'DISTRIBUTED'))),
      distributedPeer: subject(distributed, peerRunner(mapOf(distributed, 'PLAIN'))),
    });
    const unit = 'items/s';
    const own = 'a child execution an item, each with its history';
    const [few, many] = [inline.toLocaleString('en'), distributed.toLocaleString('en')];
    return {
      figures: [
        rate(`inline Map of ${few}, in memory`, unit, trials.inline),
        rate(`inline Map of ${few}, durable`, unit, trials.inlineDurable),
        rate(`Map of ${few}, ${PEER}`, unit, trials.inlinePeer),
        ratio(`inline Map of ${few}, in memory : peer`, trials.inline, trials.inlinePeer),
        rate(`distributed Map of ${many}, in memory`, unit, trials.distributed, own),
        rate(`distributed Map of ${many}, durable`, unit, trials.distributedDurable, own),
        rate(`Map of ${many}, ${PEER}`, unit, trials.distributedPeer, 'its inline Map'),
        ratio(`distributed Map of ${many}, in memory : peer`, trials.distributed, trials.distributedPeer),
      ],
    };
  } finally {
    await memory.close();
    await durable.close();
  }
}

export const maps: BenchCase = { name: 'maps', title: 'Map states', run };
