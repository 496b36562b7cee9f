import { riskRegisterSchema } from '../../core/artifacts/risk-register.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Registers what may go wrong, with what the sources say of likelihood, impact and mitigation. */
export const riskAnalysis = defineAgent({
  id: 'risk-analysis',
  title: 'Risk analysis',
  workerClass: 'models',
  reads: ['IdeationResult', 'Idea'],
  makes: ['RiskRegister'],
  async run(ctx) {
    const register = await draftStep(ctx, {
      artifact: 'RiskRegister',
      about: 'risks',
      fields: riskRegisterSchema,
      sources: ['Idea', 'IdeationResult'],
    });
    return { artifacts: { RiskRegister: register } };
  },
});
