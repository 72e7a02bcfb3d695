"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ComponentProps, useCallback, useEffect } from "react";
import { stepOf, stepsOf } from "@/lib/checks/progress.ts";
import type { Draft } from "./draft/draft.ts";
import { focusSpot } from "./focus.ts";
import { spotOf } from "./places.ts";
import { useReportContext } from "./report-provider.tsx";

/** The step that is shown; empty on the overview. */
export function useStep(): string {
  const { draft } = useReportContext();
  const pathname = usePathname();
  return pathname.slice(addressOf(draft.id).length + 1).split("/")[0] ?? "";
}

export const addressOf = (id: string, step = ""): string => `/reports/${id}${step && `/${step}`}`;

type StepLinkProps = Omit<ComponentProps<"a">, "href"> & {
  /** Empty for the overview. */
  step: string;
  /** Where to put the focus, as findings name places. */
  at?: string;
};

/**
 * A link to another step. The report is in the browser already, so a step is shown without asking the server: instantly,
 * and also while there is no network. Opened in a new tab it is an ordinary address.
 */
export function StepLink({ step, at, onClick, ...rest }: StepLinkProps) {
  const { draft } = useReportContext();
  const show = useShowStep();
  const address = addressOf(draft.id, step);
  const open = (event: React.MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(step, at);
  };
  return <a href={at ? `${address}#${at}` : address} onClick={open} {...rest} />;
}

/** Shows a step, and puts the focus on a place in it if there is one named. */
export function useShowStep(): (step: string, at?: string) => void {
  const { draft, awaited } = useReportContext();
  const router = useRouter();
  const current = useStep();
  return useCallback(
    (step, at) => {
      if (step === current) {
        if (at) focusSpot(spotOf(draft.format, at));
        return;
      }
      awaited.current = at ?? "";
      const address = addressOf(draft.id, step);
      if (isShownHere(draft, current)) window.history.pushState(null, "", address);
      else router.push(address);
    },
    [current, draft, awaited, router],
  );
}

/** The page before the downloads, in the place of a step: 校验与下载. */
export const CHECK = "check";

/** The versions of the report, and any of them held against what it says now. */
export const HISTORY = "history";

/** Whether the page that is open shows the task list and the steps; the preview, for one, is a page of its own. */
const isShownHere = (draft: Draft, step: string) =>
  step === "" || step === CHECK || stepsOf(draft.format).includes(step);

/** A link to the place a finding is about. */
export function PlaceLink({ at, ...rest }: Omit<StepLinkProps, "step"> & { at: string }) {
  const { draft } = useReportContext();
  return <StepLink step={stepOf(draft.format, at)} at={at} {...rest} />;
}

/** Puts the focus where the link to this step pointed: on a cell, on a passage, or on the heading of the page. */
export function useArrival(step: string, title: string) {
  const { draft, awaited, visit, ready, productName } = useReportContext();
  useEffect(() => {
    document.title = `${title} - ${productName}`;
  }, [title, productName]);
  useEffect(() => {
    if (!ready) return;
    if (step && step !== CHECK) visit(step);
    const at = awaited.current ?? (window.location.hash.slice(1) || undefined);
    awaited.current = undefined;
    if (at) focusSpot(spotOf(draft.format, at));
    else if (at === "") {
      window.scrollTo(0, 0);
      document.querySelector("h1")?.focus({ preventScroll: true });
    }
  }, [step, ready, visit, awaited, draft]);
}
