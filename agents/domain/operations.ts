// From the data model and the stories to the operations an API needs: for every entity to make, list and read one;
// to change or remove one where a story does. Each operation knows the stories it serves.

import type { DataModel, Entity } from '../../core/artifacts/data-model.ts';
import { type BareStory, entityFor, madeBy } from './entities.ts';
import { pascal } from './names.ts';
import { readStory } from './story-reading.ts';
import type { VerbKind } from './verbs.ts';

type OperationKind = VerbKind | 'read';

export interface PlannedOperation {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly entity: Entity;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly stories: readonly string[];
}

const ALWAYS: readonly OperationKind[] = ['list', 'create', 'read'];
const ORDER: readonly OperationKind[] = ['list', 'create', 'read', 'update', 'remove'];
const METHOD = { list: 'get', create: 'post', read: 'get', update: 'patch', remove: 'delete' } as const;
const ID_VERB = { list: 'list', create: 'create', read: 'get', update: 'update', remove: 'delete' } as const;

export function planOperations(
  model: DataModel,
  { stories }: { readonly stories: readonly BareStory[] },
): PlannedOperation[] {
  const uses = stories.flatMap(({ id, want }) => usesOf(want.text, model).map((use) => ({ ...use, story: id })));
  return model.entities.flatMap((entity) =>
    ORDER.flatMap((kind): PlannedOperation[] => {
      const served = uses
        .filter((use) => use.entity.name === entity.name && use.kind === kind)
        .map(({ story }) => story);
      if (served.length === 0 && !ALWAYS.includes(kind)) return [];
      return [operationOf(entity, kind, [...new Set(served)])];
    }),
  );
}

function operationOf(entity: Entity, kind: OperationKind, stories: readonly string[]): PlannedOperation {
  const isOfMany = kind === 'list' || kind === 'create';
  return {
    operationId: `${ID_VERB[kind]}${pascal(kind === 'list' ? entity.plural : entity.name)}`,
    kind,
    entity,
    method: METHOD[kind],
    path: isOfMany ? `/${entity.plural}` : `/${entity.plural}/{id}`,
    stories,
  };
}

interface Use {
  readonly entity: Entity;
  readonly kind: OperationKind;
}

/**
 * What one story asks of the API: an operation for each action on an entity; a verb that is named like an entity makes
 * one (`reserve a tool` creates a reservation). A story without such an action reads the first entity it names.
 */
function usesOf(sentence: string, model: DataModel): Use[] {
  const { actions, things } = readStory(sentence);
  const uses = actions.flatMap(({ verb, kind, object }): Use[] => {
    const entity = entityFor(
      madeBy(
        verb,
        kind,
        object,
        model.entities.map(({ name }) => name),
      ),
      model,
    );
    return entity === undefined ? [] : [{ entity, kind }];
  });
  if (uses.length > 0) return uses;
  const named = things.flatMap((thing) => entityFor(thing, model) ?? []);
  return named[0] === undefined ? [] : [{ entity: named[0], kind: 'list' }];
}
