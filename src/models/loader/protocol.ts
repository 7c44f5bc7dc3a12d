// What the CLI and the process that runs model files say to each other: plain JSON, one reply for each request.

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { SchemaSpec } from '../attribute-spec.ts';
import type { DecodeProblem } from '../decoder/decode-item.ts';
import type { WatchdogSettings } from './watchdog.ts';

/** The process's only argument, as JSON. */
export interface LoaderSettings {
  /** The file of the project's Dynamoose. */
  readonly dynamoose: string;
  readonly prefix: string;
  readonly watchdog: WatchdogSettings;
}

/** Load one file and describe the models of these names. */
export interface LoadRequest {
  /** The bundle of the model file. */
  readonly bundle: string;
  /** Names in apigen.yml. */
  readonly names: readonly string[];
}

/** Turn items of a model that was loaded into what Dynamoose would store. */
export interface EncodeRequest {
  /** The model's name in apigen.yml. */
  readonly model: string;
  /** As JSON.parse gives them. */
  readonly items: readonly unknown[];
}

/** One item as DynamoDB takes it, after every default, transform and check of the model; or what is wrong with it. */
export type EncodedItem =
  | { readonly item: Readonly<Record<string, AttributeValue>>; readonly problems?: never }
  | { readonly problems: readonly DecodeProblem[]; readonly item?: never };

/** A JavaScript stack, as V8 writes it; the CLI maps it back to the sources. */
export type Stack = string;

/** Something a model file did that it must not do, or that has no effect. */
export interface Misstep {
  readonly kind: 'table' | 'instance' | 'defaults' | 'local-client' | 'print';
  readonly stack: Stack;
}

/** A function in a schema, and where V8 found it: file URL, line and column from 0. */
export interface FoundFunction {
  readonly attribute: string;
  readonly setting: 'validate' | 'set' | 'get';
  readonly at?: { readonly url: string; readonly line: number; readonly column: number };
}

/** Table settings as the model gives them. */
export interface GivenOptions {
  /** Those that make Dynamoose call the control plane at run time: `create`, `update`, `waitForActive`. */
  readonly forbidden: readonly string[];
  readonly prefix?: string;
  /** Those that apigen.yml decides: `throughput`, `tags`, `tableClass`, `streamOptions`. */
  readonly ignored: readonly string[];
  readonly ttlAttribute?: string;
}

export interface LoadedModel {
  readonly name: string;
  readonly dynamooseName: string;
  /** What the bundled model will use. */
  readonly tableName: string;
  /** Dynamoose's CreateTable request; undefined when `fault` says why there is none. */
  readonly request?: CreateTableRequest;
  readonly fault?: string;
  /** False when no attribute says `hashKey: true`, and Dynamoose would take the first one. */
  readonly explicitKey: boolean;
  readonly options: GivenOptions;
  readonly schemas: readonly SchemaSpec[];
  readonly functions: readonly FoundFunction[];
  /** Of the call of `dynamoose.model`. */
  readonly stack: Stack;
  /** Of the `new Schema` calls, or of the `model` call where it is given plain objects; one for each schema. */
  readonly schemaStacks: readonly Stack[];
}

/** As Dynamoose writes it: not yet checked against what DynamoDB takes. */
export interface CreateTableRequest {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  /** The type is undefined for an attribute that may be anything. */
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType?: string }[];
  readonly GlobalSecondaryIndexes?: readonly RequestedIndex[];
  readonly LocalSecondaryIndexes?: readonly RequestedIndex[];
}

export interface RequestedIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

export type Reply =
  /** Dynamoose is there, the first request may come. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'loaded';
      readonly models: readonly LoadedModel[];
      /** Names that the file does not export, with what it does. */
      readonly missing: readonly string[];
      readonly exported: readonly string[];
      readonly missteps: readonly Misstep[];
    }
  | { readonly kind: 'encoded'; readonly items: readonly EncodedItem[] }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly stack: Stack;
      readonly exited: boolean;
      readonly missteps: readonly Misstep[];
    };
