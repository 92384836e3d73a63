"""Documents of Factiva: by the codes before each field (HD, LP, TD), or by the order of the lines above the text."""

import re

from helpers.articles.date_forms import MONTH, YEAR
from helpers.articles.export_labels import COPYRIGHT, any_label, removed_block

TAG = re.compile(
    r"^[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CX|CLM|GC) *(?:\t[ \t]*|$)",
    re.MULTILINE,
)
WORDS = re.compile(rf"\d[\d.,]* (?:{any_label('Nexis', 'word')})", re.IGNORECASE)
DAY = re.compile(rf"\d{{1,2}}\.? (?:de )?(?:{MONTH})\.?,? (?:del? )?{YEAR}", re.IGNORECASE)
CLOCK = re.compile(r"\d\d?[:.]\d\d.{0,12}")
LANGUAGE = re.compile(any_label("Factiva", "language"), re.IGNORECASE)
BYLINE = re.compile(rf"(?:{any_label('Factiva', 'by')}) +(?=[^\W\d_])(.*)", re.IGNORECASE)
HEADLINE = "HD\t"  # before a headline that the markup of a page shows to be one
MOST_BELOW = 9  # lines between the outlet and the text: code, edition, page, language, copyright
MOST_WORDS = 25  # of a headline


def read_factiva(part: str) -> dict:
    """The fields of a document of Factiva, and what was cut from it (removed); {} if it is none."""
    _, *tagged = TAG.split(part)
    tags = {}
    for tag, words in zip(tagged[::2], tagged[1::2], strict=True):
        tags.setdefault(tag, words.strip())
    if {"HD", "PD"} <= tags.keys() and {"LP", "TD"} & tags.keys():
        cut = {"ART": "caption of an archive", "CX": "correction of the article"}
        return {
            "text": "\n\n".join(filter(None, (tags.get("LP"), tags.get("TD")))),
            "title": _one(tags["HD"]),
            "published": _one(tags["PD"]),
            "outlet": _one(tags.get("SN", "")),
            "byline": _name(_one(tags.get("BY", ""))),
            "removed": [row for tag in cut for row in removed_block(tags.get(tag, ""), cut[tag])],
        }
    return _by_order(part)


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
    title, byline, other = _title_of([line for _, line in lines[:at]])
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


def _title_of(above: list[str]) -> tuple[str, str, list[str]]:
    """The headline and the byline among the lines above the length, and the other lines: a section, a page."""
    marked = [line for line in above if line.startswith(HEADLINE.strip())]
    byline = next((line for line in above[1:] if BYLINE.fullmatch(line)), "")
    left = [line for line in above if line != byline]
    long = [line for line in left if 5 <= len(line.split()) <= MOST_WORDS and ";" not in line]
    short = [line for line in left if not re.search(r"[;\d]", line)]
    title = next(iter([*marked, *long, *short, *left]), "")
    author = left[left.index(title) + 1 :] if title in left else []
    byline = byline or (author[0] if marked and author else "")
    other = [line for line in left if line not in (title, byline)]
    return title.removeprefix("HD").strip() if marked else title, _name(byline), other


def _name(byline: str) -> str:
    found = BYLINE.fullmatch(byline)
    return found[1].strip() if found else byline


def _one(words: str) -> str:
    return " ".join(words.split())
