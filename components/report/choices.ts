type Choice = { value: string; label: string };

/** What may be chosen for a field, by its path. */
export const choices = {
  "organisation.level": [
    { value: "national", label: "国务院部门、直属机构" },
    { value: "provincial", label: "省级" },
    { value: "city", label: "市级" },
    { value: "county", label: "县级" },
    { value: "township", label: "乡镇、街道" },
  ],
  "organisation.kind": [
    { value: "government", label: "一级政府" },
    { value: "department", label: "政府部门或其他行政机关" },
  ],
  "organisation.canMakeRules": [
    { value: "true", label: "有" },
    { value: "false", label: "没有" },
  ],
} as const satisfies Readonly<Record<string, readonly Choice[]>>;

export type ChoicePath = keyof typeof choices;
