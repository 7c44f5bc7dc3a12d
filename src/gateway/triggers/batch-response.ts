// `ReportBatchItemFailures`: which records of a batch a function names as failed.
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html#services-ddb-batchfailurereporting-success-failure

export type BatchFailures = readonly string[] | 'all';

/**
 * @param payload what the function returned, as JSON
 * @param ids of the records of the batch
 * @returns ids that failed; `all`: an answer that Lambda takes for a complete failure
 */
export function batchFailures(payload: string, ids: readonly string[]): BatchFailures {
  const answer: unknown = JSON.parse(payload);
  // "Null", "an empty response" and "a null batchItemFailures" are complete successes.
  if (answer === null || typeof answer !== 'object') return [];
  const failures: unknown = (answer as Record<string, unknown>)['batchItemFailures'];
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return 'all';
  const named: string[] = [];
  for (const failure of failures) {
    const id: unknown = (failure as Record<string, unknown> | null)?.['itemIdentifier'];
    // An empty, null or unknown identifier, or another key, fails the whole batch.
    if (typeof id !== 'string' || !ids.includes(id)) return 'all';
    named.push(id);
  }
  return named;
}
