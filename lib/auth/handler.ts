import "server-only";
import type { z } from "zod";
import type { StoredOrganisation } from "../store/organisations.ts";
import { refusal } from "./answers.ts";
import { type BodyReader, jsonBody } from "./body.ts";
import { currentOrganisation } from "./session.ts";

/** In the browser only: what lies between would give it to people who are not signed in. */
const KEPT = "private, max-age=31536000, immutable";

type Declaration<Input> = {
  /** Shape of a body of JSON. */
  input?: z.ZodType<Input>;
  /** How any other body is read. A handler with neither reads none. */
  body?: BodyReader<Input>;
  /** The browser may keep the answer for ever, because another content has another address. Refusals are never kept. */
  kept?: boolean;
};
type Call<Input, Params> = { input: Input; params: Params };
type Route<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * Wraps a route handler that acts for an organisation. See `openHandler` for what is refused before it runs; besides,
 * 409 while no organisation has been named.
 */
export const handler = <Params = object, Input = undefined>(
  declaration: Declaration<Input>,
  answer: (call: Call<Input, Params> & { organisation: StoredOrganisation }) => Promise<Response>,
): Route<Params> =>
  openHandler<Params, Input>(declaration, async (call) => {
    const organisation = await currentOrganisation();
    return organisation ? answer({ ...call, organisation }) : refusal(409, "请先登记单位名称。");
  });

/**
 * Wraps a route handler that may run before there is an organisation. Refused before it runs: writes from a page of
 * another site (403), and bodies that are too large (413), cut short (400), of another kind (415) or not of the declared
 * shape (422, naming the field). What it throws is a bug: logged without its message, which may quote a draft, and
 * answered 500. Nothing is cached that is not declared to be.
 */
export const openHandler =
  <Params = object, Input = undefined>(
    { input, body = input && jsonBody(input), kept }: Declaration<Input>,
    answer: (call: Call<Input, Params>) => Promise<Response>,
  ): Route<Params> =>
  async (request, context) => {
    const response = await guarded(request, async () => {
      const read = body ? await body(request) : { ok: true as const, input: undefined as Input };
      return read.ok ? answer({ input: read.input, params: await context.params }) : read.refused;
    });
    response.headers.set("cache-control", kept && response.ok ? KEPT : "no-store");
    return response;
  };

async function guarded(request: Request, run: () => Promise<Response>): Promise<Response> {
  try {
    return comesFromElsewhere(request) ? refusal(403, "请求来自其他网站，已拒绝。") : await run();
  } catch (error) {
    logWithoutContent(request, error);
    return refusal(500, "服务器出错，本次操作没有完成，请稍后重试。");
  }
}

/**
 * Whether a page of another site made a browser send this write. Browsers name their page in Origin on every write; where
 * it is missing, Sec-Fetch-Site tells. A client that sends neither is no browser and carries nobody's session.
 */
function comesFromElsewhere(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return !["same-origin", "none", null].includes(request.headers.get("sec-fetch-site"));
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.get("host");
}

function logWithoutContent(request: Request, error: unknown): void {
  const { name = "unknown", code = "", stack = "" } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = stack.split("\n").filter((frame) => /^\s+at /.test(frame));
  console.error([`${request.method} ${new URL(request.url).pathname} failed: ${name} ${code}`, ...frames].join("\n"));
}
