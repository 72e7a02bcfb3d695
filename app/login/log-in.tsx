"use client";

import { LogInForm } from "@/components/access/log-in-form.tsx";

/** Logs in and goes on: a whole new page, because all that stands around the form is another's from now on. */
export const LogIn = ({ next }: { next: string }) => <LogInForm onDone={() => window.location.assign(next)} />;
