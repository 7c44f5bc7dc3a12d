import type { FunctionHandler } from './generated/apigen.ts';

/** Works off a batch; what fails comes again, and after three times goes to the queue `failed`. */
export const handler: FunctionHandler<'work'> = async ({ Records }) => {
  const failed = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        await work(JSON.parse(body));
        return [];
      } catch {
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
};

async function work(job: { readonly kind?: string }): Promise<void> {
  if (job.kind === undefined) throw new Error('a job has a kind');
}
