import { describe, expect, it } from '@jest/globals';
import { whereImplemented } from '../../../agents/domain/control-evidence.ts';
import { securityControls } from '../../../agents/domain/controls.ts';
import { cycloneDx } from '../../../agents/domain/cyclone-dx.ts';
import { declaredDependencies } from '../../../agents/domain/declared-dependencies.ts';
import { canaryRules, planDeployment, planRollback } from '../../../agents/domain/deployment.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { vocabularyOf } from '../../../agents/domain/vocabulary.ts';
import { operationsIn } from '../../../agents/generator/openapi-operations.ts';
import type { ImplementedStory } from '../../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../../core/artifacts/measured.ts';
import type { OpenAPI } from '../../../core/artifacts/openapi.ts';
import type { RepoManifest } from '../../../core/artifacts/repo-manifest.ts';
import { sbomSchema } from '../../../core/artifacts/sbom.ts';
import type { SourceCode } from '../../../core/artifacts/source-code.ts';

await loadGrammar();

function codeWith(path: string, text: string): SourceCode {
  return {
    parts: { backend: { language: 'TypeScript', files: [{ path, text, serves: [] }] } },
  } as unknown as SourceCode;
}

describe('declared dependencies', () => {
  it('are those of the manifest, by name', () => {
    const manifest = { dependencies: { zod: '4.0.0' }, devDependencies: { '@types/node': '24.0.0' } };
    expect(declaredDependencies(codeWith('package.json', JSON.stringify(manifest)))).toEqual([
      { name: '@types/node', range: '24.0.0', isRuntime: false },
      { name: 'zod', range: '4.0.0', isRuntime: true },
    ]);
  });

  it('need a manifest that can be read', () => {
    expect(() => declaredDependencies(codeWith('a.ts', ''))).toThrow('expected a package.json, found none');
    expect(() => declaredDependencies(codeWith('package.json', '{'))).toThrow('expected JSON');
  });

  it('become a CycloneDX document', () => {
    const document = cycloneDx('service', '1.0.0', [{ name: '@types/node', range: '^24', isRuntime: false }]);
    expect(sbomSchema.shape.document.safeParse(document).error).toBeUndefined();
    expect(document.components[0]).toMatchObject({ purl: 'pkg:npm/%40types/node@%5E24', scope: 'optional' });
    expect(document.dependencies[0]?.dependsOn).toEqual(['pkg:npm/%40types/node@%5E24']);
  });
});

describe('security controls', () => {
  it('rest on the first statement that asks for them, or on none', () => {
    const asked = { text: 'Addresses are visible to the coordinator only.', cites: [] };
    const controls = securityControls([{ text: 'Pages load fast.', cites: [] }, asked]);
    expect(controls.length).toBeGreaterThanOrEqual(5);
    expect(controls.find(({ name }) => name === 'access control')?.basis).toBe(asked);
    expect(controls.find(({ name }) => name === 'validated input')?.basis.text).toBe('UNKNOWN');
  });

  it('are looked for in the code', () => {
    const controls = securityControls([]);
    const found = whereImplemented(controls, [
      { path: 'a.ts', text: 'if (!timingSafeEqual(a, b)) refuse();', serves: [] },
    ]);
    expect(found.filter(({ evidence }) => evidence.length > 0)).toEqual([
      { control: 'SC2', name: 'authentication', evidence: ['a.ts'] },
    ]);
  });
});

describe('deployment and rollback', () => {
  const manifest = {
    commit: unmeasured('no git'),
    commands: [{ command: 'npm start', purpose: 'starts' }],
  } as unknown as RepoManifest;
  const rules = canaryRules();
  const plan = planDeployment('1.0.0', manifest, rules);

  it('use only commands the project has, and say which conditions are not met', () => {
    expect(plan.steps.flatMap(({ command }) => (command === '' ? [] : [command]))).toEqual(['npm start']);
    expect(plan.prerequisites[0]?.met).toBe('no');
    expect(plan.steps.map(({ id }) => id)).toEqual(plan.steps.map((_, at) => `D${at + 1}`));
  });

  it('undo the last step first, and only steps of the plan', () => {
    const { steps, triggers } = planRollback(plan, rules);
    const places = steps.map(({ undoes }) => plan.steps.findIndex(({ id }) => id === undoes));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(triggers).toHaveLength(rules.rules.filter(({ onBreach }) => onBreach === 'rollback').length);
  });
});

describe('the vocabulary', () => {
  it('is what at least two stories name', () => {
    const story = (id: string, text: string) =>
      ({ story: id, title: { text, cites: [] } }) as unknown as ImplementedStory;
    const stories = [story('S1', 'A member can reserve a tool.'), story('S2', 'A volunteer can repair a tool.')];
    expect(vocabularyOf(stories)).toEqual([{ term: 'tool', stories: ['S1', 'S2'] }]);
  });
});

describe('listing operations', () => {
  it('tells what each does from its method and path', () => {
    const operation = (operationId: string) => ({
      operationId,
      summary: '',
      tags: ['Tool'],
      parameters: [],
      responses: {},
      'x-stories': [],
    });
    const paths = {
      '/tools': { get: operation('list'), post: operation('create') },
      '/tools/{id}': { get: operation('read'), patch: operation('update'), delete: operation('remove') },
    };
    expect(operationsIn({ paths } as unknown as OpenAPI).map(({ operationId, kind }) => [operationId, kind])).toEqual(
      ['list', 'create', 'read', 'update', 'remove'].map((kind) => [kind, kind]),
    );
  });
});
