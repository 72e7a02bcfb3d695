import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { CLIENT_ADDRESS, environment } from "../env.ts";
import {
  beginSession,
  findSession,
  forgetSessions,
  type Oldest,
  type OpenSession,
  renameSession,
  touchSession,
} from "../store/sessions.ts";
import { hashOf, newToken } from "./tokens.ts";

/**
 * The cookie of a session. Over HTTPS its name binds it to this very host and to HTTPS; offices that have plain HTTP only
 * get the other one.
 */
const COOKIE = "session";
const SECURE_COOKIE = "__Host-session";
/** A use is noted so often at most, in ms. */
const NOTED_EVERY = 60_000;

/** Sessions from before these times are over. */
export function oldestSessions(now = Date.now()): Oldest {
  const { idle, longest } = environment().access.session;
  return { createdAt: now - longest, seenAt: now - idle };
}

/** When a session ends, in ms from now: unless it is used before, and in any case. */
export function endsOf({ createdAt, seenAt }: Pick<OpenSession, "createdAt" | "seenAt">, now = Date.now()) {
  const { idle, longest } = environment().access.session;
  return { unused: seenAt + idle - now, latest: createdAt + longest - now };
}

/** The session of a page that is being made. */
export const currentSession = cache(async (): Promise<OpenSession | undefined> => {
  const sent = await cookies();
  return openSession(
    tokenIn(await headers(), (name) => sent.get(name)?.value),
    false,
  );
});

/** The session that a request names. `passive`: nobody did anything, the page asks on its own. */
export function sessionOf(request: Request, passive = false): Promise<OpenSession | undefined> {
  const sent = (request.headers.get("cookie") ?? "").split("; ");
  const named = (name: string) => sent.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return openSession(tokenIn(request.headers, named), passive);
}

/**
 * Over HTTPS the plain name is not taken: a site under a neighbouring name could have put it there. Where nothing tells how a
 * page is read, either is: no browser sends the other one over plain HTTP.
 */
function tokenIn(headers: Headers, named: (name: string) => string | undefined): string | undefined {
  if (isSecure(headers)) return named(SECURE_COOKIE);
  return (headers.has("origin") ? undefined : named(SECURE_COOKIE)) ?? named(COOKIE);
}

async function openSession(token: string | undefined, passive: boolean): Promise<OpenSession | undefined> {
  if (!token) return undefined;
  const now = Date.now();
  const session = await findSession(hashOf(token), oldestSessions(now));
  if (!session) return undefined;
  const isNoted = !passive && now - session.seenAt > NOTED_EVERY;
  if (isNoted) await touchSession(session.id, now);
  const { lifetime } = environment().access.password;
  return {
    ...session,
    seenAt: isNoted ? now : session.seenAt,
    mustChange: session.mustChange || session.passwordSetAt + lifetime < now,
  };
}

/**
 * Begins a session for whoever sent this request, in the answer to it; for the organisation, if it is one of hers. Addresses
 * and browsers of sessions that are over are kept no longer than until somebody else comes.
 */
export async function startSession(
  request: Request,
  user: { userId: string; organisationId?: string | undefined },
  answer: Response,
): Promise<Response> {
  const token = newToken();
  const browser = browserName(request.headers.get("user-agent") ?? "");
  await forgetSessions(oldestSessions());
  await beginSession({ id: hashOf(token), ...user, address: clientAddress(request), browser });
  answer.headers.append("set-cookie", cookieOf(request, token));
  return answer;
}

/** Gives a session another token, in the answer to this request: what it was begun with is worth nothing any more. */
export async function renewSession(request: Request, session: OpenSession, answer: Response): Promise<Response> {
  const token = newToken();
  await renameSession(session.id, hashOf(token));
  answer.headers.append("set-cookie", cookieOf(request, token));
  return answer;
}

/** Takes the cookie back in the answer to this request. */
export function forgetCookie(request: Request, answer: Response): Response {
  answer.headers.append("set-cookie", `${cookieOf(request, "")}; Max-Age=0`);
  return answer;
}

function cookieOf(request: Request, token: string): string {
  const attributes = "Path=/; HttpOnly; SameSite=Lax";
  return isSecure(request.headers)
    ? `${SECURE_COOKIE}=${token}; ${attributes}; Secure`
    : `${COOKIE}=${token}; ${attributes}`;
}

/**
 * Whether the browser knows this to be HTTPS. It names its page on every write; where it only reads, the proxy that ends HTTPS
 * says so. Anybody may say that: it only takes away.
 */
const isSecure = (headers: Headers): boolean =>
  /^https\b/.test(headers.get("origin") ?? headers.get("x-forwarded-proto") ?? "");

const clientAddress = (request: Request): string => request.headers.get(CLIENT_ADDRESS) ?? "";

/** What a person calls her browser and her computer. */
function browserName(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(agent.replace(/Chrome(?=.*Edg\/)/, ""));
  const names: Record<string, string> = { Edg: "Edge", Version: "Safari" };
  const name = browser?.[1] && `${names[browser[1]] ?? browser[1]} ${browser[2]}`;
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0];
  return [name, system].filter(Boolean).join("，") || "未知";
}
