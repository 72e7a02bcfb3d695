"use client";

import { useCallback, useMemo, useState } from "react";
import type { Report } from "@/lib/report/report.ts";
import { type Corrections, correctedReport } from "./corrections.ts";
import { type Reading, readOnServer } from "./reading.ts";

/** How far the reading of a file is. */
export type Import =
  | { state: "none" }
  | { state: "reading"; name: string }
  | { state: "refused"; name: string; message: string }
  | { state: "read"; name: string; reading: Reading };

const none: Corrections = new Map();

/** A file that is read on the server, what the clerk corrects of it, and the report that comes of both. */
export function useImport() {
  const [file, setFile] = useState<Import>({ state: "none" });
  const [corrections, setCorrections] = useState(none);
  const take = useCallback(async (chosen: File) => {
    const { name } = chosen;
    setFile({ state: "reading", name });
    setCorrections(none);
    const read = await readOnServer(chosen);
    setFile(
      read.ok ? { state: "read", name, reading: read.reading } : { state: "refused", name, message: read.message },
    );
  }, []);
  const correct = useCallback((at: string, typed: string) => {
    setCorrections((known) => new Map([...known, [at, typed]]));
  }, []);
  const reading = file.state === "read" ? file.reading : undefined;
  const report: Report | undefined = useMemo(
    () => reading && correctedReport(reading, corrections),
    [reading, corrections],
  );
  return { file, reading, report, corrections, take, correct };
}
