import { openHandler } from "@/lib/auth/handler.ts";

/** How long the pages' script may take after all is loaded, in ms. */
const PATIENCE = 10_000;

/**
 * Written for any browser there is (ECMAScript 3, no libraries), hence as it is to be sent. A browser that lacks what the
 * pages need is led to a plain page that says which one to take; and where the pages' own script does not come to life,
 * they say so.
 */
const script = `(function () {
  var root = document.documentElement;
  function isSupported() {
    try {
      return (
        "noModule" in document.createElement("script") &&
        typeof window.fetch === "function" &&
        typeof window.ResizeObserver === "function" &&
        typeof window.IntersectionObserver === "function" &&
        typeof window.structuredClone === "function" &&
        typeof window.DecompressionStream === "function" &&
        typeof Array.prototype.findLast === "function" &&
        typeof window.HTMLDialogElement === "function" &&
        window.CSS.supports("width: max(1px, 2px)") &&
        window.CSS.supports("selector(:is(a, b))")
      );
    } catch (error) {
      return false;
    }
  }

  if (!isSupported()) {
    window.location.replace("/unsupported.html");
    return;
  }
  root.setAttribute("data-scripts", "starting");
  window.addEventListener("load", function () {
    window.setTimeout(function () {
      if (root.getAttribute("data-scripts") !== "alive") root.setAttribute("data-scripts", "dead");
    }, ${PATIENCE});
  });
})();
`;

/** The script that runs before all others. */
export const GET = openHandler(
  "GET /supported.js",
  {},
  async () => new Response(script, { headers: { "content-type": "text/javascript; charset=utf-8" } }),
);
