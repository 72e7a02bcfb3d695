import "server-only";
import { type StoredOrganisation, soleOrganisation } from "../store/organisations.ts";

/** Whose request this is. Until there are accounts, that of the one organisation served here; undefined before it is named. */
export const currentOrganisation = (): Promise<StoredOrganisation | undefined> => soleOrganisation();
