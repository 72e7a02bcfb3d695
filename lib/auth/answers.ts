import "server-only";

/** An answer in JSON. */
export const json = (status: number, body: object): Response => Response.json(body, { status });

/** A refusal: one finished Chinese sentence for the person at the screen, and what else the client needs to go on. */
export const refusal = (status: number, message: string, rest: object = {}): Response =>
  json(status, { ...rest, message });

/** A file to be saved under its (Chinese) name, RFC 6266; the plain name is for clients that know no other. */
export function attachment(file: { name: string; type: string; bytes: Uint8Array }): Response {
  const extension = /\.\w+$/.exec(file.name)?.[0] ?? "";
  return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": file.type,
      "content-disposition": `attachment; filename="report${extension}"; filename*=UTF-8''${extendedValue(file.name)}`,
      "x-content-type-options": "nosniff",
    },
  });
}

/**
 * RFC 5987: what `encodeURIComponent` leaves alone but the grammar does not allow is escaped too. Half a surrogate pair,
 * which it would throw on, goes through the buffer and becomes U+FFFD.
 */
const extendedValue = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
