// Errors on the wire, as each protocol writes them.

import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../service.ts';
import type { RestReply } from './bindings.ts';
import { jsonRpc } from './codecs.ts';
import type { PortOperation } from './operations.ts';

/** `operation` is absent when the request reached none. */
export function failureReply(error: AwsError, operation: PortOperation | undefined, requestId: string): RestReply {
  if (operation?.protocol === 'rest-xml') return xmlFailure(error, requestId);
  const schema = schemaOf(error, operation);
  const members = schema ? jsonMembers(schema, error) : { ...error.members };
  const body = {
    __type: operation ? `com.amazonaws.${operation.service.toLowerCase()}#${error.name}` : error.name,
    message: error.message,
    ...members,
  };
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-errortype': error.name,
  };
  // What the query protocol called the error, for clients that still know it by that name.
  const query = schema?.getMergedTraits() as { readonly awsQueryError?: readonly [string, number] } | undefined;
  if (query?.awsQueryError)
    headers['x-amzn-query-error'] = `${query.awsQueryError[0]};${error.status < 500 ? 'Sender' : 'Receiver'}`;
  return { status: error.status, headers, body: Buffer.from(JSON.stringify(body)) };
}

/** What went wrong, as an error of AWS; ours are told as an internal one. */
export function toAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalServerError', message, 500);
}

function schemaOf(error: AwsError, operation: PortOperation | undefined): NormalizedSchema | undefined {
  const schema = operation?.module[`${error.name}$`];
  return Array.isArray(schema) ? NormalizedSchema.of(schema as never) : undefined;
}

function jsonMembers(schema: NormalizedSchema, error: AwsError): object {
  const {
    message: _,
    Message: __,
    ...members
  } = JSON.parse(jsonRpc.write(schema, error.members).toString() || '{}') as Record<string, unknown>;
  return members;
}

function xmlFailure(error: AwsError, requestId: string): RestReply {
  const members = Object.entries(error.members)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('');
  const body =
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escaped(error.name)}</Code><Message>${escaped(error.message)}</Message>` +
    `${members}<RequestId>${requestId}</RequestId></Error>`;
  return { status: error.status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (char) => entities[char] as string);
}
