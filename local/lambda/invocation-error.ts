// What a failed invocation says, as Lambda's Node runtime reports it.

export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** An error thrown by the handler or left uncaught. */
export function reportError(thrown: unknown): InvocationError {
  if (thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** An error thrown while the bundle was loaded. */
export function importError(thrown: unknown): InvocationError {
  const code = (thrown as { code?: unknown } | null)?.code;
  const known = reportError(thrown);
  if (code === 'MODULE_NOT_FOUND' || code === 'ENOENT') {
    return { ...known, errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${known.errorMessage}` };
  }
  if (thrown instanceof SyntaxError) {
    return { ...known, errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${known.errorMessage}` };
  }
  return known;
}
