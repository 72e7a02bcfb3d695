/** What an organisation of the tree is. */
export const organisationKinds = ["region", "office", "department", "township", "institution"] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const organisationKindNames: Readonly<Record<OrganisationKind, string>> = {
  region: "地区",
  office: "政府办公室",
  department: "部门",
  township: "乡镇、街道",
  institution: "其他单位",
};
