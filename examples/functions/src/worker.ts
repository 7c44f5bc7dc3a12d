interface Event {
  readonly Records?: readonly { readonly eventSource?: string; readonly EventSource?: string }[];
}

/** Called by the queue, the topic, the stream and the clock: says by which. */
export const handler = async ({ Records = [] }: Event) => {
  for (const record of Records) console.log(record.eventSource ?? record.EventSource);
};
