import "server-only";
import type { Role } from "../workflow/roles.ts";

/** What the wrappers have to know of a route before its handler runs. */
type Row = {
  /** Anyone at all; every user who is logged in; or whoever has one of these roles in the organisation she works for. */
  may: "anyone" | "user" | readonly Role[];
  /** Open to a user who has to choose a password first. */
  beforePassword?: true;
  /** Asked by pages on their own: no sign that somebody still sits there. */
  passive?: true;
};

/** Who sees the reports of her organisation. Not who looks after users, nor who looks after what all of them did. */
const readers = ["clerk", "reviewer", "signatory", "supervisor"] as const satisfies readonly Role[];
const supervisor = ["supervisor"] as const satisfies readonly Role[];
const auditor = ["auditor"] as const satisfies readonly Role[];
const administrator = ["administrator"] as const satisfies readonly Role[];
const clerk = ["clerk"] as const satisfies readonly Role[];

/**
 * Who may use which route: the one place where that is decided. The wrappers (`handler.ts`, `page.ts`) take the row by its
 * name, so a route without a row does not compile. Which objects are hers is decided in `lib/store`.
 */
export const routes = {
  "GET /": { may: "user" },
  "GET /supported.js": { may: "anyone" },
  "GET /unsupported.html": { may: "anyone" },
  "GET /api/health": { may: "anyone" },
  "GET /sample": { may: "user" },
  "GET /glossary": { may: "user" },

  "GET /setup": { may: "anyone" },
  "POST /api/setup": { may: "anyone" },
  "GET /login": { may: "anyone" },
  "POST /api/session": { may: "anyone" },
  "GET /api/session": { may: "user", beforePassword: true, passive: true },
  "PUT /api/session": { may: "user", beforePassword: true },
  "PATCH /api/session": { may: "user" },
  "DELETE /api/session": { may: "user", beforePassword: true },

  "GET /account": { may: "user" },
  "GET /account/password": { may: "user", beforePassword: true },
  "POST /api/account/password": { may: "user", beforePassword: true },
  "POST /api/account/totp": { may: "user" },
  "PUT /api/account/totp": { may: "user" },
  "DELETE /api/account/totp": { may: "user" },
  "DELETE /api/sessions/[id]": { may: "user" },

  "GET /audit": { may: auditor },
  "GET /audit/entries": { may: auditor },
  "POST /api/audit/verification": { may: auditor },

  "GET /administration": { may: administrator },
  "GET /administration/units/[id]": { may: administrator },
  "GET /administration/users/[id]": { may: administrator },
  "GET /administration/import": { may: administrator },
  "GET /administration/import/template": { may: administrator },
  "POST /api/unit-imports": { may: administrator },
  "PUT /api/unit-imports": { may: administrator },
  "POST /api/organisations": { may: administrator },
  "PATCH /api/organisations/[id]": { may: administrator },
  "PUT /api/organisations/[id]/steps": { may: administrator },
  "POST /api/users": { may: administrator },
  "PATCH /api/users/[id]": { may: administrator },
  "POST /api/users/[id]/password": { may: administrator },
  "DELETE /api/users/[id]/lock": { may: administrator },

  "GET /overview": { may: supervisor },
  "GET /overview/totals": { may: supervisor },
  "GET /overview/totals/workbook": { may: supervisor },
  "POST /api/adjustments": { may: supervisor },
  "DELETE /api/adjustments/[id]": { may: supervisor },
  "POST /api/reminders": { may: supervisor },
  "POST /api/region-batches": { may: supervisor },

  "GET /reports": { may: readers },
  "GET /reports/new": { may: clerk },
  "POST /api/reports": { may: clerk },
  "GET /reports/[id]": { may: readers },
  "GET /reports/[id]/[step]": { may: readers },
  "GET /reports/[id]/check": { may: readers },
  "GET /reports/[id]/history": { may: readers },
  "GET /reports/[id]/import": { may: clerk },
  "GET /reports/[id]/preview": { may: readers },
  "GET /reports/[id]/receipts/[number]": { may: readers },
  "GET /reports/[id]/export/[kind]": { may: readers },
  "GET /api/reports/[id]": { may: readers, passive: true },
  "PATCH /api/reports/[id]": { may: clerk },
  // Who may do what with a report, and when, stands in lib/workflow/transitions.ts.
  "POST /api/reports/[id]/moves": { may: readers },
  "POST /api/reports/[id]/remarks": { may: ["reviewer", "signatory", "supervisor"] },
  "PATCH /api/reports/[id]/remarks/[remark]": { may: readers },
  "PUT /api/reports/[id]/last-year": { may: clerk },
  "POST /api/batches": { may: readers },
  "GET /api/batches/[id]": { may: readers, passive: true },
  "DELETE /api/batches/[id]": { may: readers },
  "GET /api/batches/[id]/file": { may: readers },
  "POST /api/imports": { may: "user" },
  "GET /api/published": { may: readers },

  "GET /requirements": { may: "user" },
  "POST /api/requirements": { may: ["supervisor", "administrator"] },
  "DELETE /api/requirements/[id]": { may: ["supervisor", "administrator"] },

  "GET /checkup": { may: "user" },
  "POST /api/corrections/[kind]": { may: "user" },

  "GET /api/fonts": { may: "user", passive: true },
  "GET /api/fonts/[version]": { may: "user", passive: true },
  "GET /api/fonts/[version]/[font]/[characters]": { may: "user", passive: true },
} as const satisfies Record<string, Row>;

export type Route = keyof typeof routes;
/** The routes that need nobody to be logged in. */
export type OpenRoute = { [R in Route]: (typeof routes)[R]["may"] extends "anyone" ? R : never }[Route];
/** The routes that act for somebody. */
export type ActorRoute = Exclude<Route, OpenRoute>;

/** The parameters in the path of a route. */
export type ParamsOf<R extends string> = R extends `${string}[${infer Name}]${infer Rest}`
  ? { [Key in Name]: string } & ParamsOf<Rest>
  : object;

/** The row of a route, for whoever is not interested in which one it is. */
export const rowOf = (route: Route): Row => routes[route];

/** Whether somebody with these roles may use the route. */
export const isAllowed = (route: Route, held: readonly Role[]): boolean => {
  const { may } = rowOf(route);
  return typeof may === "string" || may.some((role) => held.includes(role));
};
