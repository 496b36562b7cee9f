import type { Invariant } from './invariant.ts';

export const noTokenIsHeld: Invariant = {
  id: 'no-token-is-held',
  says: 'no task token is kept after the run has ended',
  atEnd: (end) => [
    ...end
      .of('TASK')
      .filter(({ token, gsi1pk }) => token !== undefined || gsi1pk !== undefined)
      .map((row) => `${row.sk} (${row.status}) still holds a token`),
    ...end
      .of('PHASE')
      .filter(({ approvalToken, status }) => approvalToken !== undefined && status !== 'waiting')
      .map((row) => `${row.sk} still holds the token of a decision`),
  ],
};
