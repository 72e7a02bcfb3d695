/** Runs once when the server starts. The first page does not wait for the fonts of the first download. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NODE_ENV === "production") {
    const { renderPool } = await import("./lib/export/render-pool.ts");
    const { warmUp } = await import("./lib/export/warm-up.ts");
    void warmUp(renderPool());
  }
}
