// What `apigen dev` is started with, and what can be asked of it while it runs.

import type { Emit, ServedApi } from './dev-event.ts';
import type { TablesStarter } from './dev-tables.ts';
import type { ServedTrigger } from './triggers/served-trigger.ts';

export interface DevOptions {
  readonly cwd: string;
  /** Its TZ becomes UTC: of the process's own environment that sets the zone of functions. */
  readonly env: NodeJS.ProcessEnv;
  readonly stage?: string | undefined;
  readonly host?: string | undefined;
  /** Of the first API; the next ones follow. 0: any free ones. */
  readonly port: number;
  readonly strictPort?: boolean;
  /** Forget what the tables kept. */
  readonly fresh?: boolean;
  /** DynamoDB elsewhere, in place of the embedded tables. */
  readonly dynamodb?: string | undefined;
  /** Where routes that call an AWS service send their calls. Absent: they are shown and answered 5xx. */
  readonly endpointUrl?: string | undefined;
  /** Lets a debugger attach at this port; 0: any free one. */
  readonly inspect?: number | undefined;
  readonly startTables: TablesStarter;
  readonly emit: Emit;
}

export interface DevSession {
  apis(): readonly ServedApi[];
  /** What runs functions besides routes. */
  triggers(): readonly ServedTrigger[];
  /** Calls now what schedules call. */
  fireSchedules(): void;
  /** As if every file had been saved. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
