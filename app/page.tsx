import { redirect } from "next/navigation";
import { currentOrganisation } from "@/lib/auth/session.ts";

export default async function Home() {
  redirect((await currentOrganisation()) ? "/reports" : "/start");
}
