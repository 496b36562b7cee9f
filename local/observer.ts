// What a world lets be watched from outside, for whoever checks it: the observer changes nothing.

export interface ItemChange {
  readonly table: string;
  /** Items with DynamoDB's typed values; undefined: there was none, or there is none any more. Read only when asked for. */
  before(): Readonly<Record<string, unknown>> | undefined;
  after(): Readonly<Record<string, unknown>> | undefined;
}

export interface Observer {
  /** Every change of an item, in the order they are made; one that is undone with its operation is told all the same. */
  item(change: ItemChange): void;
}
