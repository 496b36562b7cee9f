// The EventBridge service: buses, rules by pattern or schedule, targets. An event becomes one delivery for each target of each rule
// it matches, in the turn that put it.

import { Deliveries } from '../delivery/deliveries.ts';
import { parseExpression } from '../delivery/expression.ts';
import { checkTarget } from '../delivery/targets.ts';
import { AwsError, type Fabric, type Operation, type Service, type Timer } from '../service.ts';
import { inputFor } from './input.ts';
import { compilePattern } from './pattern.ts';
import { type Rule, Rules, type RuleTarget } from './rules.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: Date | string | number;
  readonly TraceHeader?: string;
}

const MOST_ENTRIES = 10;
const LONGEST_ENTRY = 2 ** 18;
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;

export function createEvents(fabric: Fabric): Service {
  const rules = new Rules(fabric.db);
  const deliveries = new Deliveries(fabric, 'events');
  const timers = new Map<string, Timer>();
  const { region, accountId } = fabric;
  const busArn = (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
  const iso = (instant: number) => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

  const dispatch = (rule: Rule, event: Readonly<Record<string, unknown>>): void => {
    const context = { ruleArn: rule.arn, ruleName: rule.name, ingestedAt: iso(fabric.clock.now()) };
    for (const target of rule.targets) {
      const role = target.RoleArn ?? rule.role;
      const { MaximumRetryAttempts = DEFAULT_RETRIES, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
        target.RetryPolicy ?? {};
      const deadLetterArn = target.DeadLetterConfig?.Arn;
      deliveries.accept({
        targetArn: target.Arn,
        ...(role === undefined ? {} : { role }),
        input: inputFor(target, event, context),
        deliveryId: `${event.id}_${fabric.random.uuid()}`,
        maximumRetries: MaximumRetryAttempts,
        maximumAgeMs: MaximumEventAgeInSeconds * 1000,
        ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
        origin: { RULE_ARN: rule.arn },
      });
    }
  };
  const put = (entry: Entry): object => {
    const problem = problemOf(entry);
    if (problem) return problem;
    let bus: string;
    try {
      bus = rules.bus(entry.EventBusName);
    } catch (error) {
      // As on AWS an unknown bus takes the event and drops it.
      if (!(error instanceof AwsError)) throw error;
      return { EventId: fabric.random.uuid() };
    }
    const event = {
      version: '0',
      id: fabric.random.uuid(),
      'detail-type': entry.DetailType,
      source: entry.Source,
      account: accountId,
      time: iso(entry.Time === undefined ? fabric.clock.now() : instantOf(entry.Time)),
      region,
      resources: entry.Resources ?? [],
      detail: JSON.parse(entry.Detail ?? '{}') as unknown,
    };
    for (const rule of rules.matching(bus, event)) dispatch(rule, event);
    return { EventId: event.id };
  };

  const schedule = (rule: Rule): void => {
    timers.get(rule.arn)?.cancel();
    timers.delete(rule.arn);
    if (rule.schedule === undefined || !rule.enabled) return;
    const at = parseExpression(rule.schedule).next(fabric.clock.now(), rule.since);
    if (at === undefined) return;
    const fire = () => {
      const event = {
        version: '0',
        id: fabric.random.uuid(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: accountId,
        time: iso(at),
        region,
        resources: [rule.arn],
        detail: {},
      };
      dispatch(rules.find(rule.bus, rule.name), event);
      schedule(rules.find(rule.bus, rule.name));
    };
    timers.set(rule.arn, fabric.timers.set(at, fire));
  };
  const change = (rule: Rule): void => {
    rules.put(rule);
    schedule(rule);
  };

  const operations: Record<string, Operation> = {
    PutEvents: (input: { Entries?: Entry[] }) => {
      const entries = input.Entries ?? [];
      if (entries.length < 1 || entries.length > MOST_ENTRIES) {
        throw new AwsError('ValidationException', `Entries: expected 1 to ${MOST_ENTRIES}, found ${entries.length}`);
      }
      const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
      if (size > LONGEST_ENTRY)
        throw new AwsError('ValidationException', `Total size of the entries in the request is over the limit.`);
      const results = entries.map(put);
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
    CreateEventBus: (input) => {
      rules.addBus(String(input.Name));
      return { EventBusArn: busArn(String(input.Name)) };
    },
    DeleteEventBus: (input) => {
      rules.dropBus(String(input.Name));
      return {};
    },
    DescribeEventBus: (input) => {
      const name = rules.bus(input.Name);
      return { Name: name, Arn: busArn(name) };
    },
    ListEventBuses: () => ({ EventBuses: rules.buses.map((Name) => ({ Name, Arn: busArn(Name) })) }),
    PutRule: (input) => {
      const bus = rules.bus(input.EventBusName);
      const { Name, EventPattern, ScheduleExpression, State = 'ENABLED', Description, RoleArn } = input;
      if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(String(Name)))
        throw new AwsError('ValidationException', `Name: found '${Name}'`);
      if (EventPattern === undefined && ScheduleExpression === undefined) {
        throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
      }
      if (EventPattern !== undefined) compilePattern(EventPattern);
      if (ScheduleExpression !== undefined) parseExpression(ScheduleExpression);
      const old = rules.has(bus, Name) ? rules.find(bus, Name) : undefined;
      const arn = `arn:aws:events:${region}:${accountId}:rule/${bus === 'default' ? '' : `${bus}/`}${Name}`;
      change({
        name: Name,
        bus,
        arn,
        pattern: EventPattern,
        schedule: ScheduleExpression,
        since: old?.since ?? fabric.clock.now(),
        enabled: State === 'ENABLED',
        description: Description,
        role: RoleArn,
        targets: old?.targets ?? [],
      });
      return { RuleArn: arn };
    },
    DescribeRule: (input) => describe(rules.find(rules.bus(input.EventBusName), input.Name)),
    ListRules: (input) => {
      const prefix = input.NamePrefix ?? '';
      return {
        Rules: rules
          .list(rules.bus(input.EventBusName))
          .filter((rule) => rule.name.startsWith(prefix))
          .map(describe),
      };
    },
    DeleteRule: (input) => {
      const bus = rules.bus(input.EventBusName);
      if (!rules.has(bus, input.Name)) return {};
      const rule = rules.find(bus, input.Name);
      rules.drop(rule);
      timers.get(rule.arn)?.cancel();
      return {};
    },
    EnableRule: (input) => {
      change({ ...rules.find(rules.bus(input.EventBusName), input.Name), enabled: true });
      return {};
    },
    DisableRule: (input) => {
      change({ ...rules.find(rules.bus(input.EventBusName), input.Name), enabled: false });
      return {};
    },
    PutTargets: (input: { Rule?: string; EventBusName?: string; Targets?: RuleTarget[] }) => {
      const rule = rules.find(rules.bus(input.EventBusName), input.Rule);
      const given = input.Targets ?? [];
      for (const target of given) checkTarget(fabric, target.Arn);
      const kept = rule.targets.filter(({ Id }) => !given.some((target) => target.Id === Id));
      rules.put({ ...rule, targets: [...kept, ...given] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: (input: { Rule?: string; EventBusName?: string; Ids?: string[] }) => {
      const rule = rules.find(rules.bus(input.EventBusName), input.Rule);
      rules.put({ ...rule, targets: rule.targets.filter(({ Id }) => !input.Ids?.includes(Id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule: (input) => ({ Targets: rules.find(rules.bus(input.EventBusName), input.Rule).targets }),
    TestEventPattern: (input) => ({
      Result: compilePattern(String(input.EventPattern))(JSON.parse(String(input.Event))),
    }),
  };
  return {
    name: 'EventBridge',
    operations,
    boot: () => {
      deliveries.boot();
      for (const rule of rules.all()) schedule(rule);
    },
  };
}

function describe(rule: Rule): object {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.role,
    EventBusName: rule.bus,
  };
}

function problemOf(entry: Entry): object | undefined {
  const bad = (ErrorMessage: string, ErrorCode = 'InvalidArgument') => ({ ErrorCode, ErrorMessage });
  if (!entry.Source) return bad('Parameter Source is not valid. Reason: Source is a required argument.');
  if (!entry.DetailType) return bad('Parameter DetailType is not valid. Reason: DetailType is a required argument.');
  if (entry.Detail === undefined) return bad('Parameter Detail is not valid. Reason: Detail is a required argument.');
  try {
    const detail: unknown = JSON.parse(entry.Detail);
    if (detail !== null && typeof detail === 'object' && !Array.isArray(detail)) return undefined;
  } catch {
    // Falls through to the same answer as for JSON that is no object.
  }
  return bad('Detail is malformed.', 'MalformedDetail');
}

function sizeOf(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return (entry.Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
}

/** A time as the SDK gives it (Date), or as it stands on the wire: seconds, or ISO text. */
function instantOf(time: Date | string | number): number {
  return typeof time === 'number' ? time * 1000 : new Date(time).getTime();
}
