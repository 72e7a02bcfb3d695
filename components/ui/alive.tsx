"use client";

import { useEffect } from "react";

/** Tells the page, and `supported.js` that waits for it, that its script runs. */
export function Alive() {
  useEffect(() => document.documentElement.setAttribute("data-scripts", "alive"), []);
  return null;
}
