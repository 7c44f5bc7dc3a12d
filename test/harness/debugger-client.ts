// A debugger as editors are one: it speaks the inspector protocol over a WebSocket to a process, and through it to
// each of its worker threads (the NodeWorker domain).

import { WebSocket } from 'ws';

export interface LoadedScript {
  /** Of the thread it was loaded in. */
  readonly session: string;
  readonly url: string;
}

export interface Paused {
  readonly callFrames: readonly { readonly callFrameId: string; readonly functionName: string }[];
}

export interface DebuggerClient {
  /** A script that some thread loaded, or will. */
  script(fits: (script: LoadedScript) => boolean): Promise<LoadedScript>;
  /** The next pause of a thread, or the one it is in. */
  paused(session: string): Promise<Paused>;
  send(session: string, method: string, params: object): Promise<unknown>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export async function debuggerClient(address: string): Promise<DebuggerClient> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const answers = new Map<string, (message: Message) => void>();
  const events: (Message & { session: string })[] = [];
  let count = 0;
  const raw = (id: number, method: string, params: object): void => socket.send(JSON.stringify({ id, method, params }));
  const send = (session: string, method: string, params: object): Promise<unknown> => {
    count += 1;
    const id = count;
    const answer = new Promise<unknown>((resolve, reject) => {
      answers.set(`${session} ${id}`, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(error.message)),
      );
    });
    const message = JSON.stringify({ id, method, params });
    raw(id, 'NodeWorker.sendMessageToWorker', { sessionId: session, message });
    return answer;
  };
  const receive = (session: string, message: Message): void => {
    if (message.id !== undefined) answers.get(`${session} ${message.id}`)?.(message);
    else events.push({ ...message, session });
  };
  socket.on('message', (bytes) => {
    const message: Message = JSON.parse(String(bytes));
    const session = String(message.params?.['sessionId'] ?? '');
    if (message.method === 'NodeWorker.receivedMessageFromWorker') {
      receive(session, JSON.parse(String(message.params?.['message'])));
    } else if (message.method === 'NodeWorker.attachedToWorker') {
      void send(session, 'Debugger.enable', {});
    }
  });
  raw(0, 'NodeWorker.enable', { waitForDebuggerOnStart: false });
  const event = async (fits: (event: Message & { session: string }) => boolean) => {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const found = events.find(fits);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`no such event among ${events.map(({ method }) => method)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const scriptOf = ({ session, params }: Message & { session: string }): LoadedScript => ({
    session,
    url: String(params?.['url']),
  });
  return {
    send,
    script: async (fits) =>
      scriptOf(await event((one) => one.method === 'Debugger.scriptParsed' && fits(scriptOf(one)))),
    paused: async (session) => {
      const found = await event((one) => one.method === 'Debugger.paused' && one.session === session);
      return found.params as unknown as Paused;
    },
    close: () => socket.terminate(),
  };
}
