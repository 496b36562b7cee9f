// The agents of this project. Each reads what it declares and makes fields of the artifacts it declares; what costs, waits or
// leaves the process goes through `ctx`, so that a killed task goes on where it was.

import { type Agent, defineAgent, draftStep, ideaSpecSchema } from 'ideamine/agents';

/** Asks the model of its tier for the core of the idea. Every statement must cite the idea. */
const pitch = defineAgent({
  id: 'pitch',
  title: 'Pitch',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['IdeaSpec'],
  async run(ctx) {
    const core = await draftStep(ctx, {
      artifact: 'IdeaSpec',
      about: 'what it is, for whom, and why',
      fields: ideaSpecSchema.pick({ title: true, description: true, problem: true, targetUsers: true }),
      sources: ['Idea'],
    });
    return { artifacts: { IdeaSpec: core } };
  },
});

const LIMIT = /\b(?:within|before|by the end of|at most|no more than)\b[^.!?\n]*/gi;

/** Finds deadlines and ceilings without a model: the same idea always gives the same list. */
const deadlines = defineAgent({
  id: 'deadlines',
  title: 'Deadlines',
  workerClass: 'tools',
  reads: ['Idea'],
  makes: ['ConstraintsList'],
  async run(ctx) {
    const { idea } = ctx.input;
    const constraints = await ctx.step('find limits', () =>
      [...idea.matchAll(LIMIT)].map((found, at) => ({
        id: `C${at + 1}`,
        category: /\d|month|week|season/i.test(found[0]) ? 'time' : 'unknown',
        statement: {
          text: found[0],
          cites: [{ source: 'Idea', pointer: '', start: found.index, end: found.index + found[0].length }],
        },
      })),
    );
    return { artifacts: { ConstraintsList: { constraints } } };
  },
});

export const agents: readonly Agent[] = [pitch, deadlines];
