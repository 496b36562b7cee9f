import { describe, expect, it } from '@jest/globals';
import { createPolicyCheck } from '../../../local/iam/policy-check.ts';
import { arn, assemblyWith, ROLE, resource, type StatementGiven } from './assembly.ts';

const TABLE = arn('dynamodb', 'table/t');
const BUCKET = 'arn:aws:s3:::box';

function allows(statements: readonly StatementGiven[], action: string, on: string | undefined, context = {}): boolean {
  const values = context as Record<string, string | string[]>;
  return createPolicyCheck(assemblyWith(statements)).check(ROLE, action, on, (key) => values[key]).allowed;
}

describe('a decision', () => {
  it('needs an Allow on action and resource', () => {
    const read = [{ Action: 'dynamodb:GetItem', Resource: TABLE }];
    expect(allows(read, 'dynamodb:GetItem', TABLE)).toBe(true);
    expect(allows(read, 'dynamodb:PutItem', TABLE)).toBe(false);
    expect(allows(read, 'dynamodb:GetItem', arn('dynamodb', 'table/other'))).toBe(false);
    expect(allows(read, 'DYNAMODB:getitem', TABLE)).toBe(true);
  });

  it('is worded as AWS does', () => {
    const check = createPolicyCheck(
      assemblyWith([{ Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' }], [], { Path: '/' }),
    );
    expect(check.check(ROLE, 'dynamodb:GetItem', TABLE, undefined, 'run')).toMatchObject({
      reason: 'no allow',
      message: `User: arn:aws:sts::123456789012:assumed-role/Worker/run is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`,
    });
    expect(check.check(ROLE, 'dynamodb:DeleteItem', TABLE, undefined, 'run')).toMatchObject({
      reason: 'explicit deny',
      message: `User: arn:aws:sts::123456789012:assumed-role/Worker/run is not authorized to perform: dynamodb:DeleteItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    });
  });

  it('matches wildcards, but not beyond a colon of the ARN', () => {
    expect(
      allows([{ Action: 'dynamodb:*Item', Resource: `${TABLE}/index/*` }], 'dynamodb:GetItem', `${TABLE}/index/g`),
    ).toBe(true);
    expect(
      allows([{ Action: 'dynamodb:*Item', Resource: `${TABLE}/index/*` }], 'dynamodb:Query', `${TABLE}/index/g`),
    ).toBe(false);
    expect(
      allows([{ Action: 's3:Get?bject', Resource: `${BUCKET}/runs/*` }], 's3:GetObject', `${BUCKET}/runs/a/b`),
    ).toBe(true);
    expect(allows([{ Action: 's3:*', Resource: `${BUCKET}/runs/*` }], 's3:GetObject', `${BUCKET}/other`)).toBe(false);
    expect(allows([{ Action: '*', Resource: 'arn:aws:dynamodb:*' }], 'dynamodb:GetItem', TABLE)).toBe(false);
    expect(allows([{ Action: '*', Resource: 'arn:aws:dynamodb:*:*:table/*' }], 'dynamodb:GetItem', TABLE)).toBe(true);
    expect(allows([{ Action: 'a:b', Resource: 'x.y' }], 'a:b', 'xzy')).toBe(false);
  });

  it('lets a Deny win', () => {
    const statements = [
      { Action: 'dynamodb:*', Resource: '*' },
      { Effect: 'Deny' as const, Action: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], Resource: TABLE },
    ];
    expect(allows(statements, 'dynamodb:PutItem', TABLE)).toBe(true);
    expect(allows(statements, 'dynamodb:UpdateItem', TABLE)).toBe(false);
    expect(allows(statements, 'dynamodb:UpdateItem', arn('dynamodb', 'table/other'))).toBe(true);
  });

  it('understands NotAction and NotResource', () => {
    const statements = [{ NotAction: 's3:Delete*', NotResource: `${BUCKET}/secret/*` }];
    expect(allows(statements, 's3:GetObject', `${BUCKET}/a`)).toBe(true);
    expect(allows(statements, 's3:DeleteObject', `${BUCKET}/a`)).toBe(false);
    expect(allows(statements, 's3:GetObject', `${BUCKET}/secret/a`)).toBe(false);
  });

  it('takes any resource when the request does not tell, but no Deny that is narrower', () => {
    const send = [{ Action: 'states:SendTaskSuccess', Resource: arn('states', 'stateMachine:m') }];
    expect(allows(send, 'states:SendTaskSuccess', undefined)).toBe(true);
    expect(allows(send, 'states:SendTaskFailure', undefined)).toBe(false);
    expect(
      allows(
        [...send, { Effect: 'Deny', Action: '*', Resource: arn('states', 'stateMachine:n') }],
        'states:SendTaskSuccess',
        undefined,
      ),
    ).toBe(true);
    expect(allows([...send, { Effect: 'Deny', Action: '*', Resource: '*' }], 'states:SendTaskSuccess', undefined)).toBe(
      false,
    );
  });

  it('denies a role that is not in the assembly', () => {
    const check = createPolicyCheck(assemblyWith([{ Action: '*', Resource: '*' }]));
    expect(check.check(arn('iam', 'role/Stranger'), 's3:GetObject', `${BUCKET}/a`).allowed).toBe(false);
  });
});

describe('conditions', () => {
  const when = (Condition: object, context: object) =>
    allows([{ Action: 'a:b', Resource: '*', Condition }], 'a:b', '*', context);

  it.each([
    ['StringEquals', { k: 'x' }, { k: 'x' }, true],
    ['StringEquals', { k: ['x', 'y'] }, { k: 'y' }, true],
    ['StringEquals', { k: 'x' }, { k: 'X' }, false],
    ['StringEquals', { k: 'x' }, {}, false],
    ['StringEqualsIfExists', { k: 'x' }, {}, true],
    ['StringNotEquals', { k: ['x', 'y'] }, { k: 'z' }, true],
    ['StringNotEquals', { k: ['x', 'y'] }, { k: 'y' }, false],
    ['StringNotEquals', { k: 'x' }, {}, true],
    ['StringEqualsIgnoreCase', { k: 'x' }, { k: 'X' }, true],
    ['StringLike', { k: 'runs/*' }, { k: 'runs/1' }, true],
    ['StringLike', { k: 'runs/*' }, { k: 'other' }, false],
    ['StringNotLike', { k: 'runs/*' }, { k: 'other' }, true],
    ['ArnLike', { k: 'arn:aws:sqs:*:*:q*' }, { k: arn('sqs', 'queue') }, true],
    ['ArnLike', { k: 'arn:aws:sqs:*' }, { k: arn('sqs', 'queue') }, false],
    ['ArnNotEquals', { k: arn('sqs', 'a') }, { k: arn('sqs', 'b') }, true],
    ['Bool', { k: 'true' }, { k: 'true' }, true],
    ['Bool', { k: false }, { k: 'true' }, false],
    ['Null', { k: 'true' }, {}, true],
    ['Null', { k: 'true' }, { k: 'x' }, false],
    ['NumericLessThanEquals', { k: '10' }, { k: '10' }, true],
    ['NumericGreaterThan', { k: 10 }, { k: '9' }, false],
    ['DateLessThan', { k: '2026-01-02T00:00:00Z' }, { k: '2026-01-01T00:00:00Z' }, true],
    ['ForAllValues:StringEquals', { k: ['a', 'b'] }, { k: ['a', 'b'] }, true],
    ['ForAllValues:StringEquals', { k: ['a', 'b'] }, { k: ['a', 'c'] }, false],
    ['ForAllValues:StringEquals', { k: ['a'] }, {}, true],
    ['ForAnyValue:StringEquals', { k: ['a'] }, { k: ['c', 'a'] }, true],
    ['ForAnyValue:StringEquals', { k: ['a'] }, {}, false],
  ])('%s %j with %j is %s', (operator, wanted, context, expected) => {
    expect(when({ [operator]: wanted }, context)).toBe(expected);
  });

  it('must all hold', () => {
    const both = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
    expect(when(both, { a: '1', b: '2', c: 'true' })).toBe(true);
    expect(when(both, { a: '1', b: 'x', c: 'true' })).toBe(false);
    expect(when(both, { a: '1', b: '2', c: 'false' })).toBe(false);
  });

  it('names an operator that is not offered', () => {
    expect(() => when({ IpAddress: { k: '10.0.0.0/8' } }, { k: '10.1.1.1' })).toThrow('IpAddress is not offered');
  });

  it('puts policy variables in', () => {
    const statement = [{ Action: 's3:GetObject', Resource: `${BUCKET}/\${aws:PrincipalTag/run}/*` }];
    expect(allows(statement, 's3:GetObject', `${BUCKET}/r1/a`, { 'aws:principaltag/run': 'r1' })).toBe(true);
    expect(allows(statement, 's3:GetObject', `${BUCKET}/r2/a`, { 'aws:principaltag/run': 'r1' })).toBe(false);
  });
});

describe('where policies come from', () => {
  it('reads inline policies, managed policies of the stack and of AWS', () => {
    const managed = resource(
      'Shared',
      'AWS::IAM::ManagedPolicy',
      arn('iam', 'policy/shared'),
      arn('iam', 'policy/shared'),
      {
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'a:managed', Resource: '*' } },
        Roles: [],
      },
    );
    const check = createPolicyCheck(
      assemblyWith([], [managed], {
        Policies: [
          { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'a:inline', Resource: '*' }] } },
        ],
        ManagedPolicyArns: [managed.ref, 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      }),
    );
    for (const action of ['a:inline', 'a:managed', 'logs:PutLogEvents'])
      expect(check.check(ROLE, action, '*').allowed).toBe(true);
    expect(check.check(ROLE, 'a:other', '*').allowed).toBe(false);
  });

  it('names what it cannot read', () => {
    expect(() =>
      createPolicyCheck(assemblyWith([], [], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })),
    ).toThrow('Worker: the managed policy arn:aws:iam::aws:policy/AdministratorAccess is not known here');
    expect(() => createPolicyCheck(assemblyWith([], [], { PermissionsBoundary: 'x' }))).toThrow(
      'permissions boundaries',
    );
  });

  it("heeds a bucket's own policy: its Deny wins, its Allow is enough for the role it names", () => {
    const policy = (statement: object) => [
      resource('Box', 'AWS::S3::Bucket', 'box', BUCKET),
      resource('BoxPolicy', 'AWS::S3::BucketPolicy', 'BoxPolicy', undefined, {
        Bucket: 'box',
        PolicyDocument: { Statement: [statement] },
      }),
    ];
    const tlsOnly = policy({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const guarded = createPolicyCheck(assemblyWith([{ Action: 's3:GetObject', Resource: `${BUCKET}/*` }], tlsOnly));
    expect(guarded.check(ROLE, 's3:GetObject', `${BUCKET}/a`, () => 'true').allowed).toBe(true);
    expect(guarded.check(ROLE, 's3:GetObject', `${BUCKET}/a`, () => 'false')).toMatchObject({
      reason: 'explicit deny',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
    const open = policy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 's3:GetObject', Resource: `${BUCKET}/*` });
    expect(createPolicyCheck(assemblyWith([], open)).check(ROLE, 's3:GetObject', `${BUCKET}/a`).allowed).toBe(true);
    expect(
      createPolicyCheck(assemblyWith([], open)).check(arn('iam', 'role/X'), 's3:GetObject', `${BUCKET}/a`).allowed,
    ).toBe(false);
  });
});

describe('unused', () => {
  it('lists each action on each resource that nothing needed', () => {
    const check = createPolicyCheck(
      assemblyWith([
        { Sid: 'Data', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [TABLE, `${TABLE}/index/*`] },
        { Action: 'logs:PutLogEvents', Resource: '*' },
      ]),
    );
    check.check(ROLE, 'dynamodb:GetItem', TABLE);
    check.check(ROLE, 'dynamodb:DeleteItem', TABLE);
    const left = check.unused().map(({ sid, action, resource: on, observable }) => [sid, action, on, observable]);
    expect(left).toEqual([
      ['Data', 'dynamodb:GetItem', `${TABLE}/index/*`, true],
      ['Data', 'dynamodb:PutItem', TABLE, true],
      ['Data', 'dynamodb:PutItem', `${TABLE}/index/*`, true],
      [undefined, 'logs:PutLogEvents', '*', false],
    ]);
  });
});
