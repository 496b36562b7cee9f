import type { IdeationResult } from '../../core/artifacts/ideation-result.ts';
import { riskRegisterSchema } from '../../core/artifacts/risk-register.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { namesUser } from '../drafting/users.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Registers what may go wrong, with what the sources say of likelihood, impact and mitigation. */
export const riskAnalysis = defineAgent({
  id: 'risk-analysis',
  title: 'Risk analysis',
  workerClass: 'models',
  prompt: 'risk-analysis.md',
  reads: ['IdeationResult', 'Idea'],
  makes: ['RiskRegister'],
  prepare: loadGrammar,
  async run(ctx) {
    const register = await draftStep(ctx, {
      artifact: 'RiskRegister',
      about: 'risks',
      fields: riskRegisterSchema,
      sources: ['Idea', 'IdeationResult'],
    });
    const { personas } = ctx.input.artifact<IdeationResult>('IdeationResult');
    const users = personas.map(({ who }) => who);
    // What words alone do not place, but is about a user of the product, threatens from that side.
    const risks = register.risks.map((risk) =>
      risk.category === 'unknown' && namesUser(risk.statement.text, users)
        ? { ...risk, category: 'user' as const }
        : risk,
    );
    return { artifacts: { RiskRegister: { risks } } };
  },
});
