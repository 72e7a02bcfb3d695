import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post } from "../../components/ui/post.ts";

/** Answers what it is asked to answer. */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { status, answer } = JSON.parse(body) as { status: number; answer: string };
  response.writeHead(status).end(answer);
});
let address = "";

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

test("what was made is known by its id", async () => {
  expect(await post(address, { status: 201, answer: '{"id":"a"}' })).toEqual({ status: 201, id: "a" });
});

test("a refusal keeps the server's words and what they point to", async () => {
  const refused = await post(address, { status: 409, answer: '{"id":"a","message":"已有报告。"}' });
  expect(refused).toEqual({ status: 409, id: "a", message: "已有报告。" });
});

test("an answer that is no JSON still becomes a sentence that says what to do", async () => {
  const failed = await post(address, { status: 502, answer: "<html>Bad Gateway</html>" });
  expect(failed.message).toBe("没有保存：服务器出错（502）。请再试一次；仍然不行，请告诉系统管理员。");
});

test("a server that does not answer is told apart, and nothing is thrown", async () => {
  const { status, message } = await post("http://127.0.0.1:1/", {});
  expect(status).toBe(0);
  expect(message).toMatch(/连接不上服务器/);
});
