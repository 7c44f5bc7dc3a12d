// What a month holds, resolved: every API, function and table with its settings and its traffic. Metering reads
// nothing else, and alternatives (another architecture, another type of API) are changes of this value.

import type { Decimal } from './decimal.ts';
import type { MeterId, ServiceId } from './meters.ts';
import type { Month } from './month.ts';

export type ApiType = 'rest' | 'http' | 'websocket';
export type Architecture = 'x86_64' | 'arm64';
export type TableClass = 'standard' | 'standard-ia';

export interface Workload {
  readonly region: string;
  readonly month: Month;
  readonly apis: readonly ApiLoad[];
  readonly functions: readonly FunctionLoad[];
  readonly tables: readonly TableLoad[];
  readonly logs: LogsLoad;
  readonly monitoring: MonitoringLoad;
  readonly topics: readonly TopicLoad[];
  readonly queues: readonly QueueLoad[];
  /** Quantities said by meter. */
  readonly other: readonly { readonly meter: MeterId; readonly quantity: Decimal }[];
  /** Services left out on demand. */
  readonly excluded: readonly ServiceId[];
  /** How much more traffic each month brings: 0.05 is 5 %. */
  readonly growth: Decimal;
}

export interface ApiLoad {
  readonly name: string;
  readonly type: ApiType;
  /** A private REST API sends nothing to the internet; its callers pay an interface endpoint. */
  readonly exposure: 'internet' | 'private';
  /** Availability zones with an interface endpoint; 0 where the endpoints are not part of this estimate. */
  readonly endpointZones: Decimal;
  readonly cache: CacheLoad | undefined;
  /** WebSocket: minutes that clients are connected, all together. */
  readonly connectionMinutes: Decimal;
  /** WebSocket: messages to clients, each of `bytes`. */
  readonly sent: { readonly messages: Decimal; readonly bytes: Decimal | undefined };
  readonly routes: readonly RouteLoad[];
  /** What this API uses that HTTP APIs do not have: `mock integration of GET /health`. */
  readonly restOnly: readonly string[];
}

export interface CacheLoad {
  /** In GB, as AWS names the sizes: `0.5`, `237`. */
  readonly size: string;
  /** Undefined: the whole month. */
  readonly hours: Decimal | undefined;
  /** Share of cacheable requests that the cache answers. */
  readonly hitRate: Decimal;
}

export interface RouteLoad {
  readonly key: string;
  /** A month; for WebSocket APIs messages from clients. */
  readonly requests: Decimal;
  /** Undefined: not said, then nothing that depends on it is counted. */
  readonly requestBytes: Decimal | undefined;
  readonly responseBytes: Decimal | undefined;
  /** The response is streamed: REST APIs bill it in steps of 10 MB. */
  readonly streamed: boolean;
  /** GET: the only method a stage cache answers by default. */
  readonly cacheable: boolean;
  /** The function it calls; undefined: none (a mock, another service). */
  readonly function: string | undefined;
  /** Milliseconds; undefined: as the function says. */
  readonly durationMs: Decimal | undefined;
  /** Single-item accesses for each request that reaches the function. */
  readonly access: readonly { readonly table: string; readonly reads: Decimal; readonly writes: Decimal }[];
}

export interface FunctionLoad {
  readonly name: string;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  readonly durationMs: Decimal;
  /** Invocations beyond those of routes. */
  readonly invocations: Decimal;
  /** Size of an asynchronous event, where its invocations are asynchronous. */
  readonly eventBytes: Decimal | undefined;
  readonly ephemeralMb: number;
  readonly coldStarts: { readonly share: Decimal; readonly durationMs: Decimal } | undefined;
  readonly provisioned: ProvisionedLoad | undefined;
  readonly snapStart: SnapStartLoad | undefined;
  /** Bytes of a streamed response. */
  readonly streamedBytes: Decimal | undefined;
  readonly logs: { readonly bytes: Decimal; readonly retentionDays: number } | undefined;
}

export interface ProvisionedLoad {
  readonly concurrency: Decimal;
  /** Undefined: the whole month. */
  readonly hours: Decimal | undefined;
  /** Of the function's invocations, those that run on it; undefined: all. */
  readonly invocations: Decimal | undefined;
  /** Undefined: as the function says. */
  readonly durationMs: Decimal | undefined;
}

export interface SnapStartLoad {
  /** Published versions kept in the cache. */
  readonly versions: Decimal;
  /** Undefined: the whole month. */
  readonly hours: Decimal | undefined;
  readonly restores: Decimal;
}

export interface TableLoad {
  readonly name: string;
  readonly class: TableClass;
  readonly capacity: TableCapacity;
  readonly itemBytes: Decimal;
  /** Bytes a read returns: an item, or all items of a query together. */
  readonly readBytes: Decimal;
  readonly reads: { readonly eventual: Decimal; readonly strong: Decimal; readonly transactional: Decimal };
  readonly writes: { readonly standard: Decimal; readonly transactional: Decimal };
  /** Either a size said as such, or items counted with their overhead. */
  readonly stored: { readonly bytes: Decimal } | { readonly items: Decimal; readonly perMonth: Decimal };
  readonly indexes: readonly IndexLoad[];
  /** Regions of the other replicas of a global table. */
  readonly replicas: readonly string[];
  readonly pointInTimeRecovery: boolean;
  readonly backupBytes: Decimal;
  readonly restoredBytes: Decimal;
  readonly exportedBytes: Decimal;
  readonly incrementallyExportedBytes: Decimal;
  readonly importedBytes: Decimal;
  /** GetRecords calls other than Lambda's own, which are free. */
  readonly streamReads: Decimal;
  /** Writes copied to a Kinesis data stream. */
  readonly kinesis: boolean;
}

export type TableCapacity = 'on-demand' | { readonly read: Decimal; readonly write: Decimal };

export interface IndexLoad {
  readonly name: string;
  /** Bytes of an item's projection. */
  readonly bytes: Decimal;
  /** Share of the table's items that are in it. */
  readonly itemShare: Decimal;
  /** Share of the table's writes that change a projected attribute. */
  readonly writeShare: Decimal;
  /** Share of those that change the index's key: a delete and an insert. */
  readonly keyChangeShare: Decimal;
  /** Of a table with provisioned capacity. */
  readonly capacity: { readonly read: Decimal; readonly write: Decimal } | undefined;
}

export interface LogsLoad {
  readonly class: 'standard' | 'infrequent';
  /** Beyond what functions write. */
  readonly ingestedBytes: Decimal;
  readonly storedBytes: Decimal;
  readonly scannedBytes: Decimal;
}

export interface MonitoringLoad {
  readonly metrics: Decimal;
  readonly alarms: Decimal;
  readonly highResolutionAlarms: Decimal;
  readonly compositeAlarms: Decimal;
  readonly dashboards: Decimal;
  readonly metricRequests: Decimal;
  /** Share of requests that are traced. */
  readonly traceShare: Decimal;
  /** Traces recorded beyond those of requests. */
  readonly traces: Decimal;
  readonly tracesRetrieved: Decimal;
  readonly tracesInsights: Decimal;
}

export interface TopicLoad {
  readonly name: string;
  readonly fifo: boolean;
  readonly publishes: Decimal;
  readonly bytes: Decimal;
  readonly deliveries: { readonly http: Decimal; readonly email: Decimal; readonly aws: Decimal };
}

export interface QueueLoad {
  readonly name: string;
  readonly fifo: boolean;
  /** API requests: a message sent, received and deleted is three. */
  readonly requests: Decimal;
  readonly bytes: Decimal;
}
