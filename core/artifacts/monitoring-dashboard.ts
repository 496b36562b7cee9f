// MonitoringDashboard (beta): four dashboards, one for each of the golden signals.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

export const signals = ['latency', 'traffic', 'errors', 'saturation'] as const;

export const monitoringDashboardSchema = z.strictObject({
  dashboards: z
    .array(
      z.strictObject({
        signal: z.enum(signals).describe('what it shows'),
        title: text('its title'),
        panels: z
          .array(z.strictObject({ title: text('its title'), metric: text('metric name'), unit: text('unit') }))
          .describe('panels'),
      }),
    )
    .describe('dashboards'),
  alarms: z
    .array(
      z.strictObject({
        metric: text('metric name'),
        limit: count('limit, in the unit'),
        unit: text('unit'),
        action: text('what happens'),
      }),
    )
    .describe('alarms, from the canary rules'),
  installed: measured(
    z.strictObject({ dashboards: count('dashboards that answer') }),
    'dashboards all of whose panels the running service gave a value',
  ),
});
