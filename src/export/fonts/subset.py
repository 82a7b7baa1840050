#!/usr/bin/env python3
"""Makes MoreKanji.otf and MoreEmoji.ttf: what BIZ UDGothic lacks of the kanji and signs of Adobe-Japan1, and of emoji.

Run by hand, once, when a source font is newer; the results are in the repository, and building needs neither this nor any
font tool. It takes three files, all under free licences:

    python3 -m venv v && v/bin/pip install fonttools brotli
    v/bin/python src/export/fonts/subset.py NotoSansCJK-Regular.ttc UniJIS2004-UTF32-H noto-emoji-emoji-400-normal.woff2

    NotoSansCJK-Regular.ttc              Noto Sans CJK 2.004 (Debian: fonts-noto-cjk), SIL Open Font License 1.1
    UniJIS2004-UTF32-H                   Adobe's list of the characters of Adobe-Japan1 (Debian: poppler-data)
    noto-emoji-emoji-400-normal.woff2    Noto Emoji 400 (npm: @fontsource/noto-emoji), SIL Open Font License 1.1

Both results together are at most 1.5 MB.
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).parent
MOST = 1_500_000
# Flags are letters to whoever has no picture of them, and tones of skin only colour the sign before them.
LETTERS_OF_FLAGS = range(0x1F1E6, 0x1F200)
TONES = range(0x1F3FB, 0x1F400)
# Radicals are drawn as the kanji they are, and forms for upright lines do not stand in level ones.
RADICALS = range(0x2E80, 0x2FE0)
UPRIGHT = range(0xFE10, 0xFE50)
# What came after 2019, and a sign for each half hour, would take what there is room for.
LATEST = range(0x1FA70, 0x1FB00)
HOURS = range(0x1F550, 0x1F568)
# A letter in print is a few millimetres high: finer steps than these nobody sees.
STEPS = 440


def adobe_japan(cmap):
    """The characters of a CMap of Adobe's."""
    characters = set()
    for line in Path(cmap).read_text().splitlines():
        found = re.match(r"<([0-9a-f]{8})>(?: <([0-9a-f]{8})>)?", line)
        if found:
            first = int(found[1], 16)
            characters.update(range(first, int(found[2] or found[1], 16) + 1))
    return characters


def write(font, characters, name, out):
    """The characters of a font alone, without anything that only changes how they stand."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=characters)
    cut.subset(font)
    scale_upem(font, STEPS)
    font.flavor = None
    # What only chooses between forms of a kanji is not asked for.
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format in (4, 12)]
    # The licence asks that what is changed has another name where one is reserved; the names of the sources stay in the notices.
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16):
            font["name"].setName(name.replace(" ", "") if record.nameID == 6 else name, record.nameID, record.platformID, record.platEncID, record.langID)
    font.save(out)
    return out.stat().st_size


def main(cjk, cmap, emoji):
    known = set(TTFont(HERE / "BIZUDGothic-Regular.ttf").getBestCmap())
    kanji = TTFont(cjk, fontNumber=0)
    more = (adobe_japan(cmap) & set(kanji.getBestCmap())) - known - set(RADICALS) - set(UPRIGHT)
    signs = TTFont(emoji)
    left_out = [LETTERS_OF_FLAGS, TONES, LATEST, HOURS]
    pictures = set(signs.getBestCmap()) - known - more - set().union(*left_out)
    pictures = {c for c in pictures if c > 0x2000}
    sizes = [
        write(kanji, more, "jirei More Kanji", HERE / "MoreKanji.otf"),
        write(signs, pictures, "jirei More Emoji", HERE / "MoreEmoji.ttf"),
    ]
    print(f"{len(more)} + {len(pictures)} characters, {sizes} bytes")
    assert sum(sizes) <= MOST, "too large"


if __name__ == "__main__":
    main(*sys.argv[1:])
