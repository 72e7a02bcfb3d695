/** What the server answered: the new thing's id, or a finished Chinese sentence that says why not. */
export type Answer = { status: number; id?: string; message?: string };

const unreachable = "没有保存：连接不上服务器。填写的内容还在，请检查网络后再试一次。";

/** Sends JSON and reads the JSON answer. Never throws: without an answer the status is 0. */
export async function post(path: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer: { id?: string; message?: string } = await response.json().catch(() => ({}));
    if (response.ok) return { status: response.status, id: answer.id };
    const failed = `没有保存：服务器出错（${response.status}）。请再试一次；仍然不行，请告诉系统管理员。`;
    return { status: response.status, id: answer.id, message: answer.message ?? failed };
  } catch {
    return { status: 0, message: unreachable };
  }
}
