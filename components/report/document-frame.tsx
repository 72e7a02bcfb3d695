"use client";

import { useEffect, useRef } from "react";

type DocumentFrameProps = { title: string; html: string; className?: string };

/** A finished page within a page, as tall as its content, so that there is one scroll bar. Scripts in it cannot run. */
export function DocumentFrame({ title, html, className }: DocumentFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const resize = () => {
      const height = element.contentDocument?.documentElement.scrollHeight;
      if (height) element.style.height = `${height}px`;
    };
    // The document may have arrived before this page came alive.
    resize();
    element.addEventListener("load", resize);
    return () => element.removeEventListener("load", resize);
  }, []);
  return <iframe ref={frame} className={className} title={title} srcDoc={html} sandbox="allow-same-origin" />;
}
