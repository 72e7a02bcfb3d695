"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const SOON = 3_000;

/** Loads the page anew a little later, as long as that leaves less to wait for. */
export function RefreshSoon({ waiting }: { waiting: number }) {
  const router = useRouter();
  useEffect(() => {
    if (waiting === 0) return;
    const timer = setTimeout(() => router.refresh(), SOON);
    return () => clearTimeout(timer);
  }, [router, waiting]);
  return null;
}
