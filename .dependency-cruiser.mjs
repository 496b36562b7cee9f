// The import table of the house: which room may import which. docs/architecture.md shows the same table.

const rooms = {
  core: [],
  agents: ['core'],
  store: ['core'],
  lambdas: ['core', 'agents', 'store'],
  statemachines: ['core'],
  infra: ['statemachines', 'core'],
  local: [],
  cli: ['core', 'agents', 'store', 'lambdas', 'statemachines', 'local'],
  simulator: ['core', 'agents', 'store', 'lambdas', 'statemachines', 'local', 'cli'],
  package: ['core', 'agents', 'store', 'lambdas', 'statemachines', 'local', 'infra', 'cli'],
  bench: ['core', 'agents', 'store', 'lambdas', 'statemachines', 'local', 'cli', 'simulator'],
};

const rules = Object.entries(rooms).map(([room, may]) => ({
  name: `${room}-imports`,
  comment: `${room}/ may import ${may.length > 0 ? may.join(', ') : 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: `^(${Object.keys(rooms).concat('test').join('|')})/`,
    pathNot: `^(${[room, ...may].join('|')})/`,
  },
}));

export default {
  forbidden: [
    ...rules,
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'core-is-pure',
      comment: 'core/ does no I/O and reads no clock: of Node it may use crypto only',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'core-has-no-sdk',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '@aws-sdk|@smithy|aws-cdk' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|cdk[.]out|coverage|[.]ideamine|build|package/template)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
