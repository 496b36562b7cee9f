// History events: held compactly, written as pages of JSON lines, expanded to AWS's shape when read.
// A text equal to the one before it on the page (an output that is the next state's input) is written once.

import { type Doc, textOf } from '../json.ts';

export interface HistoryEvent {
  readonly id: number;
  readonly previous: number;
  /** epoch ms */
  readonly at: number;
  readonly type: string;
  /** Name of the state, where the event has one. */
  readonly name: string | undefined;
  /** Text of the input, output or parameters. */
  readonly text: string | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;
}

export function makeEvent(
  id: number,
  previous: number,
  at: number,
  type: string,
  name?: string,
  doc?: Doc,
  extra?: Readonly<Record<string, unknown>>,
): HistoryEvent {
  return { id, previous, at, type, name, text: doc === undefined ? undefined : textOf(doc), extra };
}

export function encodePage(events: readonly HistoryEvent[]): string {
  let page = '';
  let before: string | undefined;
  for (let i = 0; i < events.length; i++) {
    const { id, previous, at, type, name, text, extra } = events[i] as HistoryEvent;
    if (i > 0) page += '\n';
    page += `[${id},${previous},${at},"${type}",`;
    page += name === undefined ? 'null' : quoted(name);
    if (text === undefined) page += ',null';
    else if (text === before) page += ',0';
    else {
      page += `,${JSON.stringify(text)}`;
      before = text;
    }
    page += extra === undefined ? ']' : `,${JSON.stringify(extra)}]`;
  }
  return page;
}

const names = new Map<string, string>();
function quoted(name: string): string {
  let text = names.get(name);
  if (text === undefined) {
    if (names.size > 10_000) names.clear();
    text = JSON.stringify(name);
    names.set(name, text);
  }
  return text;
}

export function decodePage(page: string): HistoryEvent[] {
  let before: string | undefined;
  return page.split('\n').map((line) => {
    const [id, previous, at, type, name, written, extra] = JSON.parse(line);
    const text: string | undefined = written === null ? undefined : written === 0 ? before : written;
    if (text !== undefined) before = text;
    return { id, previous, at, type, name: name ?? undefined, text, extra };
  });
}

const FULL = { truncated: false };

/** Members of the event in the form GetExecutionHistory answers. */
export function expandEvent(event: HistoryEvent, withData: boolean): Record<string, unknown> {
  const out: Record<string, unknown> = {
    timestamp: new Date(event.at),
    type: event.type,
    id: event.id,
    previousEventId: event.previous,
  };
  const details = detailsOf(event, withData);
  if (details) out[details.key] = details.value;
  return out;
}

/** Details by event type; which member holds the text. */
const TEXT_MEMBER: Readonly<Record<string, string>> = {
  ExecutionStarted: 'input',
  ExecutionSucceeded: 'output',
  ActivityScheduled: 'input',
  ActivitySucceeded: 'output',
  LambdaFunctionScheduled: 'input',
  LambdaFunctionSucceeded: 'output',
  TaskScheduled: 'parameters',
  TaskSubmitted: 'output',
  TaskSucceeded: 'output',
};

const WITHOUT_DETAILS = new Set([
  'LambdaFunctionStarted',
  'MapRunSucceeded',
  'MapRunAborted',
  'MapStateAborted',
  'MapStateFailed',
  'MapStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateFailed',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'TaskStateAborted',
  'WaitStateAborted',
]);

function detailsOf(event: HistoryEvent, withData: boolean): { key: string; value: object } | undefined {
  const { type, name, text, extra } = event;
  if (WITHOUT_DETAILS.has(type)) return undefined;
  if (type.endsWith('StateEntered')) {
    return { key: 'stateEnteredEventDetails', value: { name, ...data('input', text, withData) } };
  }
  if (type.endsWith('StateExited')) {
    return { key: 'stateExitedEventDetails', value: { name, ...data('output', text, withData), ...extra } };
  }
  const key = `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
  const member = TEXT_MEMBER[type];
  const body = member === undefined || text === undefined ? {} : data(member, text, withData);
  return { key, value: { ...(name === undefined ? {} : { name }), ...body, ...extra } };
}

function data(member: string, text: string | undefined, withData: boolean): object {
  if (member === 'parameters') return { parameters: text };
  return withData ? { [member]: text, [`${member}Details`]: FULL } : { [`${member}Details`]: FULL };
}
