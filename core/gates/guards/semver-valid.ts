import { isSemver } from '../../dossier/semver.ts';
import { contentOf } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';

/** Release notes and deployment plan name the same semantic version. */
export const semverValid: Guard = {
  id: 'semver-valid',
  parameters: [],
  check(evidence) {
    const version = contentOf<{ version: unknown }>(evidence, 'ReleaseNotes')?.version;
    if (typeof version !== 'string' || !isSemver(version)) {
      const found = JSON.stringify(version ?? null);
      return broken(found, 'a semantic version', [{ kind: 'other', text: `the release's version is ${found}` }]);
    }
    const planned = contentOf<{ version: unknown }>(evidence, 'DeploymentPlan')?.version;
    if (planned === undefined || planned === version) return held(`version ${version}`);
    const text = `release notes say version ${version}, the deployment plan ${JSON.stringify(planned)}`;
    return broken(String(planned), version, [{ kind: 'contradiction', text }]);
  },
};
