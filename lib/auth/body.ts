import "server-only";
import type { z } from "zod";
import { refusal } from "./answers.ts";

/** What the body of a request held, or the answer that refuses it. */
type Read<Input> = { ok: true; input: Input } | { ok: false; refused: Response };

/** How the body of a request becomes the input of its handler. */
export type BodyReader<Input> = (request: Request) => Promise<Read<Input>>;

const MEGABYTE = 1024 * 1024;
/** Largest body of JSON, and what a form may add around a file, in bytes. */
const LARGEST_JSON = MEGABYTE;
const FORM_AROUND_FILE = 64 * 1024;

const refused = (status: number, message: string): { ok: false; refused: Response } => ({
  ok: false,
  refused: refusal(status, message),
});

/** JSON of a declared shape, up to 1 MB unless given in bytes. Its first problem is named by the schema, or by the field. */
export const jsonBody =
  <Input>(schema: z.ZodType<Input>, largest = LARGEST_JSON): BodyReader<Input> =>
  async (request) => {
    if (mediaType(request) !== "application/json") return refused(415, "请求应为 JSON 格式。");
    const body = await readBytes(request, largest);
    if (body === "tooLarge") return refused(413, `内容超过 ${largest / MEGABYTE} MB，没有保存。`);
    if (body === "incomplete") return refused(400, "内容没有完整传到服务器，请重试。");
    const parsed = parseJson(body);
    if (!parsed.ok) return refused(422, "请求不是完整的 JSON。");
    const result = schema.safeParse(parsed.value, { error: describe });
    if (!result.success) return refused(422, result.error.issues[0]?.message ?? "");
    return { ok: true, input: result.data };
  };

/**
 * A file of so many bytes at most: the body itself, or the first file of a form (multipart). What it is nobody has looked
 * at.
 */
export const fileBody =
  (largest: number): BodyReader<Uint8Array> =>
  async (request) => {
    const tooLarge = () => refused(413, `文件超过 ${largest / MEGABYTE} MB，没有读取。`);
    const isForm = mediaType(request) === "multipart/form-data";
    const body = await readBytes(request, largest + (isForm ? FORM_AROUND_FILE : 0));
    if (body === "tooLarge") return tooLarge();
    if (body === "incomplete") return refused(400, "文件没有完整传到服务器，请重试。");
    const file = isForm ? await firstFile(request, body) : body;
    if (!file) return refused(400, "请求中没有文件，请重新选择文件。");
    return file.length > largest ? tooLarge() : { ok: true, input: file };
  };

const mediaType = (request: Request): string | undefined =>
  request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();

/** The body, unless it is larger than allowed, whatever its Content-Length says, or shorter or longer than that says. */
async function readBytes(request: Request, largest: number): Promise<Uint8Array | "tooLarge" | "incomplete"> {
  const declared = request.headers.get("content-length");
  if (Number(declared) > largest) return "tooLarge";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largest) return "tooLarge";
    chunks.push(chunk);
  }
  return declared !== null && Number(declared) !== size ? "incomplete" : Buffer.concat(chunks);
}

async function firstFile(request: Request, body: Uint8Array): Promise<Uint8Array | undefined> {
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const form = await new Response(body as Uint8Array<ArrayBuffer>, { headers }).formData().catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => value instanceof File);
  return file && new Uint8Array(await file.arrayBuffer());
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
