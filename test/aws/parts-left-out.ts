// Parts of the app that an endpoint has no service for. They are left out by context there; everything else is deployed as
// on AWS.

export interface LeftOut {
  readonly context: string;
  readonly why: string;
  /** What covers the part instead. */
  readonly coveredBy: string;
}

export const LEFT_OUT_ON_MINISTACK: readonly LeftOut[] = [
  {
    context: 'tools=off',
    why: 'CodeBuild accepts a build and never runs it, so every tool says unmeasured',
    coveredBy: 'test/local',
  },
  {
    context: 'archive=off',
    why: 'a stack with an AWS::Events::Archive is refused',
    coveredBy: 'test/infra/stack.test.ts',
  },
  {
    context: 'observability=off',
    why: 'an alarm on a formula over metrics is refused',
    coveredBy: 'test/infra/stack.test.ts',
  },
];
