// The model providers of this installation, by the id a pipeline names them with.

import { offlineProvider } from './offline.ts';
import type { ModelProvider } from './provider.ts';

export const providerMakers: Readonly<Record<string, () => ModelProvider>> = { offline: offlineProvider };
