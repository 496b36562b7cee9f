// A local HTTP server that speaks the wire formats of the providers' APIs: Anthropic's messages, OpenAI's chat completions,
// Bedrock's ConverseStream with its binary event stream. What it answers is the test's: it stands where the model would.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

export type Format = 'anthropic' | 'openai-compatible' | 'bedrock';

export interface WireCall {
  readonly format: Format;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly system: string;
  readonly user: string;
}

export type Reply =
  /** `end`: how the stream ends; `cut` drops the connection in the middle of the text, `silent` falls silent there. */
  | {
      readonly text: string;
      readonly end?: 'stop' | 'length' | 'refusal' | 'cut' | 'silent' | 'overloaded';
      readonly cached?: number;
    }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly type?: string }
  | 'hang';

export interface WireServer {
  readonly url: string;
  readonly calls: WireCall[];
  close(): Promise<void>;
}

export const USED = { input: 120, output: 30 };

export async function wireServer(answer: (call: WireCall) => Reply): Promise<WireServer> {
  const calls: WireCall[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      calls.push(call);
      reply(call.format, answer(call), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<WireCall> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const body = JSON.parse(text) as Record<string, unknown>;
  const url = request.url ?? '';
  const format = url.endsWith('/messages')
    ? 'anthropic'
    : url.endsWith('/chat/completions')
      ? 'openai-compatible'
      : 'bedrock';
  const messages = body.messages as { role: string; content: unknown }[];
  const said = (role: string) =>
    messages
      .filter((message) => message.role === role)
      .map(({ content }) => textIn(content))
      .join('\n');
  return {
    format,
    headers: request.headers,
    body,
    system: format === 'openai-compatible' ? said('system') : textIn(body.system),
    user: said('user'),
  };
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (part as { text?: string }).text ?? '').join('');
}

function reply(format: Format, given: Reply, response: ServerResponse): void {
  if (given === 'hang') return;
  if ('status' in given) {
    const type = given.type ?? 'api_error';
    response.writeHead(given.status, {
      'content-type': 'application/json',
      ...(format === 'bedrock' ? { 'x-amzn-errortype': type } : {}),
      ...given.headers,
    });
    response.end(
      JSON.stringify(
        format === 'bedrock' ? { message: type, type } : { type: 'error', error: { type, message: type } },
      ),
    );
    return;
  }
  const { text, end = 'stop', cached = 0 } = given;
  const wire = WIRES[format];
  response.writeHead(200, { 'content-type': wire.contentType });
  const half = Math.ceil(text.length / 2);
  for (const part of wire.open(cached)) response.write(part);
  response.write(wire.text(text.slice(0, half)));
  if (end === 'silent') return;
  if (end === 'cut') {
    // What was written has to leave first.
    setImmediate(() => response.destroy());
    return;
  }
  if (end === 'overloaded') {
    response.end(wire.overloaded);
    return;
  }
  response.write(wire.text(text.slice(half)));
  for (const part of wire.close(end, cached)) response.write(part);
  response.end();
}

interface Wire {
  readonly contentType: string;
  open(cached: number): (string | Buffer)[];
  text(piece: string): string | Buffer;
  close(end: 'stop' | 'length' | 'refusal', cached: number): (string | Buffer)[];
  readonly overloaded: string | Buffer;
}

const event = (data: object): string => `event: ${(data as { type: string }).type}\ndata: ${JSON.stringify(data)}\n\n`;
const line = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (delta: object, finish: string | null = null): string =>
  line({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });

const WIRES: Readonly<Record<Format, Wire>> = {
  anthropic: {
    contentType: 'text/event-stream',
    open: (cached) => [
      event({
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'm',
          content: [],
          stop_reason: null,
          usage: { input_tokens: USED.input - cached, cache_read_input_tokens: cached, output_tokens: 1 },
        },
      }),
      event({ type: 'ping' }),
      event({
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 't1', name: 'json', input: {} },
      }),
    ],
    text: (piece) =>
      event({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: piece } }),
    close: (end) => [
      event({ type: 'content_block_stop', index: 0 }),
      event({
        type: 'message_delta',
        delta: { stop_reason: { stop: 'tool_use', length: 'max_tokens', refusal: 'refusal' }[end] },
        usage: { output_tokens: USED.output },
      }),
      event({ type: 'message_stop' }),
    ],
    overloaded: event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
  },
  'openai-compatible': {
    contentType: 'text/event-stream',
    open: () => [chunk({ role: 'assistant', content: '' })],
    text: (piece) => chunk({ content: piece }),
    close: (end, cached) => [
      chunk({}, { stop: 'stop', length: 'length', refusal: 'content_filter' }[end]),
      line({
        id: 'c1',
        object: 'chat.completion.chunk',
        created: 0,
        model: 'm',
        choices: [],
        usage: {
          prompt_tokens: USED.input,
          completion_tokens: USED.output,
          total_tokens: USED.input + USED.output,
          prompt_tokens_details: { cached_tokens: cached },
        },
      }),
      'data: [DONE]\n\n',
    ],
    overloaded: line({
      error: { message: 'overloaded', type: 'overloaded_error', code: 'overloaded_error', param: null },
    }),
  },
  bedrock: {
    contentType: 'application/vnd.amazon.eventstream',
    open: () => [
      frame('messageStart', { role: 'assistant' }),
      frame('contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't1', name: 'json' } } }),
    ],
    text: (piece) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: piece } } }),
    close: (end, cached) => [
      frame('contentBlockStop', { contentBlockIndex: 0 }),
      frame('messageStop', {
        stopReason: { stop: 'tool_use', length: 'max_tokens', refusal: 'guardrail_intervened' }[end],
      }),
      frame('metadata', {
        usage: {
          inputTokens: USED.input - cached,
          outputTokens: USED.output,
          totalTokens: USED.input + USED.output,
          cacheReadInputTokens: cached,
        },
        metrics: { latencyMs: 1 },
      }),
    ],
    overloaded: frame('serviceUnavailableException', { message: 'busy' }, 'exception'),
  },
};

/** One message of AWS's event stream: lengths, headers, payload, each with its checksum. */
function frame(name: string, payload: object, kind: 'event' | 'exception' = 'event'): Buffer {
  const headers = Buffer.concat(
    Object.entries({ [`:${kind}-type`]: name, ':content-type': 'application/json', ':message-type': kind }).map(header),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const head = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([head, checksum(head)]);
}

function header([name, value]: readonly [string, string]): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
