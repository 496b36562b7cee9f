// Publishing the run's events; EventBridge keeps no order, the sequence number in the detail does.

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Transient } from '../../core/errors.ts';
import type { EventRow } from '../../store/events.ts';
import { throttlingOnly } from './throttling-only.ts';

export type Publish = (events: readonly EventRow[]) => Promise<void>;

const SOURCE = 'ideamine';
/** Entries a PutEvents call takes. */
const AT_ONCE = 10;

export function createPublish(busName: string): Publish {
  const client = new EventBridgeClient({ retryStrategy: throttlingOnly });
  return async (events) => {
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const answer = await client.send(
        new PutEventsCommand({ Entries: events.slice(from, from + AT_ONCE).map((event) => entryOf(busName, event)) }),
      );
      if ((answer.FailedEntryCount ?? 0) > 0) {
        throw new Transient(`EventBridge refused ${answer.FailedEntryCount} of the run's events`);
      }
    }
  };
}

function entryOf(busName: string, { expiresAt: _expiresAt, ...detail }: EventRow) {
  return {
    EventBusName: busName,
    Source: SOURCE,
    DetailType: detail.type,
    Time: new Date(detail.at),
    Detail: JSON.stringify(detail),
  };
}
