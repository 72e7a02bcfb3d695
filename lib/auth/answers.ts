import "server-only";

/** An answer in JSON. */
export const json = (status: number, body: object): Response => Response.json(body, { status });

/** A refusal: one finished Chinese sentence for the person at the screen, and what else the client needs to go on. */
export const refusal = (status: number, message: string, rest: object = {}): Response =>
  json(status, { ...rest, message });

type NamedFile = { name: string; type: string };

/** A file to be saved under its (Chinese) name, RFC 6266; the plain name is for clients that know no other. */
export const attachment = (file: NamedFile & { bytes: Uint8Array }): Response =>
  new Response(file.bytes as Uint8Array<ArrayBuffer>, { headers: headersOf(file, file.bytes.byteLength) });

/** A workbook (XLSX) to be saved. */
export const workbook = (name: string, bytes: Uint8Array): Response =>
  attachment({ name, bytes, type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });

/** The same for a large file that is there in pieces: they are sent as fast as the client takes them. */
export function streamedAttachment(file: NamedFile & { size: number; pieces: readonly Uint8Array[] }): Response {
  const pieces = file.pieces.values();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(body, { headers: headersOf(file, file.size) });
}

const headersOf = ({ name, type }: NamedFile, size: number) => ({
  "content-type": type,
  "content-length": String(size),
  "content-disposition": `attachment; filename="report${/\.\w+$/.exec(name)?.[0] ?? ""}"; filename*=UTF-8''${extendedValue(name)}`,
  "x-content-type-options": "nosniff",
});

/**
 * RFC 5987: what `encodeURIComponent` leaves alone but the grammar does not allow is escaped too. Half a surrogate pair,
 * which it would throw on, goes through the buffer and becomes U+FFFD.
 */
const extendedValue = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
