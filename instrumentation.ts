/** Runs once when the server starts. Whoever set it up is told where to begin; the first page does not wait for the fonts of the first download. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { announceSetup } = await import("./lib/auth/setup.ts");
  await announceSetup();
  if (process.env.NODE_ENV === "production") {
    const { renderPool } = await import("./lib/export/render-pool.ts");
    const { warmUp } = await import("./lib/export/warm-up.ts");
    void warmUp(renderPool());
  }
}
