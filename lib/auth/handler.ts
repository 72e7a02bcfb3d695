import "server-only";
import type { z } from "zod";
import type { StoredOrganisation } from "../store/organisations.ts";
import { refusal } from "./answers.ts";
import { currentOrganisation } from "./session.ts";

/** Largest request body, in bytes. */
const LARGEST_BODY = 1024 * 1024;

/** In the browser only: what lies between would give it to people who are not signed in. */
const KEPT = "private, max-age=31536000, immutable";

type Declaration<Input> = {
  /** Shape of the JSON body; a handler without one reads no body. */
  input?: z.ZodType<Input>;
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
 * another site (403), bodies over 1 MB (413), bodies that are not JSON (415) or not of the declared shape (422, naming the field).
 * What it throws is a bug: logged without its message, which may quote a draft, and answered 500. Nothing is cached
 * that is not declared to be.
 */
export const openHandler =
  <Params = object, Input = undefined>(
    { input, kept }: Declaration<Input>,
    answer: (call: Call<Input, Params>) => Promise<Response>,
  ): Route<Params> =>
  async (request, context) => {
    const response = await guarded(request, async () => {
      const read = input ? await readInput(request, input) : { ok: true as const, input: undefined as Input };
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

type Read<Input> = { ok: true; input: Input } | { ok: false; refused: Response };

async function readInput<Input>(request: Request, schema: z.ZodType<Input>): Promise<Read<Input>> {
  const refused = (status: number, message: string): Read<Input> => ({ ok: false, refused: refusal(status, message) });
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refused(415, "请求应为 JSON 格式。");
  const body = await readBody(request);
  if (!body) return refused(413, "内容超过 1 MB，没有保存。");
  const parsed = parseJson(body);
  if (!parsed.ok) return refused(422, "请求不是完整的 JSON。");
  const result = schema.safeParse(parsed.value, { error: describe });
  if (!result.success) return refused(422, result.error.issues[0]?.message ?? "");
  return { ok: true, input: result.data };
}

/** The body, or undefined when it is larger than allowed, whatever its Content-Length says. */
async function readBody(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length")) > LARGEST_BODY) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Uint8Array): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch {
    return { ok: false };
  }
}

/** What is wrong with an input, for fields whose schema has no words of its own. */
function describe(issue: z.core.$ZodRawIssue): string {
  const path = (issue.path ?? []).join(".");
  if (issue.code === "unrecognized_keys") return `不认识的项目“${issue.keys.join("”“")}”。`;
  return path ? `“${path}”缺失或者不符合要求。` : "请求的内容不符合要求。";
}

function logWithoutContent(request: Request, error: unknown): void {
  const { name = "unknown", code = "", stack = "" } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = stack.split("\n").filter((frame) => /^\s+at /.test(frame));
  console.error([`${request.method} ${new URL(request.url).pathname} failed: ${name} ${code}`, ...frames].join("\n"));
}
