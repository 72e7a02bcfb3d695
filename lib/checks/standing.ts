import type { Organisation } from "../report/report.ts";

type Standing = Pick<Organisation, "level" | "kind">;

/**
 * At what level an agency stands and whether it is a government or a department: as declared, else as far as its full
 * name says so without doubt (`某某县…局`, `某某市人民政府`). What the name leaves open stays unset.
 */
export function standingOf({ name, level, kind }: Organisation): Standing {
  return { level: level ?? levelIn(name), kind: kind ?? kindIn(name) };
}

/**
 * Whether the law lets the agency make 规章: as declared, else governments of provinces and cities may, everything at
 * county level and below and every local department may not. Undefined for national bodies and wherever it is unclear.
 */
export function mayMakeRules(organisation: Organisation): boolean | undefined {
  if (organisation.canMakeRules !== undefined) return organisation.canMakeRules;
  const { level, kind } = standingOf(organisation);
  if (level === "county" || level === "township") return false;
  if (level === undefined || level === "national" || kind === undefined) return undefined;
  return kind === "government";
}

/**
 * Whether what the agency reports is a region's: a government's from the county upwards (《条例》第四十九条). A township reports for
 * itself, and so does the office of a government.
 */
export function reportsForRegion(organisation: Organisation): boolean {
  const { kind, level } = standingOf(organisation);
  return kind === "government" && level !== "township";
}

function levelIn(name: string): Standing["level"] {
  if (/^(?:国家|国务院|中华人民共和国|中国|全国|最高)/.test(name)) return undefined;
  if (/(?:乡|镇)人民政府$|街道(?:办事处)?$/.test(name)) return "township";
  if (/.[县旗]|(?<!自治|行政)区(?!域|划)/.test(name)) return "county";
  if (/^(?:北京|上海|天津|重庆)市/.test(name)) return "provincial";
  if (/.(?:市|自治州|盟)/.test(name)) return "city";
  return /.(?:省|自治区)/.test(name) ? "provincial" : undefined;
}

function kindIn(name: string): Standing["kind"] {
  if (/人民政府$/.test(name)) return "government";
  return /(?:局|厅|委员会|委)$/.test(name) ? "department" : undefined;
}
