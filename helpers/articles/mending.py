"""Text mended: wrong decodings, entities, invisible characters, stray spacing, lines broken at a fixed width."""

import re
from functools import cache
from itertools import groupby, pairwise

import ftfy

from helpers.articles.common_words import common_words
from helpers.files.tables import SEEDS, read_table
from helpers.text.characters import without_piles

REPAIRS = ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)
SPARING = REPAIRS._replace(unescape_html=False)  # what angle brackets enclose may be code
# A line with nothing to mend: no entity, no control character, no sign that could come from a wrong decoding.
PLAIN = re.compile(r"(?:[\t\u00a0 -%'-~–—‘’“”…]++|(?<=[ -~])[áéíóúñü](?=[ -~]))*+\n?")
ODD_SPACE = re.compile(r"[^\S\n\t\u00a0 ]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# For Arrow, which searches millions of texts: everything that mending changes, except stray spaces, tabs and no-break
# spaces, in texts of any language that were decoded rightly, or wrongly as Windows-1252 or Mac Roman.
WORTH_MENDING = (
    r"&#?[0-9A-Za-z]{1,24};|\r[^\n]|[ÂÃâÄÅÎÐÑ] |[Â-ô][\x{80}-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\p{M}\p{M}"
    r"|[«»…Œœ–—“”‘’ÿŸ⁄€‹›ﬁﬂ‡·‚„‰√ƒ≈∆◊÷¬][ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x{7f}-\x{9f}\x{ad}\x{132}\x{133}\x{149}\x{1c4}-\x{1cc}\x{1f1}-\x{1f3}\x{300}-\x{37e}"
    r"\x{387}\x{653}-\x{655}\x{900}-\x{109f}\x{1100}-\x{11ff}\x{1680}\x{1b35}\x{1f71}-\x{200f}\x{2028}-\x{202f}"
    r"\x{205f}-\x{206f}\x{2126}-\x{212b}\x{2329}\x{232a}\x{2adc}\x{3000}\x{3099}\x{309a}\x{f900}-\x{fb4f}\x{feff}"
    r"\x{ff01}-\x{fffc}\x{11000}-\x{1d1ff}\x{2f800}-\x{2fa1d}]"
)
SENTENCE_END = re.compile(r"""[.?!…:]["'”’»)\]]*$""")
HYPHENATED = SEEDS / "hyphenated.csv"  # parts of words that keep their hyphen at the end of a line
SOFT_END = re.compile("[\u00ad\u00ac][ \t]*(\r?\n)")
DIVIDED = re.compile(r"((?:[A-Z]\.){2,}|[^\W_]+)[-\u2010]$")
DIVIDED_WORD = re.compile(r"(?<![^\W_])[^\W_]+[-\u2010]\n[^\W_]+")
WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
SUSPENDED = ("to", "and", "or", "y", "o", "a", "und", "bis")  # after a hyphen that joins nothing: 5- to 11-year-olds
LONGEST_WORD = 60  # letters
LOOKED_AT = 300  # characters at the end of a line that is put together: enough to tell how it ends
SMALL_WORD = re.compile(r"[a-zß-öø-ÿ][^\W\d_]*")
Lines = list[tuple[int, str]]  # a page: line numbers from 1, and what stands there


def paragraphs(raw: str) -> Lines:
    """The lines of a page that are not empty, mended and numbered from 1; lines broken inside a paragraph joined."""
    raw = mend(SOFT_END.sub("\u2010\\1", raw))
    numbered = list(enumerate(raw.split("\n"), 1))
    blocks = [list(block) for filled, block in groupby(numbered, key=lambda line: bool(line[1])) if filled]
    divided = "-\n" in raw or "\u2010\n" in raw
    words = set(WORD.findall(DIVIDED_WORD.sub(" ", raw).casefold())) if divided else set()
    blocks = [_join_words(block, words) for block in blocks]
    pairs = [_runs_on(text) and after[0].islower() for block in blocks for (_, text), (_, after) in pairwise(block)]
    fixed_width = bool(pairs) and sum(pairs) >= len(pairs) / 5
    return [line for block in blocks for line in (_unwrap(block) if fixed_width else block)]


def mend(raw: str) -> str:
    """Mend wrong decodings, entities, invisible characters and stray spacing, line by line."""
    return "\n".join(" ".join(line.split()) for line in repair(raw).split("\n"))


def repair(raw: str) -> str:
    """The same without touching spaces, tabs and no-break spaces: line by line by ftfy, which skips plain lines.

    From the first "<" on, entities stay as they are.
    """
    raw = raw.replace("\v", " ")  # Word's soft line break separates words
    lines, config = re.findall(r"[^\n]*\n|[^\n]+", raw), REPAIRS
    for place, line in enumerate(lines):
        config = SPARING if "<" in line else config
        if not PLAIN.fullmatch(line):
            lines[place] = ODD_SPACE.sub(" ", INVISIBLE.sub("", ftfy.fix_text(without_piles(line), config)))
    return "".join(lines)


def _join_words(block: Lines, words: set[str]) -> Lines:
    """The block with words put together again that were divided at the end of a line.

    words  all words of the page in small letters, those with hyphens as one
    """
    joined, before = [(number, [line]) for number, line in block[:1]], block[0][1]
    for number, line in block[1:]:
        first, rest = DIVIDED.search(before, max(0, len(before) - LONGEST_WORD)), SMALL_WORD.match(line)
        if first and rest and rest[0] in SUSPENDED and not first[1].islower():
            joined.append((number, [line]))
            before = line
        elif first and rest:
            earlier = before[first.start() - 1 : first.start()] in ("-", "\u2010")
            kept = earlier or _keeps_hyphen(first[1], rest[0].casefold(), words)
            parts = joined[-1][1]
            parts[-1:] = [parts[-1] if kept else parts[-1][:-1], line]
            before = f"{before if kept else before[:-1]}{line}"[-LOOKED_AT:]
        elif first and line[0].isalnum() and _runs_on(before):
            joined[-1][1].append(line)
            before = f"{before}{line}"[-LOOKED_AT:]
        else:
            joined.append((number, [line]))
            before = line
    return [(number, "".join(parts)) for number, parts in joined]


def _keeps_hyphen(first: str, rest: str, words: set[str]) -> bool:
    """Whether a word divided after `first` is written with a hyphen: US-backed, 24-year, cross-border, Mexico-based.

    So it is after capitals and digits, where the list of parts says so, and where the page writes the two with a hyphen
    elsewhere; or each by itself, both of four letters or more, and never the two as one word.
    """
    begin = first.casefold()
    if f"{begin}-{rest}" in words or (first.isupper() and len(first) > 1) or not first.isalpha():
        return True
    if begin in hyphenated() or f"-{rest}" in hyphenated():
        return True
    alone = min(len(begin), len(rest)) >= 4 and {begin, rest} <= words and begin not in common_words()
    return alone and f"{begin}{rest}" not in words


@cache
def hyphenated() -> frozenset[str]:
    """The parts of words in seeds/hyphenated.csv: first parts (cross), and second parts with their hyphen (-based)."""
    return frozenset(read_table(HYPHENATED, "word language")["word"])


def _runs_on(text: str) -> bool:
    """Whether a line is long enough to have been broken, and does not end like a sentence."""
    return len(text) >= 30 and not SENTENCE_END.search(text)


def _unwrap(block: Lines) -> Lines:
    """Join the lines of a block that were broken at a fixed width: all of them if they are about equally long."""
    longest = max(len(text) for _, text in block)
    even = longest >= 30 and all(len(text) >= 0.6 * longest for _, text in block[:-1])
    joined = [(number, [text]) for number, text in block[:1]]
    for (_, before), (number, text) in pairwise(block):
        if even or _runs_on(before):
            joined[-1][1].append(text)
        else:
            joined.append((number, [text]))
    return [(number, " ".join(texts)) for number, texts in joined]
