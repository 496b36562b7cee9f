// Words: ids, titles, artifact types, versions, and words from a vocabulary that a rule checks later.

import { leaf, textOf, type Vocabulary, wrongType } from './leaf.ts';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const SEMVER = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
/** A phase id becomes a state's name (80 characters at most in Step Functions) with words beside it. */
const MAX_ID = 48;

function word(expected: string, pattern: RegExp, most: number, vocabulary?: Vocabulary) {
  return leaf({
    expected,
    ...(vocabulary === undefined ? {} : { vocabulary }),
    schema: { type: 'string', pattern: pattern.source, maxLength: most },
    read(scalar) {
      if (typeof scalar !== 'string') return wrongType;
      return pattern.test(scalar) && scalar.length <= most ? { value: scalar } : wrongType;
    },
  });
}

const kebabExpected = `a name of small letters, digits and hyphens, at most ${MAX_ID} long`;

export const id = word(kebabExpected, KEBAB, MAX_ID);
export const agentId = word(`the id of an agent (${kebabExpected})`, KEBAB, MAX_ID, 'agent');
export const toolName = word(`the name of a tool (${kebabExpected})`, KEBAB, MAX_ID, 'tool');
export const providerId = word(`the id of a model provider (${kebabExpected})`, KEBAB, MAX_ID, 'provider');
export const criterionId = word(`the id of a criterion (${kebabExpected})`, KEBAB, MAX_ID, 'criterion');
export const guardId = word(`the id of a guard (${kebabExpected})`, KEBAB, MAX_ID, 'guard');
export const artifactType = word('an artifact type such as IdeaSpec', PASCAL, 64, 'artifactType');
export const title = word('a title of one line, at most 80 characters', /^\S(.*\S)?$/, 80);
export const modelName = word('the name of a model', /^[\w][\w.:/@-]*$/, 128);

export const version = leaf({
  expected: 'a version such as 1.0.0',
  schema: { type: 'string', pattern: SEMVER.source },
  read(scalar) {
    const text = textOf(scalar);
    return text !== null && SEMVER.test(text) ? { value: text } : wrongType;
  },
});

/** `Artifact.path.to.list`. */
export const listPath = leaf({
  expected: 'a list inside an artifact, such as UserStories.stories',
  schema: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)+$' },
  read(scalar) {
    const fits = typeof scalar === 'string' && /^[A-Z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/.test(scalar);
    return fits ? { value: scalar } : wrongType;
  },
});
