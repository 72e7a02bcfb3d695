import { roleDuties, roleNames, roles } from "@/lib/workflow/roles.ts";

/** All roles, with what each is there for. */
export const roleChoices = roles.map((role) => ({ value: role, name: roleNames[role], hint: roleDuties[role] }));
