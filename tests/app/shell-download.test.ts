import { describe, expect, test } from "vitest";
import { fetchFile } from "../../components/ui/download.ts";
import { attachment } from "../../lib/auth/answers.ts";

const name = "某某县 100% 局2024年报告（草稿）.docx";
const file = () => attachment({ name, type: "application/octet-stream", bytes: new Uint8Array([1, 2, 3]) });
const busy = (retryAfter?: string) =>
  Response.json(
    { message: "正在生成的文件较多。" },
    { status: 503, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } },
  );

/** Asks a server that gives these answers, one after the other; the last one for ever. */
async function asked(...answers: (() => Response)[]) {
  const pauses: number[] = [];
  let requests = 0;
  let told = 0;
  const result = await fetchFile("/reports/1/export/docx", {
    fetch: async () => {
      const answer = answers[Math.min(requests++, answers.length - 1)];
      if (!answer) throw new TypeError("network");
      return answer();
    },
    pause: async (milliseconds) => void pauses.push(milliseconds),
    onBusy: () => void told++,
  });
  return { result, pauses, requests, told };
}

describe("a download", () => {
  test("has the file and its Chinese name", async () => {
    const { result, requests } = await asked(file);
    expect(result).toMatchObject({ kind: "file", name });
    expect(result.kind === "file" && (await result.content.arrayBuffer()).byteLength).toBe(3);
    expect(requests).toBe(1);
  });

  test("waits for a busy server as long as it asks for, within bounds, and is told to", async () => {
    const { result, pauses, told } = await asked(
      () => busy("3"),
      () => busy("900"),
      () => busy("Wed, 21 Oct 2026 07:28:00 GMT"),
      () => busy(),
      file,
    );
    expect(result.kind).toBe("file");
    expect(pauses).toEqual([3_000, 20_000, 5_000, 5_000]);
    expect(told).toBe(4);
  });

  test("gives up after a few times, with the server's words", async () => {
    const { result, requests } = await asked(() => busy("1"));
    expect(result).toEqual({ kind: "refused", message: "正在生成的文件较多。" });
    expect(requests).toBe(5);
  });

  test.each([500, 504, 404])("is not asked for again when the server says %i", async (status) => {
    const { result, requests } = await asked(() => Response.json({ message: "生成文件用时过长。" }, { status }));
    expect(result).toEqual({ kind: "refused", message: "生成文件用时过长。" });
    expect(requests).toBe(1);
  });

  test("always fails in a sentence that says what to do", async () => {
    const proxy = await asked(() => new Response("<html>Bad Gateway</html>", { status: 502 }));
    expect(proxy.result).toMatchObject({ message: expect.stringMatching(/502.*系统管理员/) });
    const offline = await asked();
    expect(offline.result).toMatchObject({ message: expect.stringMatching(/连接不上服务器/) });
    const broken = await asked(
      () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error()) })),
    );
    expect(broken.result).toMatchObject({ message: expect.stringMatching(/连接不上服务器/) });
  });
});
