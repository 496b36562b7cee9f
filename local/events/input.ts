// What a rule's target is given: the event, a part of it, a constant, or a template filled from it.

import { AwsError } from '../service.ts';

interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: InputTransformer;
}

export interface RuleContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO time of ingestion. */
  readonly ingestedAt: string;
}

/** JSON text, or for a template of plain text the JSON string of it. */
export function inputFor(target: TargetInput, event: Readonly<Record<string, unknown>>, context: RuleContext): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(lookUp(event, target.InputPath) ?? null);
  if (target.InputTransformer) return transform(target.InputTransformer, event, context);
  return JSON.stringify(event);
}

/** The paths EventBridge takes: `$`, members by dot, array members by index. Undefined when nothing is there. */
function lookUp(event: unknown, path: string): unknown {
  if (path === '$') return event;
  if (!path.startsWith('$.'))
    throw new AwsError('ValidationException', `Invalid InputPath ${path}: expected $ or $.name`);
  let value: unknown = event;
  for (const [, name, index] of path.slice(1).matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[name ?? (index as string)];
  }
  return value;
}

function transform(
  transformer: InputTransformer,
  event: Readonly<Record<string, unknown>>,
  context: RuleContext,
): string {
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': context.ingestedAt,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(transformer.InputPathsMap ?? {})) values[name] = lookUp(event, path);
  const template = transformer.InputTemplate.trim();
  // A placeholder inside quotes is text in the string; one outside is the value as JSON.
  let quoted = false;
  let out = '';
  for (let i = 0; i < template.length; i++) {
    const char = template[i] as string;
    if (char === '\\' && quoted) {
      out += char + (template[++i] ?? '');
      continue;
    }
    if (char === '"') quoted = !quoted;
    const [whole, name] = char === '<' ? (/^<([\w.-]+)>/.exec(template.slice(i)) ?? []) : [];
    if (whole === undefined || name === undefined || !(name in values)) {
      out += char;
      continue;
    }
    out += filled(values[name], quoted);
    i += whole.length - 1;
  }
  return isJson(out) ? out : JSON.stringify(out);
}

function filled(value: unknown, quoted: boolean): string {
  if (!quoted) return typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value ?? '');
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
