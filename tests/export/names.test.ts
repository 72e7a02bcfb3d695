import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileName } from "../../lib/export/file-name.ts";

describe("a file name", () => {
  test("keeps Chinese as it is", () => {
    expect(fileName("云岭区档案馆2024年政府信息公开工作年度报告（草稿）", "docx")).toBe(
      "云岭区档案馆2024年政府信息公开工作年度报告（草稿）.docx",
    );
  });

  test("loses what Windows refuses: signs, control characters, dots and blanks at the ends, names of devices", () => {
    expect(fileName('a\\b/c:d*e?f"g<h>i|j', "txt")).toBe("abcdefghij.txt");
    expect(fileName("云岭\r\n区\t\u0000\u2028\u202e\ud800报告", "txt")).toBe("云岭区报告.txt");
    expect(fileName(" ..报告. . ", "pdf")).toBe("报告.pdf");
    expect(fileName("CON", "json")).toBe("年度报告CON.json");
    for (const device of ["nul.2024年", "Com1", "LPT³", "aux .txt", "conin$", "com0.x.y"]) {
      expect(fileName(device, "txt")).toBe(`年度报告${device}.txt`);
    }
    for (const plain of ["contents", "com", "com12", "nulla", "lpt一"])
      expect(fileName(plain, "txt")).toBe(`${plain}.txt`);
    expect(fileName("../../", "json")).toBe("年度报告.json");
  });

  test("is cut in its middle, so that the draft mark stays, and never inside a character", () => {
    const name = fileName(`${"𬭸".repeat(300)}（草稿）`, "docx");
    expect(name).toMatch(/^𬭸+…𬭸+（草稿）\.docx$/u);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
  });

  test("is safe whatever the title is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (title) => {
        const name = fileName(title, "docx");
        expect(name).not.toMatch(/[\p{Cc}\\/:*?"<>|]|^[\s.]|[\s.]\.docx$/u);
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
        expect(name.length).toBeGreaterThan(5);
      }),
    );
  });
});
