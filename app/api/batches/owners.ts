import type { visitor } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";

type Actor = Pick<Awaited<ReturnType<typeof visitor>>["actor"], "organisation" | "roles">;

/** As whose the files of all units below an organisation are kept: its own people see only its own files. */
export const regionOf = ({ organisation }: Pick<Actor, "organisation">): string => `below ${organisation.id}`;

/** As whom somebody may ask for batches. */
const ownersFor = (actor: Actor): string[] => [
  actor.organisation.id,
  ...(isAllowed("POST /api/region-batches", actor.roles) ? [regionOf(actor)] : []),
];

/** What the first of them has, if any of them has it. */
export function ownedBy<Found>(actor: Actor, find: (owner: string) => Found | undefined): Found | undefined {
  for (const owner of ownersFor(actor)) {
    const found = find(owner);
    if (found) return found;
  }
  return undefined;
}
