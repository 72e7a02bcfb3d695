import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { rolldown } from "rolldown";
import type { Report } from "../../report/report.ts";

const folder = join(import.meta.dirname, "naive");

/** Where the naive table is served. */
type NaiveServer = { origin: string; stop(): void };

/** Serves the largest table of a report as the plainest form of the same libraries, bundled as for production. */
export async function serveNaive(report: Report): Promise<NaiveServer> {
  const files: Record<string, { type: string; body: string }> = {
    "/": { type: "text/html; charset=utf-8", body: readFileSync(join(folder, "page.html"), "utf8") },
    "/table.js": { type: "text/javascript; charset=utf-8", body: await bundled(join(folder, "table.tsx")) },
    "/report.json": { type: "application/json", body: JSON.stringify(report) },
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    response.writeHead(file ? 200 : 404, file && { "content-type": file.type }).end(file?.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
  });
  try {
    const { output } = await bundle.generate({ format: "esm", minify: true });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}
