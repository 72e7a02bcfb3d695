import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ADDRESS, NONCE } from "../env.ts";

const READING = ["GET", "HEAD"];
/** Nothing is written but below this path: pages take no requests that change anything. */
const WRITTEN = "/api/";
const WRITING = ["POST", "PUT", "PATCH", "DELETE"];

/**
 * Stands before the application: gives every answer, also those for files and errors, the headers that protect the browser,
 * and tells the pages their address and the nonce of their scripts. Refuses what no page of ours sends; then the answer is given, and false.
 */
export function protect(request: IncomingMessage, response: ServerResponse): boolean {
  const nonce = randomBytes(16).toString("base64");
  const headers = protectiveHeaders(nonce);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  request.headers[NONCE] = nonce;
  request.headers[ADDRESS] = request.url;
  // Next reads the nonce for the scripts of its own from the policy as a request header.
  request.headers["content-security-policy"] = headers["content-security-policy"];
  delete request.headers["content-security-policy-report-only"];
  // There are no server functions; what looks for one is not even read.
  delete request.headers["next-action"];

  const { method = "", url = "" } = request;
  // Neither another server's address nor "*".
  if (!url.startsWith("/")) return refuse(response, 400);
  const allowed = url.startsWith(WRITTEN) ? [...READING, ...WRITING] : READING;
  if (allowed.includes(method)) return true;
  response.setHeader("allow", allowed.join(", "));
  return refuse(response, 405);
}

function refuse(response: ServerResponse, status: number): false {
  response.writeHead(status, { "content-length": 0 }).end();
  return false;
}

/**
 * Scripts run only if they carry the nonce of this very answer or were loaded by one that does. Style attributes are
 * allowed: places of cells in the grid are written so. Nothing about HTTPS: offices that have plain HTTP only would be
 * locked out, and whoever ends HTTPS before this server says it there.
 */
const protectiveHeaders = (nonce: string) => ({
  "content-security-policy": [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  // For browsers that do not know frame-ancestors.
  "x-frame-options": "DENY",
});
