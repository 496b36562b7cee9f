import type { PRD } from '../../core/artifacts/prd.ts';
import type { RiskRegister } from '../../core/artifacts/risk-register.ts';
import { securityControls } from '../domain/controls.ts';
import { citing } from '../drafting/citing.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Chooses security controls, says what asks for each, and which risks they answer. */
export const securityArchitect = defineAgent({
  id: 'security-architect',
  title: 'Security architecture',
  workerClass: 'models',
  prompt: 'security-architect.md',
  reads: ['PRD', 'RiskRegister'],
  makes: ['ArchitectureDoc'],
  async run(ctx) {
    const { nfrs } = ctx.input.artifact<PRD>('PRD');
    const { risks } = ctx.input.artifact<RiskRegister>('RiskRegister');
    const qualities = nfrs.map(({ statement }, at) => citing('PRD', `/nfrs/${at}/statement`, statement));
    const threatened = risks.map(({ statement }, at) => citing('RiskRegister', `/risks/${at}/statement`, statement));
    const controls = await ctx.step('choose controls', () => securityControls([...qualities, ...threatened]));
    await ctx.progress(0.5);
    const answersOf = await ctx.step('match risks', () =>
      threatened.map((risk) =>
        securityControls([risk]).flatMap(({ id, basis }) => (basis.cites.length > 0 ? [id] : [])),
      ),
    );
    const threats = risks.flatMap(({ id, impact }, at) => {
      const answers = answersOf[at] ?? [];
      const statement = threatened[at];
      return answers.length === 0 || statement === undefined
        ? []
        : [{ risk: id, statement, controls: answers, severity: impact }];
    });
    return { artifacts: { ArchitectureDoc: { controls, threats } } };
  },
});
