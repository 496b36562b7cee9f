// Transactions for an implementation that has none: each item is written by itself, in order, and what was written is put
// back when one is refused. Conditions and updates are still the implementation's own; only atomicity is not, which tests
// with one writer do not see.

import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

type Item = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Row = Record<string, unknown>;

export function takeApart(documents: DynamoDBDocumentClient): void {
  const send = documents.send.bind(documents) as (command: unknown) => Promise<unknown>;
  const whole = async (items: readonly Item[]) => {
    const undo: (() => Promise<unknown>)[] = [];
    const reasons: { Code: string }[] = items.map(() => ({ Code: 'None' }));
    for (const [index, item] of items.entries()) {
      try {
        undo.unshift(await before(send, item));
        await one(send, item);
      } catch (thrown) {
        if ((thrown as Error).name !== 'ConditionalCheckFailedException') throw thrown;
        reasons[index] = { Code: 'ConditionalCheckFailed' };
        for (const back of undo.slice(1)) await back();
        const refused = new Error('Transaction cancelled');
        throw Object.assign(refused, { name: 'TransactionCanceledException', CancellationReasons: reasons });
      }
    }
    return {};
  };
  documents.send = ((command: unknown) =>
    command instanceof TransactWriteCommand
      ? whole(command.input.TransactItems ?? [])
      : send(command)) as typeof documents.send;
}

/** @returns what puts the row back as it stands now. */
async function before(send: (command: unknown) => Promise<unknown>, item: Item): Promise<() => Promise<unknown>> {
  const target = item.Put ?? item.Update ?? item.Delete ?? item.ConditionCheck;
  const { TableName } = target as { TableName: string };
  const whole = (item.Put?.Item ?? {}) as Row;
  const Key = item.Put ? { pk: whole.pk, sk: whole.sk } : (target as { Key: Row }).Key;
  const found = (await send(new GetCommand({ TableName, Key, ConsistentRead: true }))) as { Item?: Row };
  return () =>
    send(found.Item ? new PutCommand({ TableName, Item: found.Item }) : new DeleteCommand({ TableName, Key }));
}

function one(send: (command: unknown) => Promise<unknown>, item: Item): Promise<unknown> {
  if (item.Put) return send(new PutCommand(item.Put as ConstructorParameters<typeof PutCommand>[0]));
  if (item.Update) return send(new UpdateCommand(item.Update as ConstructorParameters<typeof UpdateCommand>[0]));
  if (item.Delete) return send(new DeleteCommand(item.Delete as ConstructorParameters<typeof DeleteCommand>[0]));
  return check(send, item.ConditionCheck as NonNullable<Item['ConditionCheck']>);
}

/** An update that changes nothing, under the condition; on a row that is not there it would make one. */
async function check(
  send: (command: unknown) => Promise<unknown>,
  condition: NonNullable<Item['ConditionCheck']>,
): Promise<void> {
  const { TableName, Key } = condition as { TableName: string; Key: Row };
  const { Item: found } = (await send(new GetCommand({ TableName, Key, ConsistentRead: true }))) as { Item?: Row };
  await send(new UpdateCommand({ ...condition } as ConstructorParameters<typeof UpdateCommand>[0]));
  if (found === undefined) await send(new DeleteCommand({ TableName, Key }));
}
