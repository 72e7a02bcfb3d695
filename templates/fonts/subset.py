"""Cuts the font files of this directory out of their source packages. Usage: subset.py SOURCES OUTPUT

SOURCES holds the unpacked packages (see README.md). What no report needs is left out: scripts that are not Chinese or Latin,
layout features, hinting. Outlines stay as they are, but for Fandol, which comes with outlines of another kind: it keeps all
its characters and gets TrueType outlines (outlines.py; about four minutes).
"""

import bz2
import re
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

from outlines import simplified

sources, output = Path(sys.argv[1]), Path(sys.argv[2])

# Latin, Greek, punctuation, letter-like signs, number forms, arrows, mathematics, enclosed, box and geometric signs,
# CJK punctuation, Bopomofo, enclosed CJK, CJK units, full-width forms.
SIGNS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2B0, 0x2FF), (0x391, 0x3C9), (0x2010, 0x2060), (0x2070, 0x20BF),
    (0x2100, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x27BF), (0x3000, 0x303F), (0x3105, 0x312F), (0x3200, 0x33FF),
    (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
]
EVERY_IDEOGRAPH = [(0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]
RARE_IDEOGRAPHS = [(0x3400, 0x4DBF), (0x20000, 0x3FFFF)]


def standard_ideographs():
    """The 8105 通用规范汉字 (kTGH) and GB 2312 (kGB0), as Unihan lists them."""
    listed = re.compile(r"U\+([0-9A-F]+)\t(?:kGB0|kTGH)\t")
    unihan = sources / "unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        return {int(found[1], 16) for found in map(listed.match, lines) if found}


def spread(ranges):
    return {code_point for first, last in ranges for code_point in range(first, last + 1)}


def subset(source, code_points=None):
    """The font with these characters, or with all of its own."""
    font = TTFont(sources / source, lazy=True)
    dropped = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(Options(layout_features=[], hinting=False, name_IDs=["*"], name_languages=["*"],
                                  notdef_outline=True, drop_tables=dropped))
    characters = set(font.getBestCmap())
    subsetter.populate(unicodes=characters if code_points is None else code_points & characters)
    subsetter.subset(font)
    return font


def convert(source, name, notice):
    """Replaces the outlines of cubic curves, and says so in the font."""
    font = subset(source)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {glyph: simplified(glyphs[glyph], glyphs) for glyph in order}
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for glyph in drawn.values():
        glyph.recalcBounds(font["glyf"])
    for glyph, (advance, _) in list(font["hmtx"].metrics.items()):
        font["hmtx"][glyph] = advance, getattr(drawn[glyph], "xMin", 0)
    unhinted = ["maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                "maxSizeOfInstructions", "maxComponentElements"]
    font["maxp"].tableVersion, font["maxp"].maxZones = 0x00010000, 1
    for limit in unhinted:
        setattr(font["maxp"], limit, 0)
    font["head"].glyphDataFormat, font["post"].formatType, font.sfntVersion = 0, 3.0, "\0\1\0\0"
    del font["CFF "]
    font["name"].removeNames(10)
    font["name"].setName(notice, 10, 3, 1, 0x409)
    font.save(output / name)


def cut(source, name, code_points, rename=None):
    font = subset(source, code_points)
    if rename:
        for record in list(font["name"].names):
            if record.nameID in (1, 3, 4, 6, 16):
                font["name"].removeNames(record.nameID)
        for name_id, text in {1: rename, 3: rename, 4: rename, 6: rename.replace(" ", "") + "-Regular"}.items():
            font["name"].setName(text, name_id, 3, 1, 0x409)
    font.save(output / name)


signs, standard = spread(SIGNS), standard_ideographs()
cut("noto-sans-sc/package/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", signs | standard)
cut("noto-serif-sc/package/700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", signs | standard)
cut("noto-serif-sc/package/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", signs | spread(EVERY_IDEOGRAPH))
# The licence reserves the names LXGW and 霞鹜 for the unmodified font, so the cut one has a name of its own.
cut("lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "ReportKai-Regular.ttf",
    signs | standard | spread(RARE_IDEOGRAPHS), rename="Report Kai")
convert("texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        "FandolFang-Regular.ttf",
        "Modified copy of FandolFang-Regular 0.3, made in November 2026: outlines converted to TrueType and simplified, layout "
        "tables removed. GPL 3 with the font exception, which extends to this copy.")
