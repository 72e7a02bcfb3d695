/**
 * Radicals that have a code of their own beside that of the character, with that character. Unicode makes those of
 * U+2F00 to 2FD5 equivalent itself (NFKC), these not.
 */
const SUPPLEMENT = new Map(
  [
    ..."⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟",
  ].flatMap((sign, index, signs): [string, string][] => (index % 2 === 0 ? [[sign, signs[index + 1] ?? sign]] : [])),
);

/** Characters instead of the radicals that some programs write in PDF, because a font draws both with the same glyph. */
export const withoutRadicals = (text: string): string =>
  text.replace(/[\u2e80-\u2fd5]/g, (sign) => SUPPLEMENT.get(sign) ?? sign.normalize("NFKC"));
