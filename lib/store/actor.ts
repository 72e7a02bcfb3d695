import type { Role } from "../workflow/roles.ts";

/** Who acts, and for which organisation. Every store function that touches an organisation's things takes one first. */
export type Actor = {
  user: { id: string; username: string; name: string };
  /** The organisation that she works for now. */
  organisation: { id: string; name: string };
  /** What she is in that organisation. */
  roles: readonly Role[];
  /** Ids of all organisations below it, of every level, where one of her roles reaches down; else none. */
  below: readonly string[];
};

/** The roles whose view goes beyond the organisation itself, to all those below it. */
export const farRoles: readonly Role[] = ["supervisor", "administrator", "auditor"];

/** The organisations in which the actor may act as one of these roles. */
export const reach = (actor: Actor, ...as: readonly Role[]): readonly string[] => {
  const held = as.filter((role) => actor.roles.includes(role));
  if (held.length === 0) return [];
  return held.some((role) => farRoles.includes(role))
    ? [actor.organisation.id, ...actor.below]
    : [actor.organisation.id];
};

/** The organisations whose reports she may look at: her own, and as 主管部门 all those below it. */
export const readable = (actor: Actor): readonly string[] =>
  actor.roles.includes("supervisor") ? [actor.organisation.id, ...actor.below] : [actor.organisation.id];

/** What she is to an organisation's reports: in her own all that she is, in those below at most 主管部门. */
export const rolesOver = (actor: Actor, organisation: string): readonly Role[] =>
  organisation === actor.organisation.id ? actor.roles : actor.roles.filter((role) => role === "supervisor");
