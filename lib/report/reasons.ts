/** Longest written reason. */
export const LONGEST_REASON = 500;

/**
 * Where a written reason is kept: `B05.requests.carriedIn.natural` names the check and the place without offsets, which
 * move while the text is typed; `#2` and so on tell the reasons of one check at one place apart.
 */
export type ReasonKey = { code: string; place: string; slot: number };

const KEY = /^([A-Z]{1,2}\d{2})\.(\w+(?:\.\w+){0,2})(?:#([2-9]|[1-9]\d{1,2}))?$/;

/** Reads a key; undefined for what is none. */
export function parseReasonKey(key: string): ReasonKey | undefined {
  const [, code, place, slot = "1"] = KEY.exec(key) ?? [];
  return code && place ? { code, place, slot: Number(slot) } : undefined;
}

export const reasonKey = ({ code, place, slot }: ReasonKey): string => `${code}.${place}${slot > 1 ? `#${slot}` : ""}`;

/** The path by which edits name a reason, and back. */
export const reasonPath = (key: string): string => PREFIX + key;
export const reasonKeyOf = (path: string): string | undefined =>
  path.startsWith(PREFIX) ? path.slice(PREFIX.length) : undefined;
const PREFIX = "reasons.";
