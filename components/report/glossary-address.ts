/** The element of a row or column, or of a section, on the page 名词与口径. */
export const glossaryId = (section: string, line?: string): string => (line ? `${section}.${line}` : section);

/** The address of the same, in the format of a year. */
export const glossaryAddress = (year: number, section: string, line?: string): string =>
  `/glossary?year=${year}#${glossaryId(section, line)}`;
