/** What became of asking for a file: the file with its name, or a finished Chinese sentence that says why not. */
export type Fetched = { kind: "file"; name: string; content: Blob } | { kind: "refused"; message: string };

type FetchOptions = {
  fetch: typeof globalThis.fetch;
  /** Waits for so many milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  /** Told before each wait for a server that is busy. */
  onBusy: () => void;
};

/** How often a busy server is asked, and how long it is left alone at most in between, in ms. */
const ATTEMPTS = 5;
const LONGEST_PAUSE = 20_000;
const USUAL_PAUSE = 5_000;

const UNREACHABLE = "连接不上服务器，没有下载。请检查网络后再试一次。";
const failed = (status: number) => `没有下载：服务器出错（${status}）。请再试一次；仍然不行，请告诉系统管理员。`;

/**
 * Fetches a file. While the server has too many to make (503) it is asked again, a few times, after the pause that it
 * asks for. Never throws.
 */
export async function fetchFile(address: string, options: FetchOptions): Promise<Fetched> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await options.fetch(address, { cache: "no-store" });
      if (response.ok) return { kind: "file", name: nameOf(response), content: await response.blob() };
      if (response.status !== 503 || attempt === ATTEMPTS) return { kind: "refused", message: await reason(response) };
      options.onBusy();
      await options.pause(pauseOf(response));
    } catch {
      return { kind: "refused", message: UNREACHABLE };
    }
  }
}

/** The name in `filename*` (RFC 6266), which is the Chinese one. */
function nameOf(response: Response): string {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(response.headers.get("content-disposition") ?? "")?.[1];
  try {
    return decodeURIComponent(encoded ?? "");
  } catch {
    return "";
  }
}

function pauseOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? "");
  return seconds > 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE) : USUAL_PAUSE;
}

async function reason(response: Response): Promise<string> {
  const answer: { message?: string } = await response.json().catch(() => ({}));
  return answer.message ?? failed(response.status);
}

/** How long the browser may take to write a file before its content is let go, in ms. */
const WRITING = 60_000;

/** Has the browser save a file that is here already. */
export function saveFile({ name, content }: { name: string; content: Blob }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), WRITING);
}
