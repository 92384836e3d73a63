"""The lines of a page of a PDF, in the order in which a reader takes them: column by column.

A line has its place on the page, in points (1/72 inch) from the lower left corner.
"""

import re
from collections.abc import Iterator
from ctypes import c_double
from statistics import median
from typing import NamedTuple

HYPHEN = "\ufffe"  # how PDFium writes a hyphen at the end of a line
ROWS = 4  # side by side, at least, make columns
MORE = 3  # times as many rows beside a white strip as lines across it
WORD = re.compile(rf"[^\s{HYPHEN}]+{HYPHEN}?")
WIDTH = 0.15  # of the page's text, at least, for a column
MOST = 2_000  # lines on a page that are sorted into columns
Box = tuple[float, float, float, float]  # left, bottom, right, top


class Line(NamedTuple):
    """Words on one line of one column."""

    left: float
    bottom: float
    right: float
    top: float
    words: str
    edge: float = 0.0  # where its column ends


def lines_of(textpage) -> list[Line]:
    """The lines of a page in reading order.

    Columns are found by the gaps between pieces side by side. A line across all of them, a headline for example, comes
    after what stands above it in every column.
    """
    pieces = list(_pieces(textpage))
    cuts = _gutters(pieces) if len(pieces) < MOST else []
    columns = [[] for _ in range(len(cuts) + 2)]  # the last: lines across
    for piece in pieces:
        columns[_column(piece, cuts)].append(piece)
    edges = [max((piece.right for piece in column), default=0.0) for column in columns]
    rows = [[_as_line(row, edge) for row in _rows(column)] for column, edge in zip(columns, edges, strict=True)]
    *within, across = rows
    ordered, ends = [], [*(line.top for line in across), float("-inf")]
    above = float("inf")
    for place, below in enumerate(ends):
        for column in within:
            ordered += [line for line in column if below <= line.top < above]
        ordered += across[place : place + 1]
        above = below
    return ordered


def _pieces(textpage) -> Iterator[Line]:
    """Words with no gap between them of more than a wide space, as they come in the file."""
    place, words = None, []
    for box, word in _words(textpage):
        if place and not _goes_on(place, box):
            yield Line(*place, " ".join(words))
            place, words = None, []
        place = _around(place, box) if place else box
        words.append(word)
    if place:
        yield Line(*place, " ".join(words))


def _words(textpage) -> Iterator[tuple[Box, str]]:
    """Each word of a page with its place, from its first letter to its last."""
    from pypdfium2 import raw

    signs, text = textpage.count_chars(), textpage.get_text_range()
    if len(text) != signs:  # a letter that takes two characters
        text = "".join(chr(raw.FPDFText_GetUnicode(textpage, number)) for number in range(signs))
    for word in WORD.finditer(text):
        first, last = (textpage.get_charbox(number, loose=True) for number in (word.start(), word.end() - 1))
        box = (first[0], min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
        yield _even(textpage, word.start(), box), word[0]


def _even(textpage, number: int, box: Box) -> Box:
    """The place of a word, as high as its font is large: some fonts give only the height of its own letters.

    A font that is turned, or says a size that its letters do not have, leaves the place as it is.
    """
    from pypdfium2 import raw

    matrix, x, base = raw.FS_MATRIX(), c_double(), c_double()
    raw.FPDFText_GetMatrix(textpage, number, matrix)
    raw.FPDFText_GetCharOrigin(textpage, number, x, base)
    size = raw.FPDFText_GetFontSize(textpage, number) * matrix.d
    if matrix.b or not 0.8 < size / max(box[3] - box[1], 0.1) < 3:
        return box
    return box[0], base.value - 0.2 * size, box[2], base.value + 0.8 * size


def _goes_on(place: Box, box: Box) -> bool:
    """Whether a word follows directly on the same line."""
    height, middle = place[3] - place[1], (box[1] + box[3]) / 2
    return place[1] <= middle <= place[3] and place[0] <= box[0] < place[2] + 0.6 * height


def _around(place: Box, box: Box) -> Box:
    return min(place[0], box[0]), min(place[1], box[1]), max(place[2], box[2]), max(place[3], box[3])


def _gutters(pieces: list[Line]) -> list[float]:
    """Where columns are divided: each place that lies between two wide pieces in at least so many rows.

    In narrow columns with even edges the words stand so far apart that no piece is wide. Then it is each white strip
    with so many rows on both sides, most of them beginning at one place, and few lines across.
    """
    if not pieces:
        return []
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    least = WIDTH * (right - left)
    found = _strips([piece for piece in pieces if piece.right - piece.left > least])
    for cut in _strips(pieces):
        across = sum(piece.left < cut < piece.right for piece in pieces)
        begins = [gap[1] for piece in pieces if (gap := _gap_after(piece, pieces)) and gap[0] < cut < gap[1]]
        even = 2 * sum(abs(at - median(begins)) < 2 for at in begins) > len(begins) >= MORE * across
        if even and all(abs(cut - edge) > least for edge in (left, *found, right)):
            found.append(cut)
    return sorted(found)


def _strips(pieces: list[Line]) -> list[float]:
    """The places that lie between two of the pieces in at least so many rows, the one with most rows first."""
    gaps, found = list(filter(None, (_gap_after(piece, pieces) for piece in pieces))), []
    while gaps:
        best = max((right for _, right in gaps), key=lambda at: (sum(left < at <= right for left, right in gaps), -at))
        there = [(left, right) for left, right in gaps if left < best <= right]
        if len(there) < ROWS:
            break
        found.append((max(left for left, _ in there) + best) / 2)
        gaps = [gap for gap in gaps if gap not in there]
    return found


def _gap_after(piece: Line, pieces: list[Line]) -> tuple[float, float] | None:
    """From where a piece ends to where the next one beside it begins; None if there is none."""
    middle = (piece.bottom + piece.top) / 2
    beside = [other.left for other in pieces if other.left > piece.right and other.bottom <= middle <= other.top]
    return (piece.right, min(beside)) if beside else None


def _column(piece: Line, cuts: list[float]) -> int:
    """The number of a piece's column, from 0; -1 if it lies across two."""
    if any(piece.left < cut - 2 and piece.right > cut + 2 for cut in cuts):
        return -1
    return sum((piece.left + piece.right) / 2 > cut for cut in cuts) if cuts else 0


def _rows(column: list[Line]) -> list[list[Line]]:
    """The pieces of a column, from top to bottom; those of one height together, from left to right."""
    rows = []
    for piece in sorted(column, key=lambda piece: (-piece.top, piece.left)):
        if rows and (piece.bottom + piece.top) / 2 > rows[-1][0].bottom:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _as_line(row: list[Line], edge: float) -> Line:
    place = row[0][:4]
    for piece in row[1:]:
        place = _around(place, piece)
    return Line(*place, " ".join(piece.words for piece in row), edge)
