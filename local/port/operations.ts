// The operations of the services, generated from the SDK's own schemas: which protocol, which route, which shapes.

import { NormalizedSchema } from '@smithy/core/schema';
import { loadReal } from '../lambda/sandbox/modules.ts';

type Protocol = 'json-rpc' | 'rest-json' | 'rest-xml';

export interface PortOperation {
  readonly service: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  readonly module: Readonly<Record<string, unknown>>;
  readonly xmlNamespace: string | undefined;
}

export interface RestRoute extends PortOperation {
  readonly method: string;
  readonly path: RegExp;
  /** Names of the labels, in the order of the path's groups. */
  readonly labels: readonly string[];
  /** Query parameters that must be there; a value that is not empty must be equal. */
  readonly query: readonly (readonly [string, string])[];
  /** Headers that must be there: what tells CopyObject from PutObject. */
  readonly headers: readonly string[];
  readonly status: number;
}

export interface Operations {
  /** By the value of X-Amz-Target. */
  readonly byTarget: ReadonlyMap<string, PortOperation>;
  /** The most particular first, S3's behind all others. */
  readonly routes: readonly RestRoute[];
}

/** Modules of the SDK by the service's name in the world. */
const MODULES: Readonly<Record<string, string>> = {
  DynamoDB: '@aws-sdk/client-dynamodb',
  SQS: '@aws-sdk/client-sqs',
  SFN: '@aws-sdk/client-sfn',
  EventBridge: '@aws-sdk/client-eventbridge',
  Scheduler: '@aws-sdk/client-scheduler',
  Lambda: '@aws-sdk/client-lambda',
  S3: '@aws-sdk/client-s3',
  KMS: '@aws-sdk/client-kms',
  CodeBuild: '@aws-sdk/client-codebuild',
};

/** [9, namespace, name, traits, input, output] */
type OperationSchema = readonly [9, string, string, Traits | number, unknown, unknown];
interface Traits {
  readonly http?: readonly [string, string, number];
}

export function loadOperations(): Operations {
  const byTarget = new Map<string, PortOperation>();
  const routes: RestRoute[] = [];
  for (const [service, moduleName] of Object.entries(MODULES)) {
    const module = loadReal(moduleName);
    const { protocol, target, xmlNamespace } = protocolOf(module, service);
    for (const schema of Object.values(module)) {
      if (!isOperation(schema)) continue;
      const [, , name, traits, input, output] = schema;
      const operation: PortOperation = {
        service,
        name,
        protocol,
        input: NormalizedSchema.of(resolve(input)),
        output: NormalizedSchema.of(resolve(output)),
        module,
        xmlNamespace,
      };
      if (protocol === 'json-rpc') byTarget.set(`${target}.${name}`, operation);
      else if (typeof traits === 'object' && traits.http) routes.push(routeOf(operation, traits.http));
    }
  }
  const weight = ({ query, headers, labels }: RestRoute) => query.length * 100 + headers.length * 10 + labels.length;
  // Any path could be a key of S3's: its routes come last.
  const last = ({ protocol }: RestRoute) => (protocol === 'rest-xml' ? 1 : 0);
  routes.sort((x, y) => last(x) - last(y) || weight(y) - weight(x));
  return { byTarget, routes };
}

/** `signedFor`: the service the request is signed for, which decides between a path of S3's and one of another's. */
export function findRoute(
  operations: Operations,
  request: {
    readonly method: string;
    readonly url: URL;
    readonly headers: object;
    readonly signedFor: string | undefined;
  },
): [RestRoute, RegExpExecArray] | undefined {
  const { method, url, headers, signedFor } = request;
  const known = operations.routes.some(({ service }) => service.toLowerCase() === signedFor);
  for (const route of operations.routes) {
    if (route.method !== method || (known && route.service.toLowerCase() !== signedFor)) continue;
    const match = route.path.exec(url.pathname);
    if (!match || !route.headers.every((header) => header in headers)) continue;
    const fits = ([name, value]: readonly [string, string]) =>
      url.searchParams.has(name) && (value === '' || url.searchParams.get(name) === value);
    if (route.query.every(fits)) return [route, match];
  }
  return undefined;
}

/** From the credential scope of a signature in the header or the query: `.../<region>/<service>/aws4_request`. */
export function signedService(url: URL, authorization: string | undefined): string | undefined {
  const scope = /Credential=([^,]+)/.exec(authorization ?? '')?.[1] ?? url.searchParams.get('X-Amz-Credential');
  return scope?.split('/').at(-2);
}

function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function resolve(schema: unknown): never {
  return (typeof schema === 'function' ? (schema as () => unknown)() : schema) as never;
}

function protocolOf(module: Readonly<Record<string, unknown>>, service: string) {
  const Client = module[`${service}Client`] as new (config: object) => { config: ClientProtocol };
  const { protocol, protocolSettings } = new Client({ region: 'us-east-1' }).config;
  const kind = protocol.constructor.name;
  const known: Protocol | undefined = /AwsJson1/.test(kind)
    ? 'json-rpc'
    : /RestJson/.test(kind)
      ? 'rest-json'
      : /RestXml/.test(kind)
        ? 'rest-xml'
        : undefined;
  if (!known) throw new Error(`${service} speaks ${kind}, which the port does not`);
  return { protocol: known, target: protocolSettings.serviceTarget, xmlNamespace: protocolSettings.xmlNamespace };
}

interface ClientProtocol {
  readonly protocol: object;
  readonly protocolSettings: { readonly serviceTarget?: string; readonly xmlNamespace?: string };
}

function routeOf(operation: PortOperation, [method, pattern, status]: readonly [string, string, number]): RestRoute {
  const [path = '/', given = ''] = pattern.split('?');
  const members = operation.input.isStructSchema() ? [...operation.input.structIterator()] : [];
  // The SDK moves S3's bucket into the host; here it stands first in the path.
  const bucketed = operation.service === 'S3' && members.some(([name]) => name === 'Bucket');
  const whole = bucketed ? `/{Bucket}${path === '/' ? '' : path}` : path;
  const labels: string[] = [];
  const expression = whole.replaceAll('.', '\\.').replace(/\{(\w+)(\+?)\}/g, (_, label: string, greedy: string) => {
    labels.push(label);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const query = [...new URLSearchParams(given)].filter(([name]) => name !== 'x-id');
  const headers: string[] = [];
  const required = requiredMembers(operation.input);
  for (const [name, member] of members) {
    if (!required.has(name)) continue;
    const { httpHeader, httpQuery } = member.getMergedTraits();
    if (httpHeader) headers.push(httpHeader.toLowerCase());
    if (httpQuery) query.push([httpQuery, '']);
  }
  return { ...operation, method, path: new RegExp(`^${expression}/?$`), labels, query, headers, status };
}

/** A structure's schema lists its required members first and tells how many they are. */
function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const raw = schema.getSchema() as readonly unknown[];
  if (!Array.isArray(raw)) return new Set();
  return new Set((raw[4] as string[] | undefined)?.slice(0, Number(raw[6] ?? 0)));
}
