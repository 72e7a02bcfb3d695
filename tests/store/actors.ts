import type { Actor } from "../../lib/store/actor.ts";
import { writingAll } from "../../lib/store/tenancy.ts";
import { insertUser } from "../../lib/store/users.ts";
import type { Role } from "../../lib/workflow/roles.ts";

/** Puts an organisation into the database, at the top of a tree or below another one. */
export async function organisationNamed(name: string, parent?: Actor["organisation"]): Promise<Actor["organisation"]> {
  const organisation = { id: crypto.randomUUID(), name };
  const row = { ...organisation, created_at: Date.now(), kind: "department" as const, parent_id: parent?.id ?? null };
  await writingAll((transaction) => transaction.insertInto("organisation").values(row).execute());
  return organisation;
}

/** Somebody in an organisation with these roles, by default a clerk, who is in no database. */
export function actorIn(organisation: Actor["organisation"], roles: readonly Role[] = ["clerk"]): Actor {
  const id = crypto.randomUUID();
  return { user: { id, username: `u${id.slice(0, 8)}`, name: "李明" }, organisation, roles, below: [] };
}

/** Puts such an actor into the database as well; nobody knows her password. */
export async function userIn(organisation: Actor["organisation"], roles: readonly Role[] = ["clerk"]): Promise<Actor> {
  const { user, ...actor } = actorIn(organisation, roles);
  const id = await writingAll((transaction) =>
    insertUser(transaction, {
      organisationId: organisation.id,
      username: user.username,
      name: user.name,
      passwordHash: "scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      mustChange: false,
      memberships: roles.map((role) => ({ organisationId: organisation.id, role })),
    }),
  );
  return { ...actor, user: { ...user, id } };
}
