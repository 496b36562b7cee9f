// A setting a provider cannot do without.

import { IdeaMineError } from '../../../core/errors.ts';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import type { HostedSettings } from './settings.ts';

/** @throws IdeaMineError `IdeaMine.Authentication` naming the setting, never its value. */
export function needed({ setting }: HostedSettings, name: string, { provider }: ModelChoice): string {
  const value = setting(name);
  if (value) return value;
  throw new IdeaMineError('IdeaMine.Authentication', `provider ${provider}: ${name} is not set`);
}
