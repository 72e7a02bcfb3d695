"use client";

import { useState } from "react";
import { Button } from "./button.tsx";
import { type Look, lookAttributes, lookCookie, looks } from "./look.ts";
import { useAlive } from "./use-alive.ts";

const names: Record<(typeof looks)[number], string> = { size: "大字版", contrast: "高对比" };

/** Switches for larger type and for strong contrast, at once on every page and kept on this machine. */
export function LookSwitches({ initial }: { initial: Look }) {
  const [look, setLook] = useState(initial);
  const alive = useAlive();
  const change = (next: Look) => {
    setLook(next);
    showLook(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not there over plain HTTP
    document.cookie = lookCookie(next);
  };
  return looks.map((name) => (
    <Button
      key={name}
      small
      disabled={!alive}
      aria-pressed={look[name]}
      onClick={() => change({ ...look, [name]: !look[name] })}
    >
      {names[name]}
    </Button>
  ));
}

/** Puts a look on the page that is open. */
export function showLook(look: Look): void {
  for (const [attribute, value] of Object.entries(lookAttributes(look))) {
    if (value) document.documentElement.setAttribute(attribute, value);
    else document.documentElement.removeAttribute(attribute);
  }
}
