// The fields of a Map state, inline and distributed.

import { isObject, type Json, type JsonObject } from '../json.ts';
import { compileExpression, compileJsonataTemplate, expressionText } from '../jsonata/evaluate.ts';
import { requirePath } from '../path/select.ts';
import type { Evaluate } from '../scope.ts';
import { compileTemplate } from '../template.ts';
import type { MachineSink } from './compile.ts';
import { jsonataNumber, numberField } from './fields.ts';
import type { ItemBatcher, ItemReader, MapState, ResultWriter, StateBase } from './program.ts';

type MapFields = Omit<MapState, keyof StateBase>;

const template = (value: Json | undefined, jsonata: boolean, location: string): Evaluate | undefined =>
  value === undefined ? undefined : jsonata ? compileJsonataTemplate(value, location) : compileTemplate(value);

function items(state: JsonObject, jsonata: boolean): MapFields['items'] {
  if (!jsonata) {
    const path = state.ItemsPath;
    return typeof path === 'string' && path !== '$' ? { evaluate: requirePath(path), path } : undefined;
  }
  if (state.Items === undefined) return undefined;
  const text = expressionText(state.Items);
  return {
    evaluate: text === undefined ? compileJsonataTemplate(state.Items, 'Items') : compileExpression(text, 'Items'),
    path: text,
  };
}

function reader(state: JsonObject, jsonata: boolean): ItemReader | undefined {
  if (!isObject(state.ItemReader)) return undefined;
  const spec = state.ItemReader;
  const config = isObject(spec.ReaderConfig) ? spec.ReaderConfig : {};
  return {
    resource: spec.Resource as string,
    parameters: template(jsonata ? spec.Arguments : spec.Parameters, jsonata, 'ItemReader/Arguments'),
    inputType: String(config.InputType ?? ''),
    config,
    maxItems: jsonata
      ? jsonataNumber(config, 'MaxItems', 'ItemReader/ReaderConfig/MaxItems')
      : numberField(config, 'MaxItems'),
  };
}

function batcher(state: JsonObject, jsonata: boolean): ItemBatcher | undefined {
  if (!isObject(state.ItemBatcher)) return undefined;
  const spec = state.ItemBatcher;
  const field = (name: string) =>
    jsonata ? jsonataNumber(spec, name, `ItemBatcher/${name}`) : numberField(spec, name);
  return {
    maxItems: field('MaxItemsPerBatch'),
    maxBytes: field('MaxInputBytesPerBatch'),
    batchInput: template(spec.BatchInput, jsonata, 'ItemBatcher/BatchInput'),
  };
}

function writer(state: JsonObject, jsonata: boolean): ResultWriter | undefined {
  if (!isObject(state.ResultWriter)) return undefined;
  const spec = state.ResultWriter;
  const config = isObject(spec.WriterConfig) ? spec.WriterConfig : {};
  return {
    resource: spec.Resource as string | undefined,
    parameters: template(jsonata ? spec.Arguments : spec.Parameters, jsonata, 'ResultWriter/Arguments'),
    transformation: String(config.Transformation ?? (spec.Resource === undefined ? 'COMPACT' : 'NONE')),
    outputType: String(config.OutputType ?? 'JSON'),
  };
}

export function compileMapFields(
  state: JsonObject,
  jsonata: boolean,
  inherited: boolean,
  sink: MachineSink,
): MapFields {
  const definition = (state.ItemProcessor ?? state.Iterator) as JsonObject;
  const config = isObject(definition.ProcessorConfig) ? definition.ProcessorConfig : {};
  const number = (name: string) => (jsonata ? jsonataNumber(state, name) : numberField(state, name));
  const selector = state.ItemSelector ?? (jsonata ? undefined : state.Parameters);
  return {
    processor: sink.add(definition, inherited),
    distributed: config.Mode === 'DISTRIBUTED',
    childType: config.ExecutionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    label: state.Label as string | undefined,
    items: items(state, jsonata),
    itemSelector: template(selector, jsonata, 'ItemSelector'),
    maxConcurrency: number('MaxConcurrency'),
    toleratedCount: number('ToleratedFailureCount'),
    toleratedPercentage: number('ToleratedFailurePercentage'),
    reader: reader(state, jsonata),
    batcher: batcher(state, jsonata),
    writer: writer(state, jsonata),
  };
}
