// The parts of the system that a data model and its stories ask for, and four diagrams of them in Mermaid.

import type { ArchitectureDoc } from '../../core/artifacts/architecture-doc.ts';
import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { UserStory } from '../../core/artifacts/user-stories.ts';
import { countPhrases, spoken } from '../text/terms.ts';
import { camel } from './names.ts';
import type { PlannedOperation } from './operations.ts';
import { readStory } from './story-reading.ts';

type Component = ArchitectureDoc['components'][number];
type Diagram = ArchitectureDoc['diagrams'][number];

const SENDS = [
  'reminder',
  'reminders',
  'message',
  'messages',
  'notify',
  'notification',
  'warn',
  'email',
  'e-mail',
  'sms',
  'text message',
];
const SCHEDULED = [
  'every',
  'days before',
  'after',
  'morning',
  'daily',
  'expire',
  'within',
  'nightly',
  'due',
  'overdue',
];
const EXPORTS = ['export', 'csv', 'spreadsheet', 'pdf', 'report'];

export function componentsOf(model: DataModel, stories: readonly UserStory[]): Component[] {
  const entities = model.entities.map(({ name }) => spoken(name)).join(', ');
  const asked = (phrases: readonly string[]) =>
    stories.filter(({ want }) => countPhrases(want.text, phrases) > 0).map(({ id }) => id);
  const senders = asked(SENDS);
  const timed = senders.length > 0 ? asked(SCHEDULED) : [];
  const exports = asked(EXPORTS);
  const optional: Component[] = [
    ...(senders.length > 0
      ? [{ name: 'notifier', purpose: `sends what ${senders.join(', ')} ask for`, dependsOn: ['database'] }]
      : []),
    ...(timed.length > 0
      ? [{ name: 'scheduler', purpose: `starts what ${timed.join(', ')} ask for in time`, dependsOn: ['service'] }]
      : []),
    ...(exports.length > 0
      ? [{ name: 'exporter', purpose: `writes the files of ${exports.join(', ')}`, dependsOn: ['database'] }]
      : []),
  ];
  const called = optional.map(({ name }) => name).filter((name) => name !== 'scheduler');
  return [
    { name: 'web-client', purpose: 'the pages that users see', dependsOn: ['service'] },
    {
      name: 'service',
      purpose: `answers the API for ${entities || 'no entity yet'}`,
      dependsOn: ['database', ...called],
    },
    { name: 'database', purpose: `keeps ${entities || 'nothing yet'}`, dependsOn: [] },
    ...optional,
  ];
}

export function diagramsOf(
  components: readonly Component[],
  model: DataModel,
  stories: readonly UserStory[],
  operations: readonly PlannedOperation[],
): Diagram[] {
  return [
    { kind: 'context', title: 'Users and the system', mermaid: contextDiagram(stories) },
    { kind: 'container', title: 'Parts of the system', mermaid: containerDiagram(components) },
    { kind: 'data', title: 'Entities and relations', mermaid: dataDiagram(model) },
    { kind: 'sequence', title: 'The first operation a story uses', mermaid: sequenceDiagram(operations) },
  ];
}

function contextDiagram(stories: readonly UserStory[]): string {
  const actors = [...new Set(stories.map(({ want }) => readStory(want.text).actor).filter((actor) => actor !== ''))];
  return [
    'flowchart LR',
    '  system[The system]',
    ...actors.map((actor) => `  ${camel(actor)}Actor((${actor})) --> system`),
  ].join('\n');
}

function containerDiagram(components: readonly Component[]): string {
  const nodes = components.map(({ name }) => `  ${camel(name)}[${name}]`);
  const edges = components.flatMap(({ name, dependsOn }) =>
    dependsOn.map((other) => `  ${camel(name)} --> ${camel(other)}`),
  );
  return ['flowchart TD', ...nodes, ...edges].join('\n');
}

function dataDiagram({ entities, relations }: DataModel): string {
  const boxes = entities.map(({ name, fields }) =>
    [`  ${name} {`, ...fields.map(({ name: field, type }) => `    ${type} ${field}`), '  }'].join('\n'),
  );
  const lines = relations.map(
    ({ from, to, kind, field }) => `  ${from} ${kind === 'one-to-one' ? '||' : '}o'}--|| ${to} : ${field}`,
  );
  return ['erDiagram', ...boxes, ...lines].join('\n');
}

function sequenceDiagram(operations: readonly PlannedOperation[]): string {
  const first = operations.find(({ stories }) => stories.length > 0) ?? operations[0];
  const steps =
    first === undefined
      ? []
      : [
          `  webClient->>service: ${first.method.toUpperCase()} ${first.path}`,
          `  service->>database: ${first.operationId}`,
          '  database-->>service: rows',
          '  service-->>webClient: JSON',
        ];
  return [
    'sequenceDiagram',
    '  participant webClient',
    '  participant service',
    '  participant database',
    ...steps,
  ].join('\n');
}
