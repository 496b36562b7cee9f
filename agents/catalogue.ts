// The agents a pipeline may name, one file each under catalogue/.

import { agents as ownAgents } from '#own-agents';
import { BadInput } from '../core/errors.ts';
import { accessibility } from './catalogue/accessibility.ts';
import { analytics } from './catalogue/analytics.ts';
import { animation } from './catalogue/animation.ts';
import { apiDesign } from './catalogue/api-design.ts';
import { architecture } from './catalogue/architecture.ts';
import { assumptionChallenger } from './catalogue/assumption-challenger.ts';
import { backend } from './catalogue/backend.ts';
import { branding } from './catalogue/branding.ts';
import { businessModel } from './catalogue/business-model.ts';
import { changelog } from './catalogue/changelog.ts';
import { compatibility } from './catalogue/compatibility.ts';
import { competitive } from './catalogue/competitive.ts';
import { constraints } from './catalogue/constraints.ts';
import { critique } from './catalogue/critique.ts';
import { dast } from './catalogue/dast.ts';
import { dataModel } from './catalogue/data-model.ts';
import { database } from './catalogue/database.ts';
import { dependency } from './catalogue/dependency.ts';
import { deploy } from './catalogue/deploy.ts';
import { deployment } from './catalogue/deployment.ts';
import { documentation } from './catalogue/documentation.ts';
import { e2eTest } from './catalogue/e2e-test.ts';
import { feedback } from './catalogue/feedback.ts';
import { frontend } from './catalogue/frontend.ts';
import { gtm } from './catalogue/gtm.ts';
import { infrastructure } from './catalogue/infrastructure.ts';
import { intake } from './catalogue/intake.ts';
import { integration } from './catalogue/integration.ts';
import { loadTest } from './catalogue/load-test.ts';
import { metrics } from './catalogue/metrics.ts';
import { monitor } from './catalogue/monitor.ts';
import { nfrs } from './catalogue/nfrs.ts';
import { performance } from './catalogue/performance.ts';
import { persona } from './catalogue/persona.ts';
import { prdWriter } from './catalogue/prd-writer.ts';
import { pricing } from './catalogue/pricing.ts';
import { releaseNotes } from './catalogue/release-notes.ts';
import { requirements } from './catalogue/requirements.ts';
import { responsive } from './catalogue/responsive.ts';
import { riskAnalysis } from './catalogue/risk-analysis.ts';
import { sast } from './catalogue/sast.ts';
import { sbom } from './catalogue/sbom.ts';
import { secrets } from './catalogue/secrets.ts';
import { securityArchitect } from './catalogue/security-architect.ts';
import { storyCutter } from './catalogue/story-cutter.ts';
import { storyImplementer } from './catalogue/story-implementer.ts';
import { storyTester } from './catalogue/story-tester.ts';
import { storyValidator } from './catalogue/story-validator.ts';
import { strategy } from './catalogue/strategy.ts';
import { techStack } from './catalogue/tech-stack.ts';
import { test } from './catalogue/test.ts';
import { traceMatrix } from './catalogue/trace-matrix.ts';
import { uiPolish } from './catalogue/ui-polish.ts';
import { uxFlow } from './catalogue/ux-flow.ts';
import { clarifyAnswer } from './clarification/answer.ts';
import { clarifyQuestion } from './clarification/question.ts';
import { clarifyValidation } from './clarification/validation.ts';
import { judge } from './judging/judge.ts';
import type { Agent } from './sdk/agent.ts';

export const everyAgent: readonly Agent[] = [
  ...[intake, constraints, requirements],
  ...[strategy, competitive, techStack, persona],
  ...[critique, riskAnalysis, assumptionChallenger],
  ...[storyCutter, prdWriter, uxFlow, nfrs, traceMatrix],
  ...[businessModel, pricing, gtm, metrics],
  ...[architecture, dataModel, apiDesign, infrastructure, securityArchitect],
  ...[frontend, backend, database, integration, test],
  ...[sast, dast, dependency, secrets, sbom],
  ...[storyImplementer, storyTester, storyValidator],
  ...[e2eTest, performance, loadTest, accessibility, compatibility],
  ...[uiPolish, branding, animation, responsive],
  ...[releaseNotes, deployment, documentation, changelog],
  ...[deploy, monitor, feedback, analytics],
  ...ownAgents,
];

/** Work in every phase, whatever its pipeline names. */
const standing: readonly Agent[] = [clarifyQuestion, clarifyAnswer, clarifyValidation, judge];

const byId = new Map([...everyAgent, ...standing].map((agent) => [agent.id, agent]));

/** In the order of the built-in pipeline. */
export const agentIds: readonly string[] = everyAgent.map(({ id }) => id);

/** @throws BadInput when the catalogue has no agent of this id. */
export function findAgent(id: string): Agent {
  const agent = byId.get(id);
  if (agent === undefined) throw new BadInput(`expected an agent of the catalogue, found ${id}`);
  return agent;
}
