// The shapes expressions parse to. Names (#n) and values (:v) are still placeholders; bind.ts puts the request's in.

/** A step of a document path: a name as written (`#alias` or bare) or a list index. */
export type PathStep = string | number;

export type OperandNode =
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly OperandNode[] };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionNode; readonly right: ConditionNode }
  | { readonly kind: 'not'; readonly of: ConditionNode }
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: OperandNode;
      readonly right: OperandNode;
    }
  | { readonly kind: 'between'; readonly of: OperandNode; readonly low: OperandNode; readonly high: OperandNode }
  | { readonly kind: 'in'; readonly of: OperandNode; readonly among: readonly OperandNode[] }
  | { readonly kind: 'test'; readonly name: string; readonly operands: readonly OperandNode[] };

/** The right side of SET: an operand, or the sum or difference of two. */
export type SetValueNode =
  | OperandNode
  | { readonly kind: 'sum'; readonly operator: '+' | '-'; readonly left: OperandNode; readonly right: OperandNode };

export type UpdateSection = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

export interface UpdateActionNode {
  readonly section: UpdateSection;
  readonly path: readonly PathStep[];
  /** SET: the value; ADD and DELETE: a value placeholder; REMOVE: none. */
  readonly value?: SetValueNode;
}

export interface Parsed<Node> {
  readonly node: Node;
  /** What is wrong whatever names and values the request gives, most important first; undefined when nothing is. */
  readonly problem: string | undefined;
}
