import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ADDRESS } from "../env.ts";
import type { Actor } from "../store/actor.ts";
import type { OpenSession } from "../store/sessions.ts";
import { logInAddress } from "./next-place.ts";
import { type ActorRoute, isAllowed, type ParamsOf, rowOf } from "./routes.ts";
import { currentSession } from "./session.ts";

type Search = Record<string, string | string[] | undefined>;
type Visit<R extends ActorRoute> = { actor: Actor; session: OpenSession; params: ParamsOf<R>; searchParams: Search };
type PageProps<R extends ActorRoute> = { params: Promise<ParamsOf<R>>; searchParams: Promise<Search> };

/**
 * Wraps a page that shows something of somebody's. Who may open it stands in its row (`routes.ts`): whoever is not logged
 * in goes to the log-in and comes back from there, whoever has to choose a password goes there, and for anybody else there is no such page.
 */
export const page =
  <R extends ActorRoute>(route: R, render: (visit: Visit<R>) => Promise<ReactNode>) =>
  async ({ params, searchParams }: PageProps<R>): Promise<ReactNode> => {
    const session = await visitor(route);
    return render({ actor: session.actor, session, params: await params, searchParams: await searchParams });
  };

/** Whoever visits the page of this route; the same refusals as those of `page`. */
export async function visitor(route: ActorRoute): Promise<OpenSession> {
  const session = await currentSession();
  if (!session) redirect(logInAddress((await headers()).get(ADDRESS) ?? "/"));
  if (session.mustChange && !rowOf(route).beforePassword) redirect("/account/password");
  if (!isAllowed(route, session.actor.roles)) notFound();
  return session;
}
