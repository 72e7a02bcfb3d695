import * as z from "zod/mini";
import { editsSchema, type JournalSubject, pendingEditsSchema } from "./journal.ts";

/** What the pages of one browser tell each other about a report. */
const messageSchema = z.union([
  /** What the sender has pending at places where that changed, on its version of the server. */
  z.object({ kind: z.literal("pending"), version: z.number(), edits: pendingEditsSchema }),
  /** The server confirmed these edits of the sender as this version. */
  z.object({ kind: z.literal("saved"), version: z.number(), savedAt: z.number(), edits: editsSchema }),
  /** The sender is new and wants to know how late it is: this machine's clock may have been put back since others were opened. */
  z.object({ kind: z.literal("opened") }),
  /** The latest time that the sender gave to an edit. */
  z.object({ kind: z.literal("clock"), time: z.number() }),
]);
export type Message = z.infer<typeof messageSchema>;

/** The way to the other pages of this browser on the same report. */
export type Peers = {
  post: (message: Message) => void;
  /** Hears the others until the returned function is called. */
  listen: (hear: (message: Message) => void) => () => void;
};

/** Reads what came from another page, which may be of another release of this product. */
function readMessage(data: unknown): Message | undefined {
  const read = messageSchema.safeParse(data);
  return read.success ? read.data : undefined;
}

/** Pages of one browser profile, also over plain HTTP; undefined on the server and where there is no such channel. */
export function openPeers({ owner, report }: JournalSubject): Peers | undefined {
  if (typeof window === "undefined" || !("BroadcastChannel" in window)) return undefined;
  const name = `draft:${owner}:${report}`;
  // A channel does not hear what it posts itself, so one serves both ways. It is opened with the first listener.
  let channel: BroadcastChannel | undefined;
  return {
    post: (message) => channel?.postMessage(message),
    listen: (hear) => {
      const opened = new BroadcastChannel(name);
      opened.onmessage = ({ data }) => {
        const message = readMessage(data);
        if (message) hear(message);
      };
      channel = opened;
      return () => {
        opened.close();
        if (channel === opened) channel = undefined;
      };
    },
  };
}
