import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * Who sent a request: our own proxies are believed, each names the one before it in X-Forwarded-For; nobody else is. Where
 * they name no address, it is the one that the connection came from.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxies: number,
): string {
  const named = String(headers["x-forwarded-for"] ?? "").split(",");
  const forwarded = proxies > 0 ? (named.at(-proxies)?.trim() ?? "") : "";
  return isIP(forwarded) ? forwarded : (socket.remoteAddress ?? "");
}
