import "server-only";

/** Stands for this application, whatever it is called; nothing of it is kept. */
const HERE = "http://here";
/** What Next adds to the addresses that its client asks for. */
const ADDED = "_rsc";

/** The log-in, from which she goes on to this address. */
export function logInAddress(address: string): string {
  const place = placeHere(address);
  return place === "/" ? "/login" : `/login?next=${encodeURIComponent(place)}`;
}

/** A path of this application with its search, or its start where something else is asked for. */
export function placeHere(asked: unknown): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])[\x20-\x7e]*$/.test(asked) || !URL.canParse(asked, HERE)) return "/";
  const url = new URL(asked, HERE);
  // Dots may make two slashes out of one.
  if (url.origin !== HERE || url.pathname.startsWith("//")) return "/";
  url.searchParams.delete(ADDED);
  return url.pathname + url.search;
}
