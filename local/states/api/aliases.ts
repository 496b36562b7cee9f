// Aliases of state machines: names that route to one or two versions by weight.

import { AwsError, type Operation } from '../../service.ts';
import { requireArn, requireName, resourceMissing, validation } from './errors.ts';
import type { Host } from './host.ts';
import { page } from './pages.ts';
import type { Alias, Route } from './resources.ts';

export function aliasOperations(host: Host): Record<string, Operation> {
  const { aliases, versions, machines } = host.resources;

  const requireAlias = (arn: unknown): Alias => {
    const alias = aliases.get(requireArn(arn));
    if (!alias) throw resourceMissing(String(arn));
    return alias;
  };

  /** @throws ValidationException, ResourceNotFound */
  const checkRoutes = (routes: Route[] | undefined): { routes: Route[]; machineArn: string } => {
    const list = routes ?? [];
    if (list.length === 0 || list.length > 2) {
      throw validation('Routing configuration must contain 1 to 2 items.');
    }
    const arns = list.map((route) => route.stateMachineVersionArn);
    if (arns.some((arn) => !/:\d+$/.test(arn))) {
      throw validation(`Routing configuration must contain state machine version ARNs. Received: [${arns.join(', ')}]`);
    }
    const found = arns.map((arn) => {
      const version = versions.get(arn);
      if (!version) throw resourceMissing(arn);
      return version.machineArn;
    });
    if (new Set(found).size > 1) {
      throw validation('Routing configuration must contain versions of the same state machine.');
    }
    if (list.reduce((sum, route) => sum + route.weight, 0) !== 100) {
      throw validation('Sum of routing configuration weights must equal 100.');
    }
    return { routes: list, machineArn: found[0] as string };
  };

  return {
    CreateStateMachineAlias: (input) => {
      const name = requireName(input.name);
      const { routes, machineArn } = checkRoutes(input.routingConfiguration);
      const arn = `${machineArn}:${name}`;
      const known = aliases.get(arn);
      if (known) {
        if (known.description !== input.description || JSON.stringify(known.routes) !== JSON.stringify(routes)) {
          throw new AwsError(
            'ConflictException',
            'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
          );
        }
        return { stateMachineAliasArn: arn, creationDate: new Date(known.createdAt) };
      }
      const now = host.fabric.clock.now();
      aliases.save({ arn, name, machineArn, routes, description: input.description, createdAt: now, updatedAt: now });
      return { stateMachineAliasArn: arn, creationDate: new Date(now) };
    },

    DescribeStateMachineAlias: (input) => {
      const alias = requireAlias(input.stateMachineAliasArn);
      return {
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        ...(alias.description === undefined ? {} : { description: alias.description }),
        routingConfiguration: alias.routes,
        creationDate: new Date(alias.createdAt),
        updateDate: new Date(alias.updatedAt),
      };
    },

    UpdateStateMachineAlias: (input) => {
      const alias = requireAlias(input.stateMachineAliasArn);
      if (input.routingConfiguration !== undefined) alias.routes = checkRoutes(input.routingConfiguration).routes;
      if (input.description !== undefined) alias.description = input.description;
      alias.updatedAt = host.fabric.clock.now();
      aliases.save(alias);
      return { updateDate: new Date(alias.updatedAt) };
    },

    DeleteStateMachineAlias: (input) => {
      const arn = requireArn(input.stateMachineAliasArn);
      aliases.remove(arn);
      return {};
    },

    ListStateMachineAliases: (input) => {
      const arn = requireArn(input.stateMachineArn);
      const version = versions.get(arn);
      const machineArn = version?.machineArn ?? arn;
      if (!machines.get(machineArn)) throw resourceMissing(arn);
      const list = aliases
        .all()
        .filter((alias) => alias.machineArn === machineArn)
        .filter((alias) => !version || alias.routes.some((route) => route.stateMachineVersionArn === arn))
        .sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(list, input, 1024);
      return {
        stateMachineAliases: items.map((alias) => ({
          stateMachineAliasArn: alias.arn,
          creationDate: new Date(alias.createdAt),
        })),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },
  };
}
