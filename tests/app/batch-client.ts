import { GET as getFile } from "../../app/api/batches/[id]/file/route.ts";
import { GET as getState } from "../../app/api/batches/[id]/route.ts";
import { at, request } from "./api-client.ts";

/** Where a batch stands. */
export const state = (id: string) => getState(request("GET", `/api/batches/${id}`), at({ id }));
/** The ZIP that was made of it. */
export const file = (id: string) => getFile(request("GET", `/api/batches/${id}/file`), at({ id }));

/** What is said of a batch once it is at its end. */
export async function finished(id: string) {
  for (;;) {
    const answer = await (await state(id)).json();
    if (answer.state !== "running") return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
