"""Documents of Factiva: by the codes before each field (HD, LP, TD), or by the order of the lines above the text."""

import re
from itertools import pairwise

from helpers.articles.date_forms import MONTH, YEAR
from helpers.articles.export_labels import COPYRIGHT, any_label, removed_block

TAG = re.compile(
    r"^[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CX|CLM|GC)"
    r"(?: *\t[ \t]*| {2,}| *$)",
    re.MULTILINE,
)
SPACED = re.compile(  # with one space, where tabs were lost: a code that is also a word needs more beside it
    r"^[ \t]*(HD|BY|WC|PD|ET|SN|SC|PG|CY|LP|TD|CT|RF|IPC|IPD|PUB|LA(?= \w+$)|(?:CO|IN|NS|RE)(?= \S+ : )"
    r"|AN(?= (?:Document )?[A-Z]+\d{8}))(?: +|$)",
    re.MULTILINE,
)
WORDS = re.compile(rf"\d[\d.,]* (?:{any_label('Nexis', 'word')})", re.IGNORECASE)
DAY = re.compile(rf"\d{{1,2}}\.? (?:de )?(?:{MONTH})\.?,? (?:del? )?{YEAR}", re.IGNORECASE)
CLOCK = re.compile(r"\d\d?[:.]\d\d.{0,12}")
LANGUAGE = re.compile(any_label("Factiva", "language"), re.IGNORECASE)
BYLINE = re.compile(rf"(?:{any_label('Factiva', 'by')}) +(?=[^\W\d_])(.*)", re.IGNORECASE)
COVER = re.compile(any_label("Factiva", "cover"), re.IGNORECASE)
OF_CONTENTS = re.compile(r"(?<![ .])([ .]++)\d+$")  # a line of a table of contents: a headline, points, its page
HEADLINE = "HD\t"  # before a headline that the markup of a page shows to be one
MOST_BELOW = 9  # lines between the outlet and the text: code, edition, page, language, copyright
MOST_NAMES = 4  # words of an author's name


def read_factiva(part: str) -> dict:
    """The fields of a document of Factiva, and what was cut from it (removed); {} if it is none."""
    codes = _tag_of(part)
    _, *tagged = codes.split(part)
    tags = {}
    for tag, words in zip(tagged[::2], tagged[1::2], strict=True):
        tags.setdefault(tag, words.strip())
    text = "\n\n".join(filter(None, (tags.get("LP"), tags.get("TD"))))
    torn = codes is SPACED and text[:1].islower()  # a code that a PDF wrote amid its text
    if {"HD", "PD"} <= tags.keys() and text and not torn:
        cut = {"ART": "caption of an archive", "CX": "correction of the article"}
        return {
            "text": text,
            "title": _one(tags["HD"]),
            "published": _one(tags["PD"]),
            "outlet": _one(tags.get("SN", "")),
            "byline": _name(_one(tags.get("BY", ""))),
            "removed": [row for tag in cut for row in removed_block(tags.get(tag, ""), cut[tag])],
        }
    return _by_order(part)


def divide_repeated(part: str) -> list[int]:
    """Where the documents of a part begin: it holds several if a headline's code and a date's are repeated in it."""
    tags = list(_tag_of(part).finditer(part))
    heads = [at for at, tag in enumerate(tags) if tag[1] == "HD"]
    whole = [at for at, end in pairwise([*heads, len(tags)]) if any(tag[1] == "PD" for tag in tags[at:end])]
    return [0, *(tags[at - (tags[at - 1][1] == "SE")].start() for at in whole[1:])]


def has_codes(part: str) -> bool:
    """Whether a text has Factiva's codes, whether or not they can be read."""
    return {"HD", "PD", "SN"} <= set(_tag_of(part).findall(part))


def _tag_of(part: str) -> re.Pattern:
    """How the codes of a part are set off: with tabs, or with one space."""
    return TAG if {"HD", "PD"} <= set(TAG.findall(part)) else SPACED


def _by_order(part: str) -> dict:
    """The same by the order of the lines: headline, author, length, date, time, outlet, codes, copyright, text."""
    numbered = [(number, line.strip()) for number, line in enumerate(part.split("\n"))]
    lines = [line for line in numbered if line[1]]
    at = next((place for place, (_, line) in enumerate(lines) if WORDS.fullmatch(line)), len(lines))
    if at + 2 >= len(lines) or not DAY.fullmatch(lines[at + 1][1]):
        return {}
    outlet = at + 2 + bool(CLOCK.fullmatch(lines[at + 2][1]))
    end = _end_of_head(lines, outlet)
    if end is None:
        return {}
    title, byline, other = _title_of("\n".join(line for _, line in numbered[: lines[at][0]]))
    text = "\n".join(part.split("\n")[lines[end][0] + 1 :]).strip()
    removed = removed_block("\n".join(other), "label of a press archive")
    fields = {"title": title, "byline": byline, "published": lines[at + 1][1], "outlet": lines[outlet][1]}
    return {"text": text, **fields, "removed": removed}


def _end_of_head(lines: list[tuple[int, str]], outlet: int) -> int | None:
    """The last line above the text: that of the copyright, which may go on, else that of the language."""
    below = range(outlet + 1, min(outlet + 1 + MOST_BELOW, len(lines)))
    rights = [place for place in below if COPYRIGHT.match(lines[place][1])]
    language = [place for place in below if LANGUAGE.fullmatch(lines[place][1])]
    if not rights:
        return language[0] if language else None
    last = rights[0]
    while last + 1 in rights:
        last += 1
    return last


def _title_of(above: str) -> tuple[str, str, list[str]]:
    """The headline and the byline above the length, and the other lines there: a section, a page, an export's cover.

    The headline is the longest line of the paragraph above the byline, of two equal ones the second: the first is the
    section.
    """
    blocks = [[line for line in block.split("\n") if line] for block in re.split(r"\n\n+", above.strip("\n"))]
    lines = [line for block in blocks for line in block]
    blocks = list(filter(None, map(_below_cover, blocks)))
    marked = [line for line in lines if line.startswith(HEADLINE.strip())]
    byline = next((line for line in reversed(lines[1:]) if BYLINE.fullmatch(line)), "")
    if not byline and len(blocks) > 1 and len(blocks[-1]) == 1 and len(blocks[-1][0].split()) <= MOST_NAMES:
        byline = blocks[-1][0] if not marked or blocks[-1][0] != marked[-1] else ""
    last = next(([line for line in block if line != byline] for block in reversed(blocks) if block != [byline]), [])
    named = [line for line in last if not re.search(r"[;\d]", line)] or last
    title = marked[-1] if marked else max(reversed(named), key=lambda line: len(line.split()), default="")
    other = [line for line in lines if line not in (title, byline)]
    return title.removeprefix(HEADLINE.strip()).strip() if marked else title, _name(byline), other


def _below_cover(block: list[str]) -> list[str]:
    """The lines below the last one of an export's cover."""
    return block[max((at for at, line in enumerate(block, 1) if _is_of_cover(line)), default=0) :]


def _is_of_cover(line: str) -> bool:
    points = OF_CONTENTS.search(line)
    return bool(COVER.fullmatch(line) or (points and "..." in points[1]))


def _name(byline: str) -> str:
    found = BYLINE.fullmatch(byline)
    return found[1].strip() if found else byline


def _one(words: str) -> str:
    return " ".join(words.split())
