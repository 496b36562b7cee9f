// Transitions a second: Choice loop, Pass loop, JSONata apart; in memory, durable, and beside the peer.

import type { BenchCase, CaseResult, Figure, Options } from '../case.ts';
import { choiceLoop, jsonataLoop, type Measured, passLoop } from '../definitions.ts';
import { openEngine, runner } from '../engine.ts';
import { rate, ratio, sideBySide, timed } from '../measure.ts';
import { PEER, peerRunner } from '../peer.ts';

/** Near the 25,000 events an execution may have. */
const ROUNDS = 6_200;
/** Executions a run: one after the other. */
const EXECUTIONS = 4;

async function run(options: Options): Promise<CaseResult> {
  const rounds = options.quick ? 500 : ROUNDS;
  const figures = [
    ...(await measure('Choice loop', choiceLoop(rounds), options, true)),
    ...(await measure('Pass loop', passLoop(Math.floor(rounds / 50)), options, true)),
    ...(await measure('Choice loop in JSONata', jsonataLoop(Math.floor(rounds / 4)), options, false)),
  ];
  return { figures };
}

async function measure(name: string, measured: Measured, options: Options, withPeer: boolean): Promise<Figure[]> {
  const memory = await openEngine('memory');
  const durable = await openEngine('durable');
  try {
    const subjects = {
      memory: await runner(memory, 'loop', measured),
      durable: await runner(durable, 'loop', measured),
      ...(withPeer ? { peer: peerRunner(measured) } : {}),
    };
    const many = (once: () => Promise<void>) => () =>
      timed(EXECUTIONS * measured.transitions, async () => {
        for (let i = 0; i < EXECUTIONS; i++) await once();
      });
    const trials = await sideBySide(
      options.quick ? 3 : 9,
      2,
      Object.fromEntries(Object.entries(subjects).map(([key, once]) => [key, many(once)])),
    );
    const { memory: inMemory = [], durable: onDisk = [], peer = [] } = trials;
    const unit = 'transitions/s';
    const figures = [rate(`${name}, in memory`, unit, inMemory), rate(`${name}, durable`, unit, onDisk)];
    if (!withPeer) return figures;
    return [
      ...figures,
      rate(`${name}, ${PEER}`, unit, peer),
      ratio(`${name}, in memory : peer`, inMemory, peer),
      ratio(`${name}, durable : peer`, onDisk, peer),
    ];
  } finally {
    await memory.close();
    await durable.close();
  }
}

export const transitions: BenchCase = { name: 'transitions', title: 'Transitions', run };
