"use client";

import { useSyncExternalStore } from "react";
import type { Caret, TextEditor } from "./editor.ts";

/** What is to be shown about the place of the caret. */
export const useCaret = (editor: TextEditor): Caret =>
  useSyncExternalStore(editor.subscribe, editor.caret, editor.caret);
