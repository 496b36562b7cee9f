import type { Invariant } from './invariant.ts';

export const needsComeFirst: Invariant = {
  id: 'needs-come-first',
  says: 'a task is planned only with artifacts that were handed on',
  kinds: ['TASK'],
  onChange({ before, after }, view) {
    if (before !== undefined || after === undefined) return undefined;
    for (const [type, ref] of Object.entries(after.inputs as Record<string, { sha256: string }>)) {
      const artifact = view.data.get(`${after.pk}|ARTIFACT#${type}`);
      if (artifact?.sha256 !== ref.sha256) return `it reads ${type}, which is not on record as such`;
      const maker = view.data.get(`${after.pk}|PHASE#${artifact.phase}`);
      if (maker?.status !== 'handed-on') return `it reads ${type} of ${artifact.phase}, which is ${maker?.status}`;
    }
    return undefined;
  },
};
