// REST bindings: members of a request's input from its path, query, headers and body, and of a reply's output into headers, status and
// body.

import type { IncomingHttpHeaders } from 'node:http';
import { type BodyCodec, readText, restJson, restXml, writeText } from './codecs.ts';
import type { RestRoute } from './operations.ts';

export interface RestRequest {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RestReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export async function readInput(route: RestRoute, match: RegExpExecArray, request: RestRequest): Promise<object> {
  const { url, headers, body } = request;
  const input: Record<string, unknown> = {};
  if (!route.input.isStructSchema()) return input;
  const inBody: string[] = [];
  for (const [name, member] of route.input.structIterator()) {
    const { httpHeader, httpQuery, httpPrefixHeaders, httpPayload } = member.getMergedTraits();
    const label = route.labels.indexOf(name);
    if (label >= 0) input[name] = readText(member, decodeURIComponent(match[label + 1] ?? ''));
    else if (httpQuery) {
      const values = url.searchParams.getAll(httpQuery);
      if (values.length === 0) continue;
      input[name] = member.isListSchema()
        ? values.map((value) => readText(member.getValueSchema(), value))
        : readText(member, values[0] as string);
    } else if (httpHeader) {
      const value = headers[httpHeader.toLowerCase()];
      if (value !== undefined) input[name] = readText(member, String(value));
    } else if (httpPrefixHeaders !== undefined) {
      const found = prefixed(headers, httpPrefixHeaders.toLowerCase());
      if (Object.keys(found).length > 0) input[name] = found;
    } else if (httpPayload) {
      if (member.isStructSchema()) {
        if (body.length > 0) input[name] = await codecOf(route).read(member, body);
      } else input[name] = member.isStringSchema() ? body.toString('utf8') : body;
    } else inBody.push(name);
  }
  if (inBody.length === 0 || body.length === 0) return input;
  const read = (await codecOf(route).read(route.input, body)) as Record<string, unknown> | undefined;
  for (const name of inBody) if (read?.[name] !== undefined) input[name] = read[name];
  return input;
}

export function writeOutput(route: RestRoute, output: Readonly<Record<string, unknown>>): RestReply {
  const headers: Record<string, string> = {
    'content-type': route.protocol === 'rest-xml' ? 'application/xml' : 'application/json',
  };
  let { status } = route;
  let body: Buffer | undefined;
  const inBody: Record<string, unknown> = {};
  const members = route.output.isStructSchema() ? route.output.structIterator() : [];
  for (const [name, member] of members) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    const { httpHeader, httpPrefixHeaders, httpPayload, httpResponseCode } = member.getMergedTraits();
    if (httpResponseCode) status = Number(value);
    else if (httpHeader) headers[httpHeader.toLowerCase()] = writeText(member, value);
    else if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value as object))
        headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = String(text);
    } else if (httpPayload) {
      body = member.isStructSchema() ? codecOf(route).write(member, value) : Buffer.from(value as Uint8Array);
    } else inBody[name] = value;
  }
  if (body === undefined && Object.keys(inBody).length > 0) body = codecOf(route).write(route.output, inBody);
  if ('content-range' in headers) status = 206;
  return { status, headers, body: body ?? Buffer.from(route.protocol === 'rest-json' && status !== 204 ? '{}' : '') };
}

function codecOf(route: RestRoute): BodyCodec {
  return route.protocol === 'rest-xml' ? restXml(route.xmlNamespace) : restJson;
}

function prefixed(headers: IncomingHttpHeaders, prefix: string): Record<string, string> {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), String(value)]));
}
