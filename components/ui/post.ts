import { fetchHere } from "./fetch-for.ts";

/** What the server answered: what it said of a new thing, or a finished Chinese sentence that says why not. */
export type Answer = {
  status: number;
  id?: string;
  message?: string;
  /** A word for what has to be done before the same would work. */
  problem?: string;
  /** A password that is shown once. */
  password?: string;
  /** A secret and the address that an application reads it from. */
  secret?: string;
  address?: string;
};

const unreachable = "没有保存：连接不上服务器。填写的内容还在，请检查网络后再试一次。";

/** Sends JSON and reads the JSON answer. Never throws: without an answer the status is 0. */
export const post = (path: string, body: object): Promise<Answer> => send("POST", path, body);

/** The same for other kinds of requests; a request without a body has none. */
export async function send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answer> {
  try {
    const response = await fetchHere(path, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const answer: Omit<Answer, "status"> = await response.json().catch(() => ({}));
    if (response.ok) return { ...answer, status: response.status };
    const failed = `没有保存：服务器出错（${response.status}）。请再试一次；仍然不行，请告诉系统管理员。`;
    return { ...answer, status: response.status, message: answer.message ?? failed };
  } catch {
    return { status: 0, message: unreachable };
  }
}
