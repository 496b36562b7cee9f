// The loopback port: the world's services over HTTP, for the AWS CLI and any SDK. Signatures are not verified; callers are outside
// callers. It listens on the loopback interface only.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../service.ts';
import { type RestReply, readInput, writeOutput } from './bindings.ts';
import { decodeChunked } from './chunked.ts';
import { jsonRpc } from './codecs.ts';
import { failureReply, toAwsError } from './failures.ts';
import { findRoute, loadOperations, type Operations, type PortOperation, signedService } from './operations.ts';

export interface PortWorld {
  call(service: string, operation: string, input: object): Promise<unknown>;
}

export interface Port {
  /** Such as http://127.0.0.1:4566 */
  readonly url: string;
  close(): Promise<void>;
}

const LARGEST_BODY = 64 * 2 ** 20;
const LOOPBACK = '127.0.0.1';

/** `port` 0: any that is free. Rejects with the system's error when it is taken. */
export async function openPort(world: PortWorld, port = 0): Promise<Port> {
  const operations = loadOperations();
  let requests = 0;
  const server = createServer((request, response) => {
    const requestId = `00000000-0000-4000-9000-${(++requests).toString(16).padStart(12, '0')}`;
    void answer(world, operations, request, requestId).then((reply) => send(response, request, reply, requestId));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  world: PortWorld,
  operations: Operations,
  request: IncomingMessage,
  requestId: string,
): Promise<RestReply> {
  let operation: PortOperation | undefined;
  try {
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    if (target !== undefined) {
      const rpc = operations.byTarget.get(String(target));
      if (!rpc) throw new AwsError('UnknownOperationException', `${String(target)} is not offered here`);
      operation = rpc;
      const input = body.length === 0 ? {} : await parsed(() => jsonRpc.read(rpc.input, body));
      const output = await world.call(rpc.service, rpc.name, input as object);
      const headers = { 'content-type': String(request.headers['content-type'] ?? 'application/x-amz-json-1.0') };
      const written = jsonRpc.write(rpc.output, output);
      return { status: 200, headers, body: written.length === 0 ? Buffer.from('{}') : written };
    }
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const { method = 'GET', headers } = request;
    const found = findRoute(operations, { method, url, headers, signedFor: signedService(url, headers.authorization) });
    if (!found) throw new AwsError('UnknownOperationException', `${method} ${url.pathname} is not offered here`, 404);
    const [route, match] = found;
    operation = route;
    const input = await parsed(() => readInput(route, match, { url, headers, body }));
    const output = (await world.call(route.service, route.name, input)) as Record<string, unknown>;
    return writeOutput(route, output ?? {});
  } catch (thrown) {
    return failureReply(toAwsError(thrown), operation, requestId);
  }
}

/** What cannot be read is the caller's fault. */
async function parsed<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new AwsError('SerializationException', error instanceof Error ? error.message : String(error));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > LARGEST_BODY)
      throw new AwsError('RequestEntityTooLarge', `the body is larger than ${LARGEST_BODY} bytes`, 413);
    parts.push(part as Buffer);
  }
  const body = Buffer.concat(parts);
  const chunked =
    /aws-chunked/.test(String(request.headers['content-encoding'] ?? '')) ||
    /^STREAMING-/.test(String(request.headers['x-amz-content-sha256'] ?? ''));
  return chunked ? parsed(async () => decodeChunked(body)) : body;
}

function send(response: ServerResponse, request: IncomingMessage, reply: RestReply, requestId: string): void {
  const bodiless = request.method === 'HEAD' || reply.status === 204 || reply.status === 304;
  const headers: Record<string, string | number> = {
    ...reply.headers,
    'x-amzn-requestid': requestId,
    'x-amz-request-id': requestId,
  };
  // A HEAD of an object tells the object's length, which stands in the headers already.
  if (!bodiless) headers['content-length'] = reply.body.length;
  response.writeHead(reply.status, headers);
  response.end(bodiless ? undefined : reply.body);
}
