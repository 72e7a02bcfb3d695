import { Notice } from "@/components/ui/notice.tsx";

/** How many days are left; by the server's day, because clocks of office machines go wrong. */
export const DeadlineNotice = ({ words }: { words: string | undefined }) => (words ? <Notice>{words}</Notice> : null);
