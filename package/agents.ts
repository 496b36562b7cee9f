// `ideamine/agents`: what an agent of one's own is made of. It loads nothing of the CDK, so that it can be bundled into a worker.

export { draftStep } from '../agents/drafting/draft-step.ts';
export { type Agent, type AgentResult, defineAgent } from '../agents/sdk/agent.ts';
export type { AgentContext, DraftRequest } from '../agents/sdk/context.ts';
export { answerWithTools, type ToolLoop } from '../agents/sdk/tool-loop.ts';
export { claim, claims, unknownClaim } from '../core/artifacts/claim.ts';
export { constraintsListSchema } from '../core/artifacts/constraints-list.ts';
export { ideaSpecSchema } from '../core/artifacts/idea-spec.ts';
