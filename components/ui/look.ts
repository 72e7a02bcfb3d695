/** How the pages look for whoever sits at this machine: 大字版 and 高对比. */
export const looks = ["size", "contrast"] as const;
type LookName = (typeof looks)[number];
export type Look = Readonly<Record<LookName, boolean>>;

/** What each is called by the style sheet: the value of its `data-` attribute at the root of the page. */
const values: Readonly<Record<LookName, string>> = { size: "large", contrast: "high" };

/** A cookie, so that the first page already comes in the look that was chosen. */
export const LOOK_COOKIE = "look";
/** A year, in seconds; browsers keep no cookie much longer. */
const KEPT = 365 * 24 * 60 * 60;

/** Reads the cookie's value; whatever is not known in it is left out. */
export function lookOf(cookie: string | undefined): Look {
  const chosen = (cookie ?? "").split(".");
  return { size: chosen.includes(values.size), contrast: chosen.includes(values.contrast) };
}

/** The look of this page as attributes of its root. */
export const lookAttributes = (look: Look) => ({
  "data-size": look.size ? values.size : undefined,
  "data-contrast": look.contrast ? values.contrast : undefined,
});

/** The cookie as `document.cookie` takes it. */
export const lookCookie = (look: Look): string =>
  `${LOOK_COOKIE}=${looks
    .filter((name) => look[name])
    .map((name) => values[name])
    .join(".")}; path=/; max-age=${KEPT}; samesite=lax`;

/** The cookie's value among all cookies of a page. */
export const lookInCookies = (cookies: string): string | undefined =>
  cookies
    .split("; ")
    .find((cookie) => cookie.startsWith(`${LOOK_COOKIE}=`))
    ?.slice(LOOK_COOKIE.length + 1);
