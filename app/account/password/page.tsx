import type { Metadata } from "next";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { passwordRules } from "@/lib/auth/passwords.ts";
import { PasswordForm } from "./password-form.tsx";

export const metadata: Metadata = { title: "更换密码" };

/** Another password, by choice or because the one she has was for one use or is too old. */
export default page("GET /account/password", async ({ session }) => (
  <Page heading="更换密码" narrow>
    {session.mustChange && <Notice>现在的密码是一次性的，或者已经到期。请先换成自己的密码，再继续。</Notice>}
    <Card>
      <PasswordForm rules={passwordRules()} username={session.actor.user.username} mustChange={session.mustChange} />
    </Card>
  </Page>
));
