/** Stands in for the guard that keeps server modules out of the browser bundle; tests run on the server. */
export {};
