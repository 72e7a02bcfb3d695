/** In which a page says for whom it was made; `lib/auth/handler.ts` reads it. */
const MADE_FOR = "x-made-for";

/**
 * Asks the server in somebody's name. The cookie alone may be another one's by now, who logged in in another window of this
 * browser: what is not from the page of whoever is logged in is answered as if nobody were (401).
 */
export const fetchFor =
  (user: string | undefined): typeof fetch =>
  (address, init) => {
    const headers = new Headers(init?.headers);
    if (user) headers.set(MADE_FOR, user);
    return fetch(address, { ...init, headers });
  };

/** The same for the user that this page was made for, whom the document names. */
export const fetchHere: typeof fetch = (address, init) =>
  fetchFor(globalThis.document?.documentElement.dataset.user)(address, init);
