// What people and other systems do to a stage while a run is on: deploy, push, stop, send what nobody asked for, redrive, resume.

import { pinPipeline } from '../core/pipeline/pin.ts';
import type { Assembly } from '../local/assembly.ts';
import type { World } from '../local/world.ts';
import type { Bucket } from '../store/objects.ts';
import { setCurrentPipeline } from '../store/pipelines.ts';
import type { Scenario } from './scenario.ts';

export interface Stage {
  readonly world: World;
  readonly assembly: Assembly;
  readonly bucket: Bucket;
  readonly scenario: Scenario;
  readonly executionArn: string;
  /** Bodies of the messages of work seen so far. */
  readonly sent: readonly string[];
}

/** What an operator does, by kind of fault. */
export const acts: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async 'deployed-mid-run'({ world, assembly }) {
    for (const { type, ref, properties } of assembly.resources.values()) {
      if (type !== 'AWS::Lambda::Function') continue;
      const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
      const Environment = { Variables: { ...Variables, DEPLOYMENT: '2' } };
      await world.call('Lambda', 'UpdateFunctionConfiguration', { FunctionName: ref, Environment });
    }
  },
  async 'pushed-mid-run'({ bucket, scenario }) {
    await setCurrentPipeline(bucket, pinPipeline({ ...scenario.pinned.pipeline, version: '2.0.0' }));
  },
  async 'stopped-while-running'({ world, executionArn }) {
    await world.call('SFN', 'StopExecution', { executionArn, error: 'Stopped', cause: 'by an operator' });
  },
  'malformed-message': (stage) => send(stage, '{"this": is no JSON'),
  'foreign-message': (stage) =>
    send(stage, JSON.stringify({ contract: 1, token: 'nobody', runId: 'nobody', phase: 'p', task: 't', try: 1 })),
  async 'dead-letter-replayed'(stage) {
    const body = stage.sent[0];
    if (body !== undefined) await send(stage, body);
  },
};

async function send({ world, assembly }: Stage, MessageBody: string): Promise<void> {
  const worker = [...assembly.resources.values()].find(
    ({ type, ref }) => type === 'AWS::Lambda::Function' && ref.endsWith('-worker-models'),
  );
  const { Variables = {} } = (worker?.properties.Environment ?? {}) as { Variables?: Record<string, string> };
  await world.call('SQS', 'SendMessage', { QueueUrl: Variables.MODELS_QUEUE_URL, MessageBody });
}
