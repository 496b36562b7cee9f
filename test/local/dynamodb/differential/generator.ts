// Random DynamoDB requests over small tables: few keys and few attributes, so that operations meet each other.
// Deterministic by seed. `limits` keeps away from what an oracle is known to get wrong.

export interface Limits {
  /** Operands of every type, paths compared with paths, NOT NOT, pages; without it the parts of an item an update names. */
  readonly deep: boolean;
  readonly transactions: boolean;
}

export interface RandomOperation {
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
  readonly input: any;
  /** Items come in no defined order. */
  readonly unordered?: boolean;
}

export interface TableShape {
  readonly name: string;
  readonly range: 'S' | 'N' | 'B' | undefined;
}

export const SHAPES: readonly TableShape[] = [
  { name: 'texts', range: 'S' },
  { name: 'numbers', range: 'N' },
  { name: 'bytes', range: 'B' },
  { name: 'plain', range: undefined },
];

const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
const key = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];

export function createTableInput({ name, range }: TableShape): object {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: key('pk', range === undefined ? undefined : 'sk'),
    AttributeDefinitions: [
      attribute('pk', 'S'),
      ...(range === undefined ? [] : [attribute('sk', range)]),
      attribute('g', 'S'),
      attribute('h', 'N'),
    ],
    GlobalSecondaryIndexes: [
      { IndexName: 'all', KeySchema: key('g', 'h'), Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'keys', KeySchema: key('g'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        IndexName: 'some',
        KeySchema: key('h'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'm'] },
      },
    ],
  };
}

type Value = Readonly<Record<string, unknown>>;

/** Small random numbers from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NUMBERS = [
  '0',
  '1',
  '-1',
  '2',
  '10',
  '9',
  '-0.5',
  '3.14',
  '1e3',
  '100',
  '123456789012345678901234567890',
  '-1e-20',
  '1.50',
];
const TEXTS = ['a', 'b', 'ab', 'abc', 'B', 'zeta', 'a b', 'N', 'S'];

export class Generator {
  readonly #random: () => number;
  readonly #limits: Limits;

  constructor(seed: number, limits: Limits) {
    this.#random = randomFrom(seed);
    this.#limits = limits;
  }

  next(): RandomOperation {
    const table = this.#pick(SHAPES);
    const weights: Array<[number, () => RandomOperation]> = [
      [22, () => ({ operation: 'PutItem', input: this.#put(table) })],
      [30, () => ({ operation: 'UpdateItem', input: this.#update(table) })],
      [8, () => ({ operation: 'DeleteItem', input: this.#delete(table) })],
      [8, () => ({ operation: 'GetItem', input: this.#get(table) })],
      [16, () => this.#query(table)],
      [5, () => this.#scan(table)],
      [3, () => ({ operation: 'BatchGetItem', input: this.#batchGet(table), unordered: true })],
      [4, () => ({ operation: 'BatchWriteItem', input: this.#batchWrite(table) })],
      [this.#limits.transactions ? 10 : 0, () => ({ operation: 'TransactWriteItems', input: this.#transactWrite() })],
      [this.#limits.transactions ? 2 : 0, () => ({ operation: 'TransactGetItems', input: this.#transactGet() })],
    ];
    let at = this.#random() * weights.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of weights) {
      at -= weight;
      if (at < 0) return make();
    }
    return this.next();
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #times<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + Math.floor(this.#random() * (most - least + 1)) }, make);
  }

  #key({ range }: TableShape): Record<string, Value> {
    const pk = { S: this.#pick(['p', 'q', 'r']) };
    return range === undefined ? { pk } : { pk, sk: this.#rangeValue(range) };
  }

  #rangeValue(range: string): Value {
    if (range === 'N') return { N: this.#pick(NUMBERS) };
    if (range === 'S') return { S: this.#pick(TEXTS) };
    return { B: new Uint8Array(this.#times(1, 3, () => this.#pick([0, 1, 127, 128, 255]))) };
  }

  #scalar(): Value {
    return this.#pick<() => Value>([
      () => ({ S: this.#pick(TEXTS) }),
      () => ({ N: this.#pick(NUMBERS) }),
      () => ({ BOOL: this.#chance(0.5) }),
      () => ({ NULL: true }),
      () => ({ B: new Uint8Array(this.#times(1, 2, () => this.#pick([1, 200]))) }),
    ])();
  }

  /** A value with an order. */
  #ordered(): Value {
    return this.#chance(0.5) ? { S: this.#pick(TEXTS) } : { N: this.#pick(NUMBERS) };
  }

  #set(): Value {
    const some = (from: readonly string[]) => [...new Set(this.#times(1, 3, () => this.#pick(from)))];
    return this.#chance(0.5) ? { SS: some(['a', 'b', 'c', 'd']) } : { NS: some(['1', '2', '3', '-4']) };
  }

  #value(depth = 0): Value {
    if (depth < 2 && this.#chance(0.12)) return { L: this.#times(0, 3, () => this.#value(depth + 1)) };
    if (depth < 2 && this.#chance(0.12)) return { M: this.#members(depth + 1) };
    return this.#chance(0.2) ? this.#set() : this.#scalar();
  }

  #members(depth: number): Record<string, Value> {
    return Object.fromEntries(this.#times(0, 3, () => [this.#pick(['x', 'y', 'l']), this.#value(depth)]));
  }

  #item(table: TableShape): Record<string, Value> {
    const item: Record<string, Value> = { ...this.#key(table) };
    if (this.#chance(0.7)) item.g = { S: this.#pick(['g1', 'g2']) };
    if (this.#chance(0.7)) item.h = { N: this.#pick(NUMBERS) };
    if (this.#chance(0.03)) item.h = { S: 'not a number' };
    if (this.#chance(0.7)) item.a = this.#scalar();
    if (this.#chance(0.7)) item.n = { N: this.#pick(NUMBERS) };
    if (this.#chance(0.5)) item.ss = this.#set();
    if (this.#chance(0.6)) item.m = { M: this.#members(1) };
    if (this.#chance(0.6)) item.l = { L: this.#times(0, 4, () => this.#value(1)) };
    if (this.#chance(0.3)) item.name = { S: this.#pick(TEXTS) };
    return item;
  }

  /** A document path, and the aliases it needs. */
  #path(): string {
    return this.#pick([
      'a',
      'a',
      'n',
      'n',
      'ss',
      'm',
      'l',
      '#name',
      'm.x',
      'm.y',
      'm.#x',
      'l[0]',
      'l[1]',
      'l[2]',
      'm.l[0]',
      'g',
      'h',
      'zz',
      'pk',
    ]);
  }

  #attributePath(): string {
    return this.#pick(['a', 'n', 'ss', 'm', 'l', '#name', 'm.x', 'm.y', 'l[0]', 'l[1]', 'l[7]', 'm.l', 'zz', 'm.q.r']);
  }

  /** An expression under construction gathers its values. */
  #expression(build: (value: (given: Value) => string) => string) {
    const values: Record<string, Value> = {};
    const text = build((given) => {
      const name = `:v${Object.keys(values).length}`;
      values[name] = given;
      return name;
    });
    const names = Object.fromEntries(
      [
        ['#name', 'name'],
        ['#x', 'x'],
      ].filter(([alias]) => new RegExp(`${alias}\\b`).test(text)),
    );
    return { text, values, names };
  }

  #condition(value: (given: Value) => string, depth = 0): string {
    const again = () => this.#condition(value, depth + 1);
    if (depth < 3 && this.#chance(0.35))
      return this.#pick([
        () => `${again()} AND ${again()}`,
        () => `${again()} OR ${again()}`,
        () => (this.#limits.deep ? `NOT ${again()}` : `NOT (${again()})`),
        () => `(${again()})`,
        () => `(${again()} OR ${again()}) AND ${again()}`,
      ])();
    const operand = () => {
      if (!this.#limits.deep) return value(this.#ordered());
      if (this.#chance(0.2)) return `size(${this.#pick(['ss', 'l', 'm', '#name'])})`;
      return this.#chance(0.25) ? this.#path() : value(this.#value());
    };
    const left = () => (this.#chance(0.1) ? `size(${this.#pick(['ss', 'l', 'm', 'a'])})` : this.#path());
    return this.#pick([
      () => `attribute_exists(${this.#path()})`,
      () => `attribute_not_exists(${this.#path()})`,
      () =>
        `attribute_type(${this.#path()}, ${value({ S: this.#pick(['S', 'N', 'L', 'M', 'SS', 'BOOL', 'NULL', 'B', 'Q']) })})`,
      () => `begins_with(${this.#path()}, ${value({ S: this.#pick(['a', 'ab', 'x']) })})`,
      () => `contains(${this.#path()}, ${value(this.#pick<Value>([{ S: 'a' }, { S: 'b' }, { N: '1' }, { N: '2' }]))})`,
      () => `${left()} ${this.#pick(['=', '<>', '<', '<=', '>', '>='])} ${operand()}`,
      () => `${left()} ${this.#pick(['=', '<', '>'])} ${value({ N: this.#pick(NUMBERS) })}`,
      () => `n BETWEEN ${value({ N: this.#pick(NUMBERS) })} AND ${value({ N: this.#pick(NUMBERS) })}`,
      () => `a BETWEEN ${value({ S: this.#pick(TEXTS) })} AND ${value({ S: this.#pick(TEXTS) })}`,
      () =>
        `${this.#path()} IN (${this.#times(1, 3, () => value(this.#limits.deep ? this.#scalar() : this.#ordered())).join(', ')})`,
    ])();
  }

  #withCondition(input: object, share = 0.5): object {
    if (!this.#chance(share)) return input;
    const { text, values, names } = this.#expression((value) => this.#condition(value));
    return this.#join(input, { ConditionExpression: text }, names, values);
  }

  #join(input: object, more: object, names: object, values: object): object {
    const before = input as { ExpressionAttributeNames?: object };
    const all = { ...before.ExpressionAttributeNames, ...names };
    return {
      ...input,
      ...more,
      ...(Object.keys(all).length === 0 ? {} : { ExpressionAttributeNames: all }),
      ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    };
  }

  #put(table: TableShape): object {
    const ReturnValues = this.#pick([undefined, 'ALL_OLD', 'NONE']);
    return this.#withCondition({ TableName: table.name, Item: this.#item(table), ReturnValues });
  }

  #delete(table: TableShape): object {
    const ReturnValues = this.#pick([undefined, 'ALL_OLD']);
    return this.#withCondition({ TableName: table.name, Key: this.#key(table), ReturnValues });
  }

  #update(table: TableShape): object {
    const { text, values, names } = this.#expression((value) => this.#updateText(value));
    const withCondition = this.#chance(0.3)
      ? this.#expression((value) => this.#condition((given) => value(given)))
      : undefined;
    const ReturnValues = this.#pick([
      undefined,
      'ALL_OLD',
      'ALL_NEW',
      ...(this.#limits.deep ? [] : ['UPDATED_OLD', 'UPDATED_NEW']),
    ]);
    const renamed = withCondition?.text.replace(/:v(\d+)/g, ':c$1');
    const more = Object.fromEntries(
      Object.entries(withCondition?.values ?? {}).map(([name, value]) => [name.replace(':v', ':c'), value]),
    );
    return this.#join(
      { TableName: table.name, Key: this.#key(table), ReturnValues },
      { UpdateExpression: text, ...(renamed === undefined ? {} : { ConditionExpression: renamed }) },
      { ...names, ...withCondition?.names },
      { ...values, ...more },
    );
  }

  #updateText(value: (given: Value) => string): string {
    const operand = () => (this.#chance(0.5) ? this.#attributePath() : value({ N: this.#pick(NUMBERS) }));
    const set = () =>
      this.#pick([
        () => value(this.#value()),
        () => this.#attributePath(),
        () => `${operand()} ${this.#pick(['+', '-'])} ${operand()}`,
        () => `if_not_exists(${this.#attributePath()}, ${value(this.#value())})`,
        () => `if_not_exists(n, ${value({ N: '1' })}) + ${value({ N: '1' })}`,
        () => `list_append(${this.#pick(['l', 'm.l'])}, ${value({ L: [this.#scalar()] })})`,
        () => `list_append(if_not_exists(l, ${value({ L: [] })}), ${value({ L: [this.#scalar()] })})`,
      ])();
    const sections: Array<() => string> = [
      () => `SET ${this.#times(1, 3, () => `${this.#attributePath()} = ${set()}`).join(', ')}`,
      () => `REMOVE ${this.#times(1, 3, () => this.#attributePath()).join(', ')}`,
      () =>
        `ADD ${this.#pick(['n', 'ss', 'zz'])} ${value(this.#chance(0.5) ? { N: this.#pick(NUMBERS) } : this.#set())}`,
      () => `DELETE ${this.#pick(['ss', 'zz'])} ${value(this.#set())}`,
    ];
    sections.push(
      () => `SET g = ${value({ S: this.#pick(['g1', 'g2']) })}, h = ${value({ N: this.#pick(NUMBERS) })}`,
      () => `REMOVE ${this.#pick(['g', 'h', 'g, h'])}`,
    );
    const first = this.#pick(sections);
    return this.#chance(0.3) ? `${first()} ${this.#pick(sections)()}` : first();
  }

  #get(table: TableShape): object {
    const input = { TableName: table.name, Key: this.#key(table), ConsistentRead: this.#chance(0.5) };
    if (!this.#chance(0.5)) return input;
    const { text, names } = this.#expression(() => this.#times(1, 4, () => this.#path()).join(', '));
    return this.#join(input, { ProjectionExpression: text }, names, {});
  }

  #query(table: TableShape): RandomOperation {
    const index = this.#chance(0.5) ? this.#pick(['all', 'keys', 'some']) : undefined;
    const { text, values } = this.#expression((value) => this.#keyCondition(table, index, value));
    const filter = this.#chance(0.3) ? this.#expression((value) => this.#condition(value)) : undefined;
    const more = Object.fromEntries(
      Object.entries(filter?.values ?? {}).map(([name, value]) => [name.replace(':v', ':f'), value]),
    );
    const input = this.#join(
      {
        TableName: table.name,
        ...(index === undefined ? {} : { IndexName: index }),
        ...(this.#chance(0.3) ? { ScanIndexForward: false } : {}),
        ...(this.#chance(0.1) ? { Select: 'COUNT' } : {}),
        ...(index === undefined && this.#limits.deep && this.#chance(0.5) ? { Limit: this.#pick([1, 2, 3, 5]) } : {}),
      },
      {
        KeyConditionExpression: text,
        ...(filter === undefined ? {} : { FilterExpression: filter.text.replace(/:v(\d+)/g, ':f$1') }),
      },
      filter?.names ?? {},
      { ...values, ...more },
    );
    // Entries with equal keys come in no defined order through an index.
    return { operation: 'Query', input, unordered: index !== undefined };
  }

  #keyCondition(table: TableShape, index: string | undefined, value: (given: Value) => string): string {
    if (index === 'some') return `h = ${value({ N: this.#pick(NUMBERS) })}`;
    const hash =
      index === undefined
        ? `pk = ${value({ S: this.#pick(['p', 'q', 'r']) })}`
        : `g = ${value({ S: this.#pick(['g1', 'g2']) })}`;
    const type = index === undefined ? table.range : index === 'all' ? 'N' : undefined;
    if (type === undefined || this.#chance(0.3)) return hash;
    const name = index === undefined ? 'sk' : 'h';
    const one = () => value(this.#rangeValue(type));
    const range = this.#pick([
      () => `${name} ${this.#pick(['=', '<', '<=', '>', '>='])} ${one()}`,
      () => `${one()} ${this.#pick(['<', '>='])} ${name}`,
      () => `${name} BETWEEN ${one()} AND ${one()}`,
      ...(type === 'N' ? [] : [() => `begins_with(${name}, ${one()})`]),
    ])();
    return this.#chance(0.5) ? `${hash} AND ${range}` : `${range} AND ${hash}`;
  }

  #scan(table: TableShape): RandomOperation {
    const index = this.#chance(0.4) ? this.#pick(['all', 'keys', 'some']) : undefined;
    const input = { TableName: table.name, ...(index === undefined ? {} : { IndexName: index }) };
    if (this.#chance(0.4)) return { operation: 'Scan', input, unordered: true };
    const { text, values, names } = this.#expression((value) => this.#condition(value));
    return { operation: 'Scan', input: this.#join(input, { FilterExpression: text }, names, values), unordered: true };
  }

  #batchGet(table: TableShape): object {
    const other = this.#pick(SHAPES);
    const keys = (shape: TableShape) => ({ Keys: this.#times(1, 4, () => this.#key(shape)) });
    return { RequestItems: { [table.name]: keys(table), [other.name]: keys(other) } };
  }

  #batchWrite(table: TableShape): object {
    const write = () =>
      this.#chance(0.6) ? { PutRequest: { Item: this.#item(table) } } : { DeleteRequest: { Key: this.#key(table) } };
    return { RequestItems: { [table.name]: this.#times(1, 5, write) } };
  }

  #transactWrite(): object {
    const action = () => {
      const table = this.#pick(SHAPES);
      const plain = (input: object) => {
        const { ReturnValues: _, ...rest } = input as { ReturnValues?: string };
        return { ...rest, ...(this.#chance(0.3) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}) };
      };
      return this.#pick([
        () => ({ Put: plain(this.#put(table)) }),
        () => ({ Update: plain(this.#update(table)) }),
        () => ({ Delete: plain(this.#delete(table)) }),
        () => ({ ConditionCheck: plain(this.#withCondition({ TableName: table.name, Key: this.#key(table) }, 1)) }),
      ])();
    };
    return { TransactItems: onePerItem(this.#times(1, 4, action)) };
  }

  #transactGet(): object {
    const get = () => {
      const table = this.#pick(SHAPES);
      return { Get: { TableName: table.name, Key: this.#key(table) } };
    };
    return { TransactItems: this.#times(1, 4, get) };
  }
}

/** Leaves out actions on an item that an earlier one is about. */
function onePerItem(actions: ReadonlyArray<Record<string, object>>): object[] {
  const seen = new Set<string>();
  return actions.filter((action) => {
    const [input] = Object.values(action) as Array<{ TableName: string; Key?: object; Item?: object }>;
    const { pk, sk } = { ...input?.Key, ...input?.Item } as { pk: Value; sk?: { B?: Uint8Array } };
    const text = JSON.stringify([input?.TableName, pk, sk?.B === undefined ? sk : [...sk.B]]);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}
