import { httpMethods, type OpenAPI, type Operation, openApiSchema } from '../../artifacts/openapi.ts';
import type { Json } from '../../json.ts';
import type { Finding } from '../criterion.ts';
import { atPointer, isRecord } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';

/**
 * The document has the shape of core/artifacts/openapi.ts, and what the shape cannot say holds: operation ids are unique,
 * path parameters match the path, references resolve, security schemes exist, every operation can succeed.
 */
export const openapiValid: Guard = {
  id: 'openapi-valid',
  parameters: [],
  check(evidence) {
    const document = evidence.artifacts.OpenAPI;
    if (document === undefined) return { status: 'unmeasured', reason: 'there is no OpenAPI document' };
    const parsed = openApiSchema.safeParse(document);
    const faults = parsed.success
      ? [...operationFaults(parsed.data), ...referenceFaults(document, document), ...securityFaults(parsed.data)]
      : parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`);
    if (faults.length === 0) return held('the document is valid');
    return broken(`${faults.length} faults`, 'a valid OpenAPI 3.1 document', faults.map(asFinding));
  },
};

const asFinding = (fault: string): Finding => ({ kind: 'other', text: `OpenAPI ${fault}` });

function operationsOf(
  document: OpenAPI,
): { readonly name: string; readonly path: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ name: `${method} ${path}`, path, operation }];
    }),
  );
}

function operationFaults(document: OpenAPI): string[] {
  const operations = operationsOf(document);
  if (operations.length === 0) return ['has no operations'];
  const ids = operations.map(({ operation }) => operation.operationId);
  return operations.flatMap(({ name, path, operation }, index) => {
    const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, parameter]) => parameter ?? '');
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
    const names = declared.map((parameter) => parameter.name);
    return [
      ...(ids.indexOf(operation.operationId) === index
        ? []
        : [`${name}: operation id ${operation.operationId} is used twice`]),
      ...inPath.filter((one) => !names.includes(one)).map((one) => `${name}: path parameter ${one} is not declared`),
      ...names.filter((one) => !inPath.includes(one)).map((one) => `${name}: parameter ${one} is not in the path`),
      ...declared
        .filter(({ required }) => !required)
        .map((one) => `${name}: path parameter ${one.name} must be required`),
      ...(Object.keys(operation.responses).some((code) => /^2/.test(code))
        ? []
        : [`${name}: has no response for success`]),
    ];
  });
}

function referenceFaults(node: Json, document: Json): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => referenceFaults(item, document));
  if (!isRecord(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string') return referenceFaults(value, document);
    const resolves = value.startsWith('#') && atPointer(document, value.slice(1)) !== undefined;
    return resolves ? [] : [`reference ${value} resolves to nothing`];
  });
}

function securityFaults(document: OpenAPI): string[] {
  const schemes = Object.keys(document.components.securitySchemes);
  return document.security
    .flatMap((requirement) => Object.keys(requirement))
    .filter((scheme) => !schemes.includes(scheme))
    .map((scheme) => `requires security scheme ${scheme}, which is not defined`);
}
