// Why recorded cases fail here, for the document: by the case's id and, where one case can fail in two ways, by the level
// it fails at. The runner does not read this while it runs a case, and the engine knows no case.

import type { Result } from './case.ts';

export type Level = 'outcome' | 'cause' | 'history' | 'ids';

interface KnownFailure {
  readonly id: RegExp;
  readonly level: Level;
  readonly why: string;
}

const KNOWN: readonly KnownFailure[] = [
  {
    id: /^scenarios\/.*::test_map_(state_|item_reader_)/,
    level: 'ids',
    why: 'Recorded until June 2024, when the exit of a distributed Map followed the end of its Map run; the recordings from November 2024 on have it follow the start, as is done here.',
  },
  {
    id: /with_retry_extended_input#get_execution_history$/,
    level: 'history',
    why: 'The recording is older than the member `RedriveCount` of the context object.',
  },
  {
    id: /test_lambda_service_invoke_sync_execution#start_execution_sync_response$/,
    level: 'cause',
    why: "`Content-Length` counts a function's answer with the spaces that Python writes into JSON; the file holds the value, not its bytes.",
  },
  {
    id: /test_service_lambda_map_timeout/,
    level: 'ids',
    why: 'Iterations that time out at the same moment are recorded in an order of chance (here the third before the second).',
  },
  {
    id: /::(test_activity_task_failure|test_retry|test_sqs_wait_for_task_token_task_failure|test_lambda_service_invoke_sync_execution|test_step_functions_calling_api_gateway)#api$/,
    level: 'outcome',
    why: 'The conversation needs what its file does not hold: a Lambda function, a worker that answers for an activity or a queue, or a deployed stack.',
  },
];

/** Undefined when nobody has said why: a new failure. */
export function whyOf(result: Result, level: Level): string | undefined {
  return KNOWN.find((known) => known.level === level && known.id.test(result.id))?.why;
}
