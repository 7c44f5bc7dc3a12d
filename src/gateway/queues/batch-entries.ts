// The entries of a batch: at most ten, each with an id of its own, each done or refused by itself.

import { type Fields, fieldsOf, textOf } from '../request-fields.ts';
import { ServiceFault } from '../service-fault.ts';

const MOST = 10;

/**
 * @param key where the entries stand
 * @throws ServiceFault for a batch that cannot be done as a whole
 */
export function eachEntry(request: Fields, run: (entry: Fields) => Fields, key = 'Entries'): Fields {
  const given = request[key];
  const entries = (Array.isArray(given) ? given : []).map(fieldsOf);
  const ids = entries.map((entry) => textOf(entry, 'Id') ?? '');
  if (entries.length === 0) throw refused('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MOST) {
    throw refused(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(ids).size < ids.length)
    throw refused('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  const Successful: Fields[] = [];
  const Failed: Fields[] = [];
  for (const [at, entry] of entries.entries()) {
    const Id = ids[at];
    try {
      Successful.push({ Id, ...run(entry) });
    } catch (cause) {
      if (!(cause instanceof ServiceFault)) throw cause;
      Failed.push({ Id, SenderFault: true, Code: cause.queryCode, Message: cause.message });
    }
  }
  return { Successful, Failed };
}

const refused = (shape: string, message: string): ServiceFault =>
  new ServiceFault(shape, message, { queryCode: `AWS.SimpleQueueService.${shape}` });
