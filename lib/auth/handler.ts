import "server-only";
import type { z } from "zod";
import type { Actor } from "../store/actor.ts";
import type { OpenSession } from "../store/sessions.ts";
import { refusal } from "./answers.ts";
import { type BodyReader, jsonBody } from "./body.ts";
import { type ActorRoute, isAllowed, type OpenRoute, type ParamsOf, type Route, rowOf } from "./routes.ts";
import { sessionOf } from "./session.ts";

/** In the browser only: what lies between would give it to people who are not signed in. */
const KEPT = "private, max-age=31536000, immutable";

/** In which a page says for whom it was made (`components/ui/fetch-for.ts`). */
const MADE_FOR = "x-made-for";
/** Whoever waited longer for a file than this may have been shut out meanwhile (milliseconds). */
const LONG = 2_000;

type Declaration<Input> = {
  /** Shape of a body of JSON. */
  input?: z.ZodType<Input>;
  /** How any other body is read. A handler with neither reads none. */
  body?: BodyReader<Input>;
  /** The browser may keep the answer for ever, because another content has another address. Refusals are never kept. */
  kept?: boolean;
};
type Call<R extends Route, Input> = { input: Input; params: ParamsOf<R>; request: Request };
type Handler<R extends Route> = (request: Request, context: { params: Promise<ParamsOf<R>> }) => Promise<Response>;

/**
 * Wraps a route handler that acts for somebody. Who may use the route stands in its row (`routes.ts`). Refused before it
 * runs, in this order: writes from a page of another site (403), whoever is not logged in (401), also where the page was made
 * for somebody else than is logged in now, has to choose a password first or may not do this (403); and what `openHandler`
 * refuses.
 */
export const handler = <R extends ActorRoute, Input = undefined>(
  route: R,
  declaration: Declaration<Input>,
  answer: (call: Call<R, Input> & { actor: Actor; session: OpenSession }) => Promise<Response>,
): Handler<R> =>
  guarded<R, Input>(declaration, async (request, proceed) => {
    const row = rowOf(route);
    const session = await sessionOf(request, row.passive);
    const madeFor = request.headers.get(MADE_FOR) ?? session?.actor.user.id;
    if (!session || session.actor.user.id !== madeFor) return refusal(401, "请先登录。");
    if (session.mustChange && !row.beforePassword) {
      return refusal(403, "请先更换密码。", { problem: "password" });
    }
    if (!isAllowed(route, session.actor.roles)) return refusal(403, "您的角色不能进行这项操作。");
    const began = Date.now();
    const response = await proceed((call) => answer({ ...call, actor: session.actor, session }));
    const mayBeOver = request.method === "GET" && Date.now() - began > LONG;
    return mayBeOver && !(await sessionOf(request, true)) ? refusal(401, "请先登录。") : response;
  });

/**
 * Wraps a route handler that needs nobody to be logged in. Refused before it runs: writes from a page of another site
 * (403), and bodies that are too large (413), cut short (400), of another kind (415) or not of the declared shape (422,
 * naming the field). What it throws is a bug: logged without its message, which may quote a draft, and answered 500.
 * Nothing is cached that is not declared to be.
 */
export const openHandler = <R extends OpenRoute, Input = undefined>(
  _route: R,
  declaration: Declaration<Input>,
  answer: (call: Call<R, Input>) => Promise<Response>,
): Handler<R> => guarded<R, Input>(declaration, (_request, proceed) => proceed(answer));

type Proceed<R extends Route, Input> = (answer: (call: Call<R, Input>) => Promise<Response>) => Promise<Response>;

const guarded =
  <R extends Route, Input>(
    { input, body = input && jsonBody(input), kept }: Declaration<Input>,
    decide: (request: Request, proceed: Proceed<R, Input>) => Promise<Response>,
  ): Handler<R> =>
  async (request, context) => {
    const proceed: Proceed<R, Input> = async (answer) => {
      const read = body ? await body(request) : { ok: true as const, input: undefined as Input };
      return read.ok ? answer({ input: read.input, params: await context.params, request }) : read.refused;
    };
    const response = await run(request, () => decide(request, proceed));
    response.headers.set("cache-control", kept && response.ok ? KEPT : "no-store");
    return response;
  };

async function run(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return comesFromElsewhere(request) ? refusal(403, "请求来自其他网站，已拒绝。") : await work();
  } catch (error) {
    logWithoutContent(request, error);
    return refusal(500, "服务器出错，本次操作没有完成，请稍后重试。");
  }
}

/**
 * Whether this write was not made by a page of ours. Browsers name their page in Origin on every write; where something
 * between took that away, Sec-Fetch-Site tells. What names neither may carry somebody's session all the same.
 */
function comesFromElsewhere(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin === null) return site !== "same-origin";
  if (site !== null && site !== "same-origin") return true;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.get("host");
}

function logWithoutContent(request: Request, error: unknown): void {
  const { name = "unknown", code = "", stack = "" } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = stack.split("\n").filter((frame) => /^\s+at /.test(frame));
  console.error([`${request.method} ${new URL(request.url).pathname} failed: ${name} ${code}`, ...frames].join("\n"));
}
