import type { Format } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { allPassages, type ReadPassage } from "./prose.ts";

export const typographyRules: readonly Rule[] = [
  numberBrackets,
  numberMissing,
  halfWidthBrackets,
  namesWithinNames,
  halfWidthMarks,
  commasBetweenNames,
  misquotedNames,
  incompleteContacts,
  blanksAroundDigits,
  hyphenatedYears,
  undefinedShortNames,
  misquotedOrder,
  wrongNotice,
];

const HAN = "一-龥";

/** What a pattern finds in every passage, as it is typed; group 1 is the place where there is one. */
function matchesIn(context: CheckContext, pattern: RegExp, of = allPassages(context)) {
  return of.flatMap((passage) =>
    [...passage.typed.matchAll(pattern)].map((match) => {
      const inner = match[1] ?? match[0];
      const start = match.index + match[0].indexOf(inner);
      return { passage, match, inner, ...placed(passage, start, start + inner.length) };
    }),
  );
}

const placed = ({ part, from }: ReadPassage, start: number, end: number) => ({
  at: passageAddress(part, from + start, from + end),
});

const NUMBER_BRACKETS = new RegExp(
  `(?<=[${HAN}])([\\[【(（［〔﹝][ \\u3000]?(?:19|20)\\d{2}[ \\u3000]?[\\]】)）］〕﹞])(?=[ \\u3000]?第?[ \\u3000]?\\d{1,5}[ \\u3000]?号)`,
  "g",
);
const LOST_BRACKETS = /(?<=[发函办字规])((?:19|20)\d{2})(\d{1,3})(?=号)/g;

/** P01: the year of a document number stands in 〔〕. */
function numberBrackets(context: CheckContext): RawFinding[] {
  const wrong = matchesIn(context, NUMBER_BRACKETS).flatMap(({ at, inner }): RawFinding[] => {
    const text = `〔${inner.replace(/\D/g, "")}〕`;
    if (inner === text) return [];
    return [
      { code: "P01", at, params: { problem: `年份应放在六角括号中，写作“${text}”，现为“${inner}”` }, fix: { text } },
    ];
  });
  const lost = matchesIn(context, LOST_BRACKETS).map(({ passage, match }): RawFinding => {
    const [found, year = "", number = ""] = match;
    const text = `〔${year}〕${number}`;
    const isOurs = context.format.notice.endsWith(`${text}号`);
    const place = placed(passage, match.index, match.index + found.length);
    const params = { problem: `缺少六角括号，应写作“${text}号”，现为“${found}号”` };
    return { code: "P01", ...place, params, ...(isOurs ? { fix: { text } } : {}) };
  });
  return [...wrong, ...lost];
}

/** P01: the notice is cited without its number. */
function numberMissing(context: CheckContext): RawFinding[] {
  const { notice, citations } = context.format;
  const passages = allPassages(context);
  if (passages.some(({ typed }) => squeezed(typed).includes(digitsOf(notice)))) return [];
  return quotedNames(passages)
    .filter(
      ({ name, behind }) => comparable(name) === comparable(citations.notice) && !/^[（(][^）)]{0,30}号/.test(behind),
    )
    .slice(0, 1)
    .map(({ at }) => ({
      code: "P01",
      at,
      params: { problem: `引用的通知后面没有写文号“${notice}”` },
      severity: "hint",
    }));
}

const digitsOf = (notice: string): string => squeezed(notice).replace(/^\D+/, "");
const squeezed = (text: string): string => text.replace(/[^\d号]/g, "");

/** Brackets that belong to Chinese text. What they hold without a Chinese sign, a formula or an address, is left alone. */
const BRACKETS = /[(（][^()（）\n]{1,200}[)）]/g;

/** P02: brackets around Chinese text are full-width. Around digits each bracket is mended by itself. */
function halfWidthBrackets(context: CheckContext): RawFinding[] {
  return matchesIn(context, BRACKETS).flatMap(({ at, inner, passage, match }): RawFinding[] => {
    const content = inner.slice(1, -1);
    if (!/[(]|[)]/.test(inner) || !/[一-龥]/.test(content) || /^[\s]*(?:19|20)\d{2}[\s]*$/.test(content)) return [];
    const found = inner.length > 16 ? `${inner.slice(0, 8)}…${inner.slice(-4)}` : inner;
    const params = { found };
    if (!/\d/.test(content)) return [{ code: "P02", at, params, fix: { text: `（${content}）` } }];
    const ends = [
      { offset: match.index, right: "（" },
      { offset: match.index + inner.length - 1, right: "）" },
    ];
    return ends
      .filter(({ offset, right }) => passage.typed[offset] !== right)
      .map(({ offset, right }) => ({
        code: "P02" as const,
        ...placed(passage, offset, offset + 1),
        params,
        fix: { text: right },
      }));
  });
}

/** P03: a name within a name stands in 〈〉. One finding a pair, or a mark where digits stand between. */
function namesWithinNames(context: CheckContext): RawFinding[] {
  return allPassages(context).flatMap((passage) => {
    const findings: RawFinding[] = [];
    const open: { at: number; mark: string; depth: number }[] = [];
    let depth = 0;
    for (let at = 0; at < passage.typed.length; at += 1) {
      const mark = passage.typed[at] ?? "";
      if (mark === "《" || (depth > 0 && (mark === "<" || mark === "＜" || mark === "〈"))) {
        open.push({ at, mark, depth });
        depth += 1;
      } else if (depth > 0 && (mark === "》" || (depth > 1 && (mark === ">" || mark === "＞" || mark === "〉")))) {
        const opening = open.pop();
        depth -= 1;
        if (opening?.depth !== 1) continue;
        const name = passage.typed.slice(opening.at + 1, at);
        if ((opening.mark === "〈" && mark === "〉") || name === "") continue;
        const params = { found: shortened(`${opening.mark}${name}${mark}`) };
        if (!/\d/.test(name)) {
          findings.push({ code: "P03", ...placed(passage, opening.at, at + 1), params, fix: { text: `〈${name}〉` } });
          continue;
        }
        if (opening.mark !== "〈") {
          findings.push({ code: "P03", ...placed(passage, opening.at, opening.at + 1), params, fix: { text: "〈" } });
        }
        if (mark !== "〉") findings.push({ code: "P03", ...placed(passage, at, at + 1), params, fix: { text: "〉" } });
      }
    }
    return findings;
  });
}

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 12)}…${text.slice(-8)}` : text);

const FULL: Readonly<Record<string, string>> = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。" };
/** A half-width mark behind Chinese text; a point only at the end of its passage. */
const HALF_WIDTH = new RegExp(`(?<=[${HAN}》”）、])[,;:?!]|(?<=[${HAN}》”）])\\.(?=\\s*$)`, "g");

/** P04: marks in Chinese text are full-width. Those of a sentence are one finding as far as no digit stands between. */
function halfWidthMarks(context: CheckContext): RawFinding[] {
  return allPassages(context).flatMap((passage) => {
    const marks = [...passage.typed.matchAll(HALF_WIDTH)].map(({ index }) => index);
    return grouped(marks, passage.typed, /[\d。！？]/).map(({ from, to }): RawFinding => {
      const found = passage.typed.slice(from, to);
      const text = found.replace(HALF_WIDTH_ANY, (mark, offset: number) =>
        marks.includes(from + offset) ? (FULL[mark] ?? mark) : mark,
      );
      const params = { found: found.length === 1 ? found : shortened(found), right: FULL[found[0] ?? ""] ?? "" };
      return { code: "P04", ...placed(passage, from, to), params, fix: { text } };
    });
  });
}

const HALF_WIDTH_ANY = /[,;:?!.]/g;

/** Farther apart they are findings of their own, so that each shows where it is. */
const WIDEST_GROUP = 60;

function grouped(marks: readonly number[], text: string, parting: RegExp): { from: number; to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (const at of marks) {
    const last = groups.at(-1);
    const joins = last && at - last.from < WIDEST_GROUP && !parting.test(text.slice(last.to, at));
    if (joins) last.to = at + 1;
    else groups.push({ from: at, to: at + 1 });
  }
  return groups;
}

/** P05: names that follow each other need no 、 between them (GB/T 15834). */
function commasBetweenNames(context: CheckContext): RawFinding[] {
  return matchesIn(context, /(?<=》)(、)(?=《)/g).map(({ at }) => ({ code: "P05", at, params: {}, fix: { text: "" } }));
}

type Quoted = { name: string; behind: string; passage: ReadPassage; at: string };

/** Names in outermost 《》, with what stands directly behind them. */
function quotedNames(passages: readonly ReadPassage[]): Quoted[] {
  return passages.flatMap((passage) => {
    const found: Quoted[] = [];
    let start = -1;
    let depth = 0;
    for (let at = 0; at < passage.typed.length; at += 1) {
      const mark = passage.typed[at];
      if (mark === "《") {
        if (depth === 0) start = at;
        depth += 1;
      } else if (mark === "》" && depth > 0) {
        depth -= 1;
        if (depth > 0 || start < 0 || at - start > 200) continue;
        const name = passage.typed.slice(start + 1, at);
        found.push({ name, behind: passage.typed.slice(at + 1, at + 40), passage, ...placed(passage, start, at + 1) });
      }
    }
    return found;
  });
}

const comparable = (name: string): string =>
  name
    .replace(/\s+/g, "")
    .replace(/[《<＜〈]/g, "〈")
    .replace(/[》>＞〉]/g, "〉")
    .replace(/\(/g, "（")
    .replace(/\)/g, "）");

/** P06: the notice, its format and the regulation under their official names. */
function misquotedNames(context: CheckContext): RawFinding[] {
  const { citations } = context.format;
  const passages = allPassages(context);
  return quotedNames(passages).flatMap(({ name, at }): RawFinding[] => {
    const right =
      officialName(comparable(name), context.format) ??
      regulationName(comparable(name), citations.regulation.title, passages);
    return right ? [{ code: "P06", at, params: { found: shortened(name), right } }] : [];
  });
}

/** What a name that means the notice or its format should be; undefined when it is right, or means something else. */
function officialName(name: string, { citations }: Format): string | undefined {
  const issuer = /^(.*?)关于/.exec(citations.notice)?.[1] ?? "";
  const isForm = /年度报告格式/.test(name) && !/（试行）/.test(name);
  const isNotice = name.startsWith(issuer) && /年度报告/.test(name);
  const isAlmost = /年度报告格式$|年度报告格式〉的通知$/.test(name);
  if (!(isForm && isAlmost) && !isNotice) return undefined;
  const accepted = [
    citations.notice,
    citations.notice.replace(issuer, ""),
    citations.form,
    citations.form.replace("中华人民共和国", ""),
  ];
  if (accepted.map(comparable).includes(name) || (isNotice && /（试行）/.test(name))) return undefined;
  return isNotice || /通知$/.test(name) ? citations.notice : citations.form;
}

const SHORT_NAMES = /^(?:公开条例|信息公开条例|政务公开条例|政务信息公开条例)$/;

function regulationName(name: string, title: string, passages: readonly ReadPassage[]): string | undefined {
  if (!SHORT_NAMES.test(name)) return undefined;
  return passages.some(({ typed }) => typed.includes(`简称《${name}》`)) ? undefined : title;
}

const PHONE = /(?:电话|传真|热线)(?:号码)?[:：为是\s]{0,3}((?<![\d—–-])[2-9]\d{6,7}(?![\d—–-]))/g;
const EMAIL = /(?:邮箱|邮件|[Ee]-?mail)(?:地址)?[:：为是\s]{0,3}([\w.-]{1,40}(?: [\w.-]{1,40}){0,3} ?@ ?[\w.-]{1,60})/g;

/** P07: phone numbers with their area code, addresses without blanks. */
function incompleteContacts(context: CheckContext): RawFinding[] {
  const phones = matchesIn(context, PHONE).map(
    ({ at, inner }): RawFinding => ({
      code: "P07",
      at,
      params: { found: inner, problem: "没有区号" },
    }),
  );
  const emails = matchesIn(context, EMAIL)
    .filter(({ inner }) => / /.test(inner))
    .map(({ at, inner }): RawFinding => ({ code: "P07", at, params: { found: inner, problem: "中间有空格" } }));
  return [...phones, ...emails];
}

const BLANKS = new RegExp(
  `(?<=[${HAN}〕“（《])[ \\u3000]{1,4}(?=\\d)|(?<=\\d)[ \\u3000]{1,4}(?=[${HAN}％%〔”）》])`,
  "g",
);
/** What stands between the blanks of one date. */
const DATE = /^[\d年月日至到第号]{0,5}$/;

/** P08: no blanks between digits and Chinese text. The blanks of a date are one finding. */
function blanksAroundDigits(context: CheckContext): RawFinding[] {
  return allPassages(context).flatMap((passage) => {
    const blanks = [...passage.typed.matchAll(BLANKS)]
      .filter(({ index }) => !/(?:^|[\n。])\s*[一-龥]?$/.test(passage.typed.slice(0, index)) || index > 2)
      .map(({ index, 0: blank }) => ({ from: index, to: index + blank.length }));
    const groups: { from: number; to: number }[] = [];
    for (const blank of blanks) {
      const last = groups.at(-1);
      if (last && DATE.test(passage.typed.slice(last.to, blank.from))) last.to = blank.to;
      else groups.push({ ...blank });
    }
    return groups.map(({ from, to }): RawFinding => {
      const text = passage.typed.slice(from, to).replace(/[ \u3000]+/g, "");
      const found = passage.typed.slice(Math.max(0, from - 4), to + 4);
      return { code: "P08", ...placed(passage, from, to), params: { found }, fix: { text } };
    });
  });
}

/** P09: a span of years has a dash or a wave between them. */
function hyphenatedYears(context: CheckContext): RawFinding[] {
  return matchesIn(context, HYPHENATED).map(({ match, passage, inner }) => {
    const start = match.index + match[0].lastIndexOf(inner);
    const params = { found: passage.typed.slice(match.index, start + 5) };
    return { code: "P09", ...placed(passage, start, start + 1), params, fix: { text: "—" } };
  });
}

const HYPHENATED = /(?<![\w/.-])(?:19|20)\d{2}\s?年?([-‐‑–~])(?=(?:19|20)\d{2}(?![\w/-]))/g;

const DEFINITION = /《([^《》\n]{6,80})》（(?:以下|下文)?(?:简称|统称)[“]?《([^《》\n]{2,12})》[”]?）/g;

/** P10: a short name is introduced before it is used, and used where it is. Each once. */
function undefinedShortNames(context: CheckContext): RawFinding[] {
  const passages = allPassages(context);
  const defined = new Map<string, { full: string; part: string; end: number }>();
  const findings: RawFinding[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    const { typed, part, from } = passage;
    const introduced = [...typed.matchAll(DEFINITION)];
    for (const match of typed.matchAll(/《(条例|办法|规定|格式|通知|意见)》/g)) {
      const short = match[1] ?? "";
      const isKnown =
        defined.has(short) ||
        introduced.some((definition) => definition[2] === short && definition.index < match.index) ||
        typed.slice(Math.max(0, match.index - 6), match.index).includes("简称");
      if (isKnown || seen.has(short)) continue;
      seen.add(short);
      const place = passageAddress(part, from + match.index, from + match.index + match[0].length);
      findings.push({ code: "P10", at: place, params: { problem: `“${match[0]}”前面没有写明全称和“以下简称”` } });
    }
    for (const [short, { full, part: where, end }] of defined) {
      const at = typed.indexOf(`《${full}》`);
      if (where !== part || at < 0 || from + at < end || seen.has(full)) continue;
      seen.add(full);
      const place = passageAddress(part, from + at, from + at + full.length + 2);
      findings.push({ code: "P10", at: place, params: { problem: `前面已经写明简称“《${short}》”，此处又用了全称` } });
    }
    for (const definition of introduced) {
      const end = from + definition.index + definition[0].length;
      defined.set(definition[2] ?? "", { full: definition[1] ?? "", part, end });
    }
  }
  return findings;
}

const ORDER_BEHIND = /^（(?:以下简称[^）]{0,20}[，；])?([^（）]{0,20}?令[^（）]{0,12}号)[^（）]{0,20}）/;

/** P11: the number of the order that the regulation was published by. */
function misquotedOrder(context: CheckContext): RawFinding[] {
  const { title, order } = context.format.citations.regulation;
  return quotedNames(allPassages(context)).flatMap(({ name, behind, passage, at }): RawFinding[] => {
    const cited = ORDER_BEHIND.exec(behind);
    const found = cited?.[1];
    if (!found || comparable(name) !== title) return [];
    if ([order, `中华人民共和国${order}`].includes(found.replace(/\s+/g, ""))) return [];
    const end = Number(at.split("-")[1]) - passage.from;
    const start = end + behind.indexOf(found);
    return [
      { code: "P11", ...placed(passage, start, start + found.length), params: { found, order }, fix: { text: order } },
    ];
  });
}

const NOTICE_NUMBER =
  /国办[发函公开办涵]{1,5}\s*[〔[【(（［﹝]?\s*((?:19|20)\d{2})\s*[〕\]】)）］﹞]?\s*第?(\d{1,3})\s*号/g;

/** P12: the notice that this year's format rests on, by its right number and name. */
function wrongNotice(context: CheckContext): RawFinding[] {
  const { notice, citations } = context.format;
  const [, prefix = "", year = "", serial = ""] = /^(.*?)〔(\d+)〕(\d+)号$/.exec(notice) ?? [];
  const passages = allPassages(context);
  const numbers = passages.flatMap((passage) =>
    [...passage.typed.matchAll(NOTICE_NUMBER)].flatMap((match): RawFinding[] => {
      const [found] = match;
      const ownPrefix = /^国办[发函公开办涵]+/.exec(found)?.[0] ?? "";
      const isSame = match[1] === year && match[2] === serial;
      const isSameSeries = ownPrefix === prefix || ownPrefix.replace("涵", "函") === prefix;
      const isCitedFor = /年度报告[^《》]{0,20}》\s*[（(]?$/.test(
        passage.typed.slice(Math.max(0, match.index - 40), match.index),
      );
      if ((isSame && ownPrefix === prefix) || (!isSame && !isSameSeries && !isCitedFor)) return [];
      if (isSame && !isSameSeries && !isCitedFor && ownPrefix !== "国办发") return [];
      const place = placed(passage, match.index, match.index + found.length);
      return [
        {
          code: "P12",
          ...place,
          params: { what: "文号", right: notice, found },
          ...(isSame ? { fix: { text: notice } } : {}),
        },
      ];
    }),
  );
  if (citations.onTrial) return numbers;
  const names = quotedNames(passages)
    .filter(({ name }) => /年度报告格式（试行）/.test(comparable(name)))
    .map(
      ({ at, name }): RawFinding => ({
        code: "P12",
        at,
        params: { what: "格式名称", right: `《${citations.form}》`, found: shortened(`《${name}》`) },
      }),
    );
  return [...numbers, ...names];
}
