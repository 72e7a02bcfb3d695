/*
 * Written for any browser there is (ES3 syntax, no libraries). A browser that lacks what the pages need is led to a plain
 * page that says which one to take; and where the pages' own script does not come to life, they say so.
 */
(() => {
  var root = document.documentElement;
  /** How long the pages' script may take after all is loaded, in ms. */
  var PATIENCE = 10000;

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
    } catch (_error) {
      return false;
    }
  }

  if (!isSupported()) {
    window.location.replace("/unsupported.html");
    return;
  }
  root.setAttribute("data-page", "starting");
  window.addEventListener("load", () => {
    window.setTimeout(() => {
      if (root.getAttribute("data-page") !== "alive") root.setAttribute("data-page", "dead");
    }, PATIENCE);
  });
})();
