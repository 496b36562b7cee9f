import { z } from 'zod';
import { claims } from '../../core/artifacts/claim.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes what users, operators and callers of the API read. */
export const documentation = defineAgent({
  id: 'documentation',
  title: 'Documentation',
  workerClass: 'models',
  reads: ['ReleaseNotes', 'RepoManifest', 'BusinessPlan', 'TestReport', 'DeploymentPlan'],
  makes: ['Documentation'],
  async run(ctx) {
    const sections = [];
    for (const [number, { id, title, about, sources }] of SECTIONS.entries()) {
      const { body } = await draftStep(ctx, {
        artifact: 'Documentation',
        about,
        fields: z.strictObject({ body: claims(about, 8) }),
        sources,
      });
      sections.push({ id, title, body });
      await ctx.progress((number + 1) / (SECTIONS.length + 1));
    }
    const { endpoints, commands } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const reference = await ctx.step('write the reference', () => ({
      endpoints: endpoints.map(({ operationId, method, path, summary }) => ({
        operationId,
        method,
        path,
        text: `${summary}. Call it with ${method} ${path} and a bearer token.`,
      })),
      commands: commands.map(({ command, purpose }) => ({ command, text: purpose })),
    }));
    return { artifacts: { Documentation: { sections, ...reference } } };
  },
});

const SECTIONS = [
  {
    id: 'overview',
    title: 'What it is',
    about: 'summary, highlights, segments',
    sources: ['ReleaseNotes', 'BusinessPlan'],
  },
  { id: 'users', title: 'For users', about: 'stories, entries: title of what users can do', sources: ['TestReport'] },
  {
    id: 'operators',
    title: 'For operators',
    about: 'steps, prerequisites, health checks, action, check',
    sources: ['DeploymentPlan'],
  },
  { id: 'limits', title: 'Known limits', about: 'known limits, not verified, not run', sources: ['ReleaseNotes'] },
] as const;
