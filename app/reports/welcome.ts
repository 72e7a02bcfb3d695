/** Set once 三分钟上手 has been put away on this machine. */
export const WELCOME_COOKIE = "welcomed";
/** A year, in seconds. */
const KEPT = 365 * 24 * 60 * 60;

/** The cookie as `document.cookie` takes it. */
export const welcomeCookie = `${WELCOME_COOKIE}=yes; path=/; max-age=${KEPT}; samesite=lax`;
