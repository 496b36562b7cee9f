// From an error's code (an ASL error name) to its class. Never from its message: a model could write that.

import type { ErrorClass } from './classes.ts';

const classOfCode: Readonly<Record<string, ErrorClass>> = {
  'IdeaMine.Transient': 'transient',
  // The work itself did not fail: its worker did. It goes on from its checkpoint.
  'IdeaMine.Stalled': 'transient',
  // It beat but did not get on; its next try does something otherwise.
  'IdeaMine.Plateau': 'transient',
  'States.HeartbeatTimeout': 'transient',
  'States.Timeout': 'transient',
  'Sandbox.Timedout': 'transient',
  'Lambda.ServiceException': 'transient',
  'Lambda.AWSLambdaException': 'transient',
  'Lambda.SdkClientException': 'transient',
  'Lambda.ClientExecutionTimeoutException': 'transient',
  'Lambda.TooManyRequestsException': 'rate-limit',

  'IdeaMine.Schema': 'schema',
  'IdeaMine.ToolInfrastructure': 'tool-infrastructure',
  'IdeaMine.CircuitOpen': 'tool-infrastructure',
  'IdeaMine.Ungrounded': 'hallucination',
  'IdeaMine.RateLimit': 'rate-limit',
  'IdeaMine.Unknown': 'unknown',

  // Trying again cannot help: the input, the rights or the money would have to change first.
  'IdeaMine.BadInput': 'never',
  'IdeaMine.Authentication': 'never',
  'IdeaMine.Budget': 'never',
  'IdeaMine.StructureMismatch': 'never',
  'IdeaMine.ToolDenied': 'never',
  // A model that refuses refuses the same again, and is paid for it.
  'IdeaMine.ModelRefused': 'never',
  'IdeaMine.AgentBroken': 'never',
  'IdeaMine.UnknownAgent': 'never',
  'IdeaMine.UnknownArtifact': 'never',
  'IdeaMine.MissingArtifact': 'never',
  'IdeaMine.EffectUnknown': 'never',
  'IdeaMine.Misconfigured': 'never',
  'IdeaMine.UnknownContract': 'never',
  'IdeaMine.BadMessage': 'never',
  'IdeaMine.Corrupt': 'never',
  'IdeaMine.Unsupported': 'never',
};

/** What nobody gave a class is unknown. */
export function classify(code: string): ErrorClass {
  return Object.hasOwn(classOfCode, code) ? (classOfCode[code] as ErrorClass) : 'unknown';
}
