import { titleOf } from "../report/compose.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { allPassages, openingPassages, type ReadPassage } from "./prose.ts";

export const wordingRules: readonly Rule[] = [
  otherTitle,
  otherNames,
  otherPlaces,
  placeholders,
  misspellings,
  personalData,
];

const compact = (text: string): string => text.replace(/\s+/g, "");

/** D03: the title has the full name, and where the opening quotes the title it is that title. */
function otherTitle(context: CheckContext): RawFinding[] {
  const title = compact(titleOf(context.format, context.report));
  const own = compact(context.report.organisation.name);
  const findings: RawFinding[] = [];
  if (title !== "" && !title.includes(own)) {
    findings.push({ code: "D03", at: "title", params: { own, place: "标题", found: title } });
  }
  for (const { typed, from } of openingPassages(context)) {
    for (const match of typed.matchAll(/《([^《》]{4,80}年度报告)》/g)) {
      const quoted = compact(match[1] ?? "");
      const isOwn = quoted.includes(String(context.report.year)) && /政府信息公开/.test(quoted);
      if (!isOwn || quoted === title) continue;
      const at = passageAddress("opening", from + match.index, from + match.index + match[0].length);
      findings.push({ code: "D03", at, params: { own, place: "正文引用的标题", found: quoted } });
    }
  }
  return findings;
}

type Name = { region: string; core: string };
const REGION_ENDS = "省市县区州旗盟";

/** `青川县科学技术局` → `青川县` and `科学技术局`; the `市` of 市场 and 市政 ends no region. */
function partsOf(name: string): Name | undefined {
  let cut = 0;
  for (let at = 1; at < name.length - 2; at += 1) {
    const isEnd = REGION_ENDS.includes(name[at] ?? "") && !/^(?:市场|市政|区域|州长)/.test(name.slice(at, at + 2));
    if (isEnd && at - cut <= 8 && at > cut) cut = at + 1;
  }
  return cut > 0 ? { region: name.slice(0, cut), core: name.slice(cut) } : undefined;
}

/** The last unit of a region: `青川市云岭区` → `云岭区`. */
function lastUnit(region: string): string {
  let start = 0;
  for (let at = 1; at < region.length - 1; at += 1) {
    if (REGION_ENDS.includes(region[at] ?? "") && at - start >= 1) start = at + 1;
  }
  return region.slice(start);
}

/** Whether the characters of the one name are those of the other with some left out: 科技局 of 科学技术局. */
function isShortOf(short: string, long: string): boolean {
  if (short.length >= long.length || short.length < 3) return false;
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const sign of long) if (sign === short[at]) at += 1;
  return at === short.length;
}

const DEFINES = /(?:以下|下文|下)?(?:简称|统称)(?:为)?[：:]?[“"《]?([^”"》）)，。]{2,20})/g;

/** Every short form that the report defines. */
const definedIn = (passages: readonly ReadPassage[]): Set<string> =>
  new Set(passages.flatMap(({ typed }) => [...typed.matchAll(DEFINES)].map((match) => match[1] ?? "")));

/** D03: the agency under another name than its own, where no 以下简称 has introduced it. Each name once. */
function otherNames(context: CheckContext): RawFinding[] {
  const own = partsOf(compact(context.report.organisation.name));
  if (!own) return [];
  const passages = allPassages(context);
  const defined = definedIn(passages);
  const unit = lastUnit(own.region);
  const seen = new Set<string>();
  return passages.flatMap(({ part, text, from }) => {
    const findings: RawFinding[] = [];
    for (const { at, name, core, isFull } of namesIn(text, unit, own)) {
      const isOther = isShortOf(core, own.core) || isShortOf(own.core, core);
      if (!isOther || seen.has(name) || defined.has(name) || defined.has(core)) continue;
      seen.add(name);
      const params = { own: `${own.region}${own.core}`, place: "正文", found: name };
      const place = passageAddress(part, from + at, from + at + name.length);
      findings.push({ code: "D03", at: place, params, severity: isFull ? "warning" : "hint" });
    }
    return findings;
  });
}

/** Names that end as the own does, behind the own region or its last sign (`县科技局`). */
function namesIn(text: string, unit: string, own: Name): { at: number; name: string; core: string; isFull: boolean }[] {
  const level = unit.at(-1) ?? "";
  const end = own.core.at(-1) ?? "";
  const found: { at: number; name: string; core: string; isFull: boolean }[] = [];
  for (let at = text.indexOf(level); at >= 0; at = text.indexOf(level, at + 1)) {
    const behind = /^[一-龥]{2,16}/.exec(text.slice(at + 1, at + 17))?.[0] ?? "";
    const length = behind.indexOf(end) + 1;
    if (length < 3) continue;
    const core = behind.slice(0, length);
    const isFull = text.slice(Math.max(0, at + 1 - unit.length), at + 1) === unit;
    const start = isFull ? at + 1 - unit.length : at;
    const before = text[start - 1] ?? "";
    if (!isFull && /[一-龥]/.test(before) && !/[，。；：、由经向对为在是与和]/.test(before)) continue;
    found.push({ at: start, name: text.slice(start, at + 1 + length), core, isFull });
  }
  return found;
}

const TOGETHER = /学习|交流|考察|调研|借鉴|联合|会同|协助|配合|移送|转送|告知|函告|协同|合作|帮扶|对口/;

/** D02: an agency of the same kind, of another place of the same level: the text was somebody else's. */
function otherPlaces(context: CheckContext): RawFinding[] {
  const own = partsOf(compact(context.report.organisation.name));
  if (!own || own.core.length < 3) return [];
  const unit = lastUnit(own.region);
  return allPassages(context).flatMap(({ part, text, from }) =>
    [...placesOfWord(text, own.core)].flatMap((at): RawFinding[] => {
      const before = /[一-龥]{2,8}$/.exec(text.slice(Math.max(0, at - 8), at))?.[0] ?? "";
      const place = placeNameIn(before);
      if (!place || place.at(-1) !== unit.at(-1) || place.endsWith(unit) || unit.endsWith(place)) return [];
      const start = Math.max(0, at - 40);
      if (TOGETHER.test(text.slice(start, at + own.core.length + 20))) return [];
      const begin = at - place.length;
      const params = { what: `文中出现“${place}${own.core}”` };
      return [{ code: "D02", at: passageAddress(part, from + begin, from + at + own.core.length), params }];
    }),
  );
}

function* placesOfWord(text: string, word: string): Generator<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) yield at;
}

/** `根据银川县` → `银川县`: the two or three signs before the end of a region; undefined for 我县, 全区, 各县. */
function placeNameIn(before: string): string | undefined {
  const match = /([一-龥]{2,3})([县区旗市])$/.exec(before);
  if (!match) return undefined;
  const name = (match[1] ?? "").replace(/^[由经向对为在是与和据照按]/, "");
  return name.length < 2 ||
    /[我全本各该市区县省了的和与及把将给被名个]|自治|行政|辖|有关|相关|其他|兄弟|上级/.test(name)
    ? undefined
    : `${name}${match[2]}`;
}

/** Signs and words that stand for something still to be put in. */
const PLACEHOLDER =
  /[×╳]{2,}|(?<![A-Za-zⅰ-ⅿ])[XＸ]{2,}(?![A-Za-z])|(?<![A-Za-z.])[xｘ]{2,}(?=[年月日县市区局条件次个篇家])|\*{2,}|＊{2,}|_{2,}|＿{2,}|\{[^{}\n]{0,40}\}|【\s*】|【[^【】\n]{0,20}(?:填|待|请|补|具体|数字|名称|XX)[^【】\n]{0,20}】|此处(?=填|插|添|补|写|省略|应)|[?？]{3,}|(?<=[共计开布了到理])[○〇]{1,3}(?=[条件次篇期份])/g;

/** D05: a placeholder was not replaced. */
function placeholders(context: CheckContext): RawFinding[] {
  return matchesIn(context, PLACEHOLDER).map(({ at, found }) => ({ code: "D05", at, params: { found } }));
}

function matchesIn(context: CheckContext, pattern: RegExp): { at: string; found: string }[] {
  return allPassages(context).flatMap(({ part, typed, from }) =>
    [...typed.matchAll(pattern)].map((match) => ({
      at: passageAddress(part, from + match.index, from + match.index + match[0].length),
      found: match[0],
    })),
  );
}

/** What an input method offers for the words of this work, and what was meant. None of them is Chinese by itself. */
const MISSPELLINGS: readonly (readonly [wrong: string, right: string])[] = [
  ["政务工开", "政务公开"],
  ["政府信息工开", "政府信息公开"],
  ["主动工开", "主动公开"],
  ["信息公天", "信息公开"],
  ["政府信息共开", "政府信息公开"],
  ["政务共开", "政务公开"],
  ["依申情公开", "依申请公开"],
  ["依申清公开", "依申请公开"],
  ["一申请公开", "依申请公开"],
  ["依深请公开", "依申请公开"],
  ["公开申清", "公开申请"],
  ["公开申情", "公开申请"],
  ["予已公开", "予以公开"],
  ["行政复义", "行政复议"],
  ["行政复仪", "行政复议"],
  ["行政诉颂", "行政诉讼"],
  ["行政诉诵", "行政诉讼"],
  ["信息处里费", "信息处理费"],
  ["信息处理废", "信息处理费"],
  ["公开目绿", "公开目录"],
  ["公开只南", "公开指南"],
  ["公开指男", "公开指南"],
  ["平台健设", "平台建设"],
  ["监督报障", "监督保障"],
  ["监督保章", "监督保障"],
  ["保密审察", "保密审查"],
  ["政策解渎", "政策解读"],
  ["政策解毒", "政策解读"],
  ["政策解独", "政策解读"],
  ["政府网战", "政府网站"],
  ["门户网战", "门户网站"],
  ["政务新每体", "政务新媒体"],
  ["政务新煤体", "政务新媒体"],
  ["政务铀媒", "政务新媒"],
  ["移动铀媒", "移动新媒"],
  ["微信工众号", "微信公众号"],
  ["微信公众好", "微信公众号"],
  ["结转下年渡", "结转下年度"],
  ["年渡报告", "年度报告"],
  ["年度抱告", "年度报告"],
  ["贯切落实", "贯彻落实"],
  ["贯彻落时", "贯彻落实"],
  ["安排布署", "安排部署"],
  ["工作布署", "工作部署"],
  ["决策布署", "决策部署"],
  ["座淡会", "座谈会"],
  ["坐谈会", "座谈会"],
  ["勾机关系", "勾稽关系"],
  ["责任追糾", "责任追究"],
  ["责任追纠", "责任追究"],
  ["社会评义", "社会评议"],
];
const MISSPELLED = new RegExp(MISSPELLINGS.map(([wrong]) => wrong).join("|"), "g");
const RIGHT = new Map(MISSPELLINGS);
/** Meant words that nobody can be sure of are only named. */
const UNSURE = /铀媒/;

/** D06: a word that an input method has garbled. */
function misspellings(context: CheckContext): RawFinding[] {
  return matchesIn(context, MISSPELLED).map(({ at, found }): RawFinding => {
    const right = RIGHT.get(found) ?? "";
    return {
      code: "D06",
      at,
      params: { found, right },
      ...(UNSURE.test(found) ? {} : { fix: { text: right } }),
    };
  });
}

const MOBILE = /(?<![\d.])1[3-9]\d{9}(?!\d)/g;
const IDENTITY =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g;
const APPLICANT =
  /申请人(?:姓名)?[：:]\s*[一-龥]{2,4}(?=[，,。；、（(\s]|$)|申请人(?:[一-龥]某{1,2})(?=[，,。；、（(提申向的])/g;

/** D07: mobile and identity numbers, names of applicants. A mobile number in the opening may be the office's own. */
function personalData(context: CheckContext): RawFinding[] {
  const found = [
    ...matchesIn(context, MOBILE).map((match) => ({ ...match, what: "手机号码" })),
    ...matchesIn(context, IDENTITY)
      .filter((match) => isIdentity(match.found))
      .map((match) => ({ ...match, what: "身份证号码" })),
    ...matchesIn(context, APPLICANT).map((match) => ({ ...match, what: "申请人姓名" })),
  ];
  return found.map(({ at, found, what }) => ({
    code: "D07",
    at,
    params: { what, found: /\d/.test(found) ? `${found.slice(0, 3)}…${found.slice(-2)}` : "" },
    severity: at.startsWith("opening:") && what === "手机号码" ? "hint" : "warning",
  }));
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether the last sign of an 18-digit identity number is its checksum (GB 11643, ISO 7064 MOD 11-2). */
function isIdentity(number: string): boolean {
  const sum = WEIGHTS.reduce((all, weight, index) => all + weight * Number(number[index]), 0);
  return "10X98765432"[sum % 11] === number[17]?.toUpperCase();
}
