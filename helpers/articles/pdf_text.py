"""The text of a PDF: its paragraphs, without the running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from numpy import median

from helpers.articles.document import left_out
from helpers.articles.mending import SENTENCE_END
from helpers.articles.office import as_text
from helpers.articles.pdf_lines import HYPHEN, Line
from helpers.articles.pdf_pages import Page, pages_of

NUMBER = r"(?:\d{1,4}|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))"
PAGE_NUMBER = re.compile(  # without a point: "2012." may end a sentence
    rf"[^\w.]{{0,3}}(?:page|p\.?|página|pág\.?|seite|s\.)?[^\w.]{{0,3}}{NUMBER}(?:\s?(?:of|de|von|/)\s?{NUMBER})?[^\w.]{{0,3}}",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\d{1,4}\b|\b\d{1,4}$")
REASON = "running head or page number of a PDF"


def read_pdf(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The article of a PDF that has a layer of text, or the articles of an archive's export as PDF.

    What its head or foot repeats from page to page is cut, and so are page numbers.
    """
    pages = pages_of(raw)
    if not any(pages):
        raise ValueError("no text in it: its pages are pictures (a scan). Save it again with recognised text (OCR)")
    heads = _running_heads(pages)
    kept = [[line for line in page if line not in cut] for page, cut in zip(pages, heads, strict=True)]
    removed = [{"line": 0, "reason": REASON, "text": line.words} for cut in heads for line in cut]
    first, *others = as_text(name, _paragraphs(kept), columns)
    yield first | {"removed": [*removed, *first.get("removed", [])]}
    yield from others
    if empty := [str(number) for number, page in enumerate(pages, 1) if not page]:
        why = f"no text on page {', '.join(empty[:9])}{', …' if empty[9:] else ''}: perhaps a picture of text"
        yield left_out(0, why, kept=True)


def _running_heads(pages: list[Page]) -> list[Page]:
    """The lines of each page that are no text.

    They are page numbers, what two pages have at head or foot but for numbers, and what begins or ends with a number
    in the place of such a line.
    """
    ends = [_outermost(page) for page in pages]
    seen = Counter(words for page in ends for words in {_without_numbers(line) for line in page})
    repeated = {line for page in ends for line in page if seen[_without_numbers(line)] > 1}
    places = {round(line.top) for line in repeated}
    return [
        [
            line
            for line in page
            if line in repeated
            or PAGE_NUMBER.fullmatch(line.words)
            or (round(line.top) in places and NUMBERED.search(line.words))
        ]
        for page in ends
    ]


def _outermost(page: Page) -> Page:
    """The two highest and the two lowest lines, but never more than half of a page."""
    ordered = sorted(page, key=lambda line: -line.top)
    most = min(2, len(page) // 4)
    return ordered[:most] + ordered[len(ordered) - most :]


def _without_numbers(line: Line) -> str:
    return re.sub(r"[\W\d]+", " ", line.words).strip()


def _paragraphs(pages: list[Page]) -> list[tuple[str, str]]:
    """The paragraphs, each with a style: title for the largest letters of the first page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    steps = [_step(above, below) for above, below in pairwise(lines)]
    step, found = median([step for step in steps if step > 0] or [1]), [[lines[0]]]
    for above, below in pairwise(lines):
        if _begins(above, below, step):
            found.append([])
        found[-1].append(below)
    usual = median([_height(line) for line in lines])
    first = [paragraph for paragraph in found if paragraph[0] in pages[0]]
    largest = max(map(_height, (paragraph[0] for paragraph in first)), default=0)
    return [
        ("title" if _height(paragraph[0]) == largest > 1.25 * usual else "", _joined(paragraph)) for paragraph in found
    ]


def _step(above: Line, below: Line) -> float:
    """How far a line is below another, in heights of the upper one; negative if it is in the next column."""
    return (above.bottom - below.bottom) / max(_height(above), 0.1)


def _height(line: Line) -> float:
    return round(line.top - line.bottom, 1)


def _begins(above: Line, below: Line, step: float) -> bool:
    """Whether a line begins a paragraph: by its size, its distance, its indent, or the room left in the line above."""
    height = _height(above)
    if abs(height - _height(below)) > 0.2 * height:
        return True
    if above.words.endswith(HYPHEN):
        return False
    if _step(above, below) <= 0:  # the next column or page
        return bool(SENTENCE_END.search(above.words))
    if _step(above, below) > 1.35 * step:
        return True
    if below.words[0].islower() and not SENTENCE_END.search(above.words):
        return False
    first = below.words.split()[0]
    room = len(first) * (below.right - below.left) / len(below.words) + 0.3 * height
    return below.left - above.left > 0.6 * height or above.right + 1.1 * room < above.edge


def _joined(lines: Page) -> str:
    """The lines of a paragraph in one, but for words that are divided: mending puts these together."""
    pieces = (f"{line.words[:-1]}-\n" if line.words.endswith((HYPHEN, "-")) else f"{line.words} " for line in lines)
    return "".join(pieces).strip()
