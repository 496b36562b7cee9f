// Paths, intrinsic calls, templates and JSONata within a definition, and the variables they refer to.

import { parseIntrinsic } from '../intrinsics/parse.ts';
import { isObject, type Json } from '../json.ts';
import { compileJsonata, expressionText } from '../jsonata/evaluate.ts';
import { PathError } from '../path/error.ts';
import { type Path, parsePath } from '../path/parse.ts';
import { isReference } from '../path/reference.ts';
import type { Findings } from './diagnostics.ts';
import { freeVariables } from './jsonata-variables.ts';

export class Expressions {
  readonly findings: Findings;
  /** Variables the state in hand refers to. */
  readonly variables = new Set<string>();

  constructor(findings: Findings) {
    this.findings = findings;
  }

  #note(path: Path): Path {
    if (path.root === 'variable') this.variables.add(path.variable);
    return path;
  }

  /** A path field: `null` where allowed, a path, or an intrinsic call. */
  path(value: Json | undefined, location: string, nullable = false): void {
    if (value === undefined || (value === null && nullable)) return;
    if (typeof value !== 'string') {
      this.findings.error(location, 'Expected value of type String');
      return;
    }
    try {
      if (value.startsWith('States.')) for (const path of parseIntrinsic(value).paths) this.#note(path);
      else this.#note(parsePath(value));
    } catch {
      this.findings.error(location, 'Value is not a valid JSONPath');
    }
  }

  /** A reference path, of ResultPath and of number fields. */
  reference(value: Json | undefined, location: string, nullable = false): void {
    if (value === undefined || (value === null && nullable)) return;
    try {
      if (typeof value !== 'string') throw new PathError('not a text');
      const path = this.#note(parsePath(value));
      if (isReference(path)) return;
    } catch {
      // Reported below.
    }
    this.findings.error(location, 'Value is not a Reference Path');
  }

  /** A payload template of JSONPath states. */
  template(value: Json | undefined, location: string): void {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) this.template(item, `${location}[${i}]`);
      return;
    }
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (!key.endsWith('.$')) this.template(member, `${location}/${key}`);
      else if (!this.#dynamic(member)) {
        this.findings.error(
          location,
          `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
        );
      }
    }
  }

  #dynamic(value: Json): boolean {
    if (typeof value !== 'string') return false;
    try {
      if (value.startsWith('$')) this.#note(parsePath(value));
      else for (const path of parseIntrinsic(value).paths) this.#note(path);
      return true;
    } catch {
      return false;
    }
  }

  /** JSON with `{% … %}` in it, of JSONata states. */
  jsonata(value: Json | undefined, location: string): void {
    const text = expressionText(value);
    if (text !== undefined) {
      try {
        for (const name of freeVariables(compileJsonata(text).ast())) this.variables.add(name);
      } catch (cause) {
        const reason = (cause as { message?: string }).message ?? String(cause);
        this.findings.error(location, `The JSONata expression '${text}' is not valid: ${reason}`);
      }
    } else if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) this.jsonata(item, `${location}[${i}]`);
    } else if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) this.jsonata(member, `${location}/${key}`);
    }
  }
}
