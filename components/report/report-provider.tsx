"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import * as z from "zod/mini";
import { fetchFor } from "@/components/ui/fetch-for.ts";
import type { RegionSum } from "@/lib/checks/finding.ts";
import { admits, isLocked, type Opening, openingChanges, openingsOf } from "@/lib/checks/opening.ts";
import type { Requirements } from "@/lib/checks/requirement-pack.ts";
import { isDrawn } from "@/lib/layout/glyphs.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Remark, Workflow } from "@/lib/workflow/history.ts";
import { isOpen, type Standing } from "@/lib/workflow/workflow.ts";
import { formatById } from "@/templates/index.ts";
import { openBackup } from "./draft/backup.ts";
import { Draft, type DraftOptions } from "./draft/draft.ts";
import { keepOpen } from "./draft/leaving.ts";
import { LiveFindings } from "./draft/live-findings.ts";
import { LiveKept } from "./draft/live-kept.ts";
import { openPeers } from "./draft/peers.ts";
import type { ServerReport } from "./draft/server.ts";
import { loadPageMetrics } from "./pages/page-metrics.ts";
import { RemarkTarget } from "./remark-target.ts";
import { localStorageIfAny, useRemembered } from "./use-remembered.ts";

// Without it zod probes `new Function`, which a strict content security policy forbids.
if (typeof window !== "undefined") z.config({ jitless: true });

type Context = {
  draft: Draft;
  findings: LiveFindings;
  /** What the texts still have of last year's. */
  kept: LiveKept;
  /** False until the page is alive and what this machine kept is back in the form. */
  ready: boolean;
  /** As whom she logs in again without leaving the page, and for which organisation. */
  signIn: SignIn;
  /** Steps that were opened at least once on this machine. */
  visited: ReadonlySet<string>;
  visit: (step: string) => void;
  /** The place to put the focus on once its step is shown. */
  awaited: { current: string | undefined };
  /** Whether the pages are shown beside the form; remembered on this machine. */
  pagesShown: boolean;
  showPages: (shown: boolean) => void;
  /** Where the report stands, how it got there, and what whoever looks at it is to it. */
  workflow: Workflow;
  remarks: readonly Remark[];
  /** Whether she may change it now; if not, everything is shown to be read. */
  editable: boolean;
  /** What a remark would be about. */
  target: RemarkTarget;
  /** How many days are left, as the server told it when the page was made. */
  deadline: string | undefined;
  productName: string;
  /** Local requirements that apply to this agency, of whatever year. */
  requirements: readonly Requirements[];
  /** Last year's report, where one is kept with this one. */
  lastYear: FormattedReport | undefined;
  /** What the report is added up from, where it is that of a region. */
  rollup: RegionSum | undefined;
  /** The rows that last year's report opens and locks. */
  openings: readonly Opening[];
  /** Told what the server keeps as last year's report from now on; fills in what it opens, and says how many cells that are. */
  keepLastYear: (report: Report) => number;
};
type SignIn = { username: string; organisation: string };
const ReportContext = createContext<Context | undefined>(undefined);

/** The report being edited; only below a `ReportProvider`. */
export function useReportContext(): Context {
  const context = useContext(ReportContext);
  if (!context) throw new Error("no ReportProvider above");
  return context;
}

type ProviderProps = {
  id: string;
  /** Who works here: what others left on this machine is not shown. */
  owner: string;
  signIn: SignIn;
  server: ServerReport;
  workflow: Workflow;
  remarks: readonly Remark[];
  deadline: string | undefined;
  productName: string;
  requirements: readonly Requirements[];
  /** Last year's report as the server keeps it. */
  lastYear: Report | undefined;
  rollup: RegionSum | undefined;
  children: ReactNode;
};

/** Keeps one draft alive across all steps of a report: it is opened once and not read again at every step. */
export function ReportProvider(props: ProviderProps) {
  const { id, owner, signIn, server, workflow, remarks, deadline, productName, requirements, rollup, children } = props;
  const editable = mayEdit(workflow);
  const standing = useRef(workflow.standing);
  standing.current = workflow.standing;
  const router = useRouter();
  const [draft] = useState(() =>
    openDraft(id, owner, server, {
      open: editable,
      onStanding: (told) => {
        if (!sameStanding(told, standing.current)) router.refresh();
      },
    }),
  );
  const [lastYear, setLastYear] = useState(() => props.lastYear && formatted(props.lastYear));
  const [openings, setOpenings] = useState(() => lockedTo(draft, lastYear));
  const [findings] = useState(() => new LiveFindings(draft, { requirements, ...(rollup && { rollup }) }, lastYear));
  const [kept] = useState(() => new LiveKept(draft, lastYear));
  const [ready, setReady] = useState(false);
  const [visited, visit] = useVisitedSteps(id);
  const [pagesShown, showPages] = useRemembered("pages-shown");
  const [target] = useState(() => new RemarkTarget());
  const awaited = useRef<string | undefined>(undefined);

  useEffect(() => {
    void draft.start();
    setReady(true);
    const unfollow = findings.follow();
    const unfollowKept = kept.follow();
    const unwatch = watchPage(draft);
    const uncover = coverGlyphs(findings);
    return () => {
      uncover();
      unfollow();
      unfollowKept();
      unwatch();
      draft.stop();
    };
  }, [draft, findings, kept]);

  const keepLastYear = useCallback(
    (report: Report) => {
      const next = formatted(report);
      const opened = lockedTo(draft, next);
      const locked = opened.filter((opening) => isLocked(opening, draft.state.report.reasons));
      draft.settle(locked.flatMap((opening) => openingChanges(opening, draft.state.report)));
      setLastYear(next);
      setOpenings(opened);
      findings.compareWith(next);
      kept.compareWith(next);
      return locked.flatMap(({ figures }) => figures).length;
    },
    [draft, findings, kept],
  );
  const moves = workflow.transitions.length;
  useEffect(() => {
    draft.setOpen(editable);
    // Giving up a correction brings back what was published.
    if (moves > 0) void draft.refresh();
  }, [draft, editable, moves]);

  const context = useMemo(
    () => ({
      draft,
      findings,
      signIn,
      workflow,
      remarks,
      editable,
      target,
      ready,
      visited,
      visit,
      awaited,
      pagesShown,
      showPages,
      deadline,
      productName,
      requirements,
      lastYear,
      rollup,
      openings,
      keepLastYear,
      kept,
    }),
    [
      draft,
      findings,
      signIn,
      workflow,
      remarks,
      editable,
      target,
      ready,
      visited,
      visit,
      pagesShown,
      showPages,
      deadline,
      productName,
      requirements,
      lastYear,
      rollup,
      openings,
      keepLastYear,
      kept,
    ],
  );
  return <ReportContext value={context}>{children}</ReportContext>;
}

function formatted(report: Report): FormattedReport {
  const format = formatById(report.format);
  if (!format) throw new Error(`no format ${report.format}`);
  return { format, report };
}

/** The rows that last year's report opens. Whatever is done to the draft from now on leaves them as it says. */
function lockedTo(draft: Draft, lastYear: FormattedReport | undefined): readonly Opening[] {
  const openings = lastYear ? openingsOf(draft.format, lastYear) : [];
  draft.admitOnly((after, edit) => admits(openings, after, edit));
  return openings;
}

const mayEdit = ({ standing, roles }: Workflow): boolean => isOpen(standing) && roles.includes("clerk");
const sameStanding = (a: Standing, b: Standing): boolean => a.state === b.state && a.edition === b.edition;

type HowOpened = Pick<DraftOptions, "open" | "onStanding">;

function openDraft(id: string, owner: string, server: ServerReport, opened: HowOpened): Draft {
  const { format } = formatted(server.report);
  return new Draft({
    id,
    owner,
    format,
    server,
    storage: localStorageIfAny(),
    backup: openBackup(),
    peers: openPeers({ owner, report: id }),
    fetch: fetchFor(owner),
    ...opened,
  });
}

/** How often a page that is looked at asks what others did (milliseconds). */
const LOOKING = 60_000;

/**
 * Sends what is left when the page goes, and asks before it goes as long as the server lacks something. It asks although
 * the journal has it: the journal is on this machine only, and the clerk may go on elsewhere.
 */
function watchPage(draft: Draft): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (!draft.unsynced) return;
    event.preventDefault();
    // Chromium before 119 asks for this one only.
    event.returnValue = true;
  };
  const leave = () => draft.sendNow(true);
  window.addEventListener("beforeunload", ask);
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", draft.retry);
  const look = () => {
    if (document.visibilityState === "visible") draft.look();
  };
  document.addEventListener("visibilitychange", look);
  const looking = setInterval(look, LOOKING);
  const unwatch = () => {
    clearInterval(looking);
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("beforeunload", ask);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("online", draft.retry);
  };
  const close = () => {
    unwatch();
    draft.stop();
  };
  const settle = async () => {
    await draft.flush();
    return !draft.unsynced;
  };
  const unkeep = keepOpen({ settle, close });
  return () => {
    unkeep();
    unwatch();
  };
}

/** Lets the checks know the fonts of the PDF; without an answer they say nothing of glyphs until the network is back. */
function coverGlyphs(findings: LiveFindings): () => void {
  const load = () =>
    void loadPageMetrics().then(
      ({ metrics }) => findings.cover((character) => isDrawn(metrics, character)),
      () => undefined,
    );
  load();
  window.addEventListener("online", load);
  return () => window.removeEventListener("online", load);
}

function useVisitedSteps(id: string): [ReadonlySet<string>, (step: string) => void] {
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const key = `visited:${id}`;
  useEffect(() => {
    const stored = readSteps(key);
    setVisited((known) => new Set([...known, ...stored]));
  }, [key]);
  const visit = useCallback(
    (step: string) => {
      const stored = readSteps(key);
      if (!stored.includes(step)) {
        try {
          localStorageIfAny()?.setItem(key, JSON.stringify([...stored, step]));
        } catch {
          // A full storage costs no more than the memory of having looked at a step.
        }
      }
      setVisited((known) => (known.has(step) ? known : new Set([...known, step])));
    },
    [key],
  );
  return [visited, visit];
}

function readSteps(key: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(localStorageIfAny()?.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}
