// What a call costs, in whole micro-USD, from a dated table of list prices or from what the pipeline says a model costs.

import { calcPrice } from '@pydantic/genai-prices';
import { IdeaMineError } from '../../core/errors.ts';
import type { ModelPrice } from '../../core/pipeline/model.ts';
import type { TokenCounts } from './provider.ts';

/** The package holds the table; its version dates it. A test holds this to the lockfile. */
export const PRICE_TABLE = 'genai-prices 0.1.8';

const PRICERS: Readonly<Record<string, string | undefined>> = {
  bedrock: 'aws',
  anthropic: 'anthropic',
};

export interface Priced {
  /** The table's name, or `pipeline` when the tier states its own price. */
  readonly table: string;
  /** Rounded up. `cached` tokens are part of `input`; `written` ones go into a cache and may cost more than plain ones. */
  usdMicros(tokens: TokenCounts & { readonly written?: number }): number;
}

export interface PricedModel {
  readonly provider: string;
  readonly model: string;
  readonly price?: ModelPrice;
}

/** @param at the time of the call: prices change. @throws IdeaMineError `IdeaMine.Misconfigured` when nobody knows the price. */
export function priceOf({ provider, model, price }: PricedModel, at: Date): Priced {
  if (price !== undefined) return { table: 'pipeline', usdMicros: (tokens) => stated(price, tokens) };
  const pricer = PRICERS[provider];
  const known = (tokens: TokenCounts & { readonly written?: number }) =>
    calcPrice(
      {
        input_tokens: tokens.input,
        output_tokens: tokens.output,
        cache_read_tokens: tokens.cached,
        cache_write_tokens: tokens.written ?? 0,
      },
      model,
      pricer === undefined ? { timestamp: at } : { providerId: pricer, timestamp: at },
    );
  if (known({ input: 1, output: 1, cached: 0 }) === null) {
    throw new IdeaMineError(
      'IdeaMine.Misconfigured',
      `${provider} model ${model}: ${PRICE_TABLE} has no price for it, so no budget could be held; state one in its ` +
        'tier, such as price: {input: 0.15, output: 0.60} in USD for a million tokens, or price: free',
    );
  }
  return { table: PRICE_TABLE, usdMicros: (tokens) => micros((known(tokens)?.total_price as number) * 1e6) };
}

/** Prices in micro-USD for a million tokens. */
function stated({ input, output, cached }: ModelPrice, tokens: TokenCounts): number {
  const fresh = tokens.input - tokens.cached;
  return micros((fresh * input + tokens.cached * (cached ?? input) + tokens.output * output) / 1e6);
}

/** Up to the next whole one, past the dust of floating point. */
const micros = (exact: number): number => Math.ceil(Number(exact.toFixed(6)));
