import { Field } from "@/components/ui/field.tsx";

type NewPasswordFieldsProps = {
  disabled: boolean;
  /** What the policy asks for, in a sentence. */
  rules: string;
};

/** A password to be, twice, as `password` and `repeated` of its form. Pasting is welcome: it is how managers of passwords work. */
export const NewPasswordFields = ({ disabled, rules }: NewPasswordFieldsProps) => (
  <>
    <Field
      label="新密码"
      hint={rules}
      name="password"
      type="password"
      disabled={disabled}
      autoComplete="new-password"
    />
    <Field label="再输一次新密码" name="repeated" type="password" disabled={disabled} autoComplete="new-password" />
  </>
);
