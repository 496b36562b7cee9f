// The one function of the compared executions: called by a machine, by its queue, or by a dead-letter queue.

import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';

interface Asked {
  readonly op: 'echo' | 'fail' | 'until' | 'succeed' | 'refuse' | 'throw';
  readonly value?: unknown;
  readonly retries?: number;
  readonly least?: number;
  readonly token?: string;
}

class NotYet extends Error {
  override name = 'NotYet';
}
class Broken extends Error {
  override name = 'Broken';
}

const states = new SFNClient({});

export async function handler(
  event: Asked | { readonly Records: readonly { readonly body: string }[] },
): Promise<unknown> {
  if (!('Records' in event)) return answer(event);
  for (const { body } of event.Records) await take(JSON.parse(body) as Asked);
  return undefined;
}

function answer({ op, value, retries = 0, least = 0 }: Asked): unknown {
  if (op === 'until' && retries < least) throw new NotYet(`${retries} of ${least}`);
  if (op === 'fail') throw new Broken('as asked');
  return { value };
}

async function take({ op, token: taskToken }: Asked): Promise<void> {
  if (process.env.DEAD_LETTERS === 'yes') {
    await states.send(new SendTaskFailureCommand({ taskToken, error: 'DeadLetter', cause: 'could not be delivered' }));
  } else if (op === 'throw') throw new Broken('as asked');
  else if (op === 'refuse') await states.send(new SendTaskFailureCommand({ taskToken, error: 'Refused', cause: 'no' }));
  else await states.send(new SendTaskSuccessCommand({ taskToken, output: '{"answered":true}' }));
}
