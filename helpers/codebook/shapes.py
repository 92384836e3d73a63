"""Codebooks as people make them in a spreadsheet: a row per term, a row per frame, or a column per frame.

A first row that names a column for frames or one for terms is a header, in any case and any language of
seeds/column-names.csv. Without one, the cells that are filled tell the shape. Where two readings are possible, neither
is taken: the error says what to write.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers.articles.column_names import CALLED, some
from helpers.files.bounds import WIDEST, bytes_of
from helpers.files.encodings import decode_csv, divider_of, fold_name, values_of

PER_TERM, PER_FRAME, IN_COLUMNS = "one row per term", "one row per frame", "one column per frame"
MASK = "none"  # the frame of masks: inside such a term nothing counts
ABOUT = ("source", "word_from", "note", "language")  # of a codebook; other columns are joined to the note
FOLDED = {fold_name(name): name for name in ABOUT}
TERM_LIKE = re.compile(r"[*,;\n]")  # in terms and lists of terms, not in frames' names
NUMBER = re.compile(r"[-+]?\d*[.,]?\d+")
LAST = re.compile(r"\S (and|y|und|et) \S")  # before the last of a list: soldiers, troops and army
BULLETS = "•·-– \t"
REMEDY = "Write frame,term as the first row and, below it, each term in a row of its own, after its frame"
Row = tuple[int, list[str]]  # its number in the spreadsheet, its cells


def read_shape(path: Path) -> tuple[pd.DataFrame, str, list[str]]:
    """Read a codebook's CSV, whatever its shape.

    A cell may hold several terms, divided by semicolons or line breaks, or by commas where no frame has two cells or
    half of the cells have commas. An empty cell below a frame that is written once belongs to it, as in merged cells.

    returns  three things. One row per term: frame, term, and the columns of ABOUT; its index is the row in the file.
             The shape: PER_TERM, PER_FRAME or IN_COLUMNS. And the columns that were joined to the note
    raises   ValueError naming the file, the row and what to write
    """
    rows = read_cells(path)
    try:
        columns = _header(rows)
        shape, cells = _below(rows, *columns) if columns else _without_header(rows)
        divided = _divide(cells)
    except ValueError as error:
        raise ValueError(f"{path}, {error}.") from error
    table = pd.DataFrame(divided, columns=["line", "frame", "term", *ABOUT]).set_index("line").rename_axis(None)
    table = table if shape == PER_TERM else table[~table.duplicated(["frame", "term"])]
    return table, shape, [rows[0][1][place] for place in _others(rows, *columns)] if columns else []


def read_cells(path: Path) -> list[Row]:
    """The rows of a spreadsheet that hold anything, all equally long, without empty columns and titles above.

    Other formats than CSV (.xlsx, .ods) would come in here, as rows of text numbered from 1.

    raises   FileNotFoundError, PermissionError; ValueError naming the file, where it is no CSV or holds nothing
    """
    if (raw := bytes_of(path, REMEDY)).startswith(b"PK"):
        raise ValueError(
            f"{path}: this is no CSV, though its name says so. Open it in the spreadsheet; save it as CSV."
        )
    text = decode_csv(raw)
    values, certain = values_of(text, _divider(text))
    if not certain:
        remedy = "Put quotation marks around a cell that holds a comma or a quotation mark."
        raise ValueError(f"{path}: cannot be read as CSV: its quotation marks do not match. {remedy}")
    rows = [(line, [cell.strip() for cell in row]) for line, row in enumerate(values, 1) if any(map(str.strip, row))]
    if not rows:
        raise ValueError(f"{path}: holds nothing. {REMEDY}.")
    width = max(len(row) for _, row in rows)
    if width > WIDEST:
        raise ValueError(f"{path}: {width:,} columns, more than a sheet can have ({WIDEST:,}). {REMEDY}.")
    rows = [(line, row + [""] * (width - len(row))) for line, row in rows]
    while len(rows) > 1 and sum(map(bool, rows[0][1])) < 2 <= width:
        rows = rows[1:]  # a title above the table
    rows = [row for row in rows if row[1] != rows[0][1] or row is rows[0]]  # the header again, where files were joined
    used = [place for place in range(width) if any(row[place] for _, row in rows)]
    return [(line, [row[place] for place in used]) for line, row in rows]


def _divider(text: str) -> str:
    """What divides the cells: a sign that gives all rows equally many, and that a space seldom follows, as it does in a
    list of terms; else what the first row has most of."""
    widths = {sign: {len(row) for row in values_of(text, sign)[0] if row} for sign in ",;\t|"}
    even = [sign for sign, own in widths.items() if len(own) == 1 and own != {1}]
    return min(even, key=lambda sign: text.count(f"{sign} ")) if even else divider_of(text)


def _header(rows: list[Row]) -> tuple[int, list[int]] | None:
    """Which columns hold the frames and the terms, by a first row that names them; None where it names neither.

    raises   ValueError where it names one of the two, and not exactly one column is left for the other
    """
    (line, head), *below = rows
    names = [fold_name(name) for name in head]
    frames = [place for called in CALLED["frame"] for place, name in enumerate(names) if name == called][:1]
    terms = [place for place, name in enumerate(names) if name.rstrip("0123456789") in CALLED["term"]]
    if not frames + terms or any(
        row[place] == head[place]
        for _, row in below
        for place in range(len(head))
        if head[place] and names[place] not in FOLDED
    ):
        return None
    free = [place for place, name in enumerate(names) if name and name not in FOLDED and place not in frames + terms]
    on = [place for place in range(len(names)) if not any(names[place:])]  # columns without a name, where terms go on
    if frames and (terms or len(free) == 1 or (on and not free)):
        return frames[0], [*(terms or free), *on]
    if terms and len(free) == 1:
        return free[0], [*terms, *on]
    named, other = ("frame", "term") if frames else ("term", "frame")
    raise ValueError(
        f"line {line}: {head[(frames + terms)[0]]!r} names the column of the {named}s. Which holds the {other}s? Call "
        f"it {other!r}. The columns are: {some(head)}. If each is a frame with its terms below, rename the one that is "
        "known"
    )


def _others(rows: list[Row], frame: int, terms: list[int]) -> list[int]:
    """The columns of a table with a header that hold neither frames nor terms, and are not known."""
    names = enumerate(fold_name(name) for name in rows[0][1])
    return [place for place, name in names if place not in [frame, *terms] and name not in FOLDED]


def _below(rows: list[Row], frame: int, terms: list[int]) -> tuple[str, list[dict]]:
    """The shape of a table with a header, and its cells of terms: line, frame, term, and the columns of ABOUT."""
    head, names = rows[0][1], [fold_name(name) for name in rows[0][1]]
    others, cells, below = _others(rows, frame, terms), [], _fill_down(rows[1:], frame)
    shape = PER_FRAME if len({row[frame] for _, row in below}) == len(below) else PER_TERM
    for line, row in below:
        if shape == PER_TERM and any(row[place] for place in terms if not names[place]):
            raise ValueError(
                f"line {line}: it has more cells than the first row has names. Put quotation marks around a cell that "
                "holds a comma; give each term a row of its own"
            )
        about = {name: row[names.index(own)] if own in names else "" for own, name in FOLDED.items()}
        notes = [about["note"], *(f"{head[place] or 'no name'}: {row[place]}" for place in others if row[place])]
        about["note"] = "; ".join(filter(None, notes))
        filled = [place for place in terms if row[place]] or terms[:1]
        cells += [{"line": line, "frame": row[frame], "term": row[place], **about} for place in filled]
    numbers = [cell["frame"] for cell in cells if NUMBER.fullmatch(cell["frame"])]
    if cells and len(numbers) == len(cells) and names[frame] not in CALLED["frame"]:
        raise ValueError(f"line 1: its categories are numbers, like weights. Name them, or call {head[frame]!r} frame")
    known = {"frame": names[frame] in CALLED["frame"], "term": names[terms[0]].rstrip("0123456789") in CALLED["term"]}
    single = len(cells) == len(below) and not any(re.search("[,;\n]", cell["term"]) for cell in cells)
    if shape == PER_FRAME and single and not all(known.values()):  # or two frames, each with its terms below
        other, what = (head[terms[0]], "term") if known["frame"] else (head[frame], "frame")
        raise ValueError(f"line 1: every frame has a single term. Call {other!r} {what}, if it holds the {what}s")
    return shape, cells


def _fill_down(rows: list[Row], frame: int) -> list[Row]:
    """Rows with the frame above where their own is empty, if every frame is written once: so merged cells are saved."""
    written = Counter(row[frame] for _, row in rows if row[frame])
    if not rows or not rows[0][1][frame] or max(written.values()) > 1:
        return rows
    last, filled = "", []
    for line, row in rows:
        last = row[frame] or last
        filled.append((line, [last if place == frame else cell for place, cell in enumerate(row)]))
    return filled


def _without_header(rows: list[Row]) -> tuple[str, list[dict]]:
    """The shape of a table without a header, and its cells of terms.

    raises   ValueError where it could be read in two ways, or in none
    """
    cells = [row for _, row in rows]
    if len(cells[0]) == 2 and all(map(all, cells)) and (frame := _repeating(cells)) is not None:
        pairs = [(line, row[frame], row[1 - frame]) for line, row in rows]
        if all(NUMBER.fullmatch(name) for _, name, _ in pairs):
            raise ValueError(
                "line 1: its categories are numbers, like weights. Name them, or write term,category above"
            )
        return PER_TERM, [_cell(*pair) for pair in pairs]
    shape = _shape(cells)
    if shape == PER_FRAME:
        return shape, [_cell(line, row[0], term) for line, row in rows for term in row[1:] if term]
    _refuse_definitions(rows)
    below = [(frame, place) for place, frame in enumerate(cells[0])]
    terms = [(line, frame, row[place]) for frame, place in below for line, row in rows[1:] if row[place]]
    empty = [(rows[0][0], frame, "") for frame, place in below if not any(row[place] for row in cells[1:])]
    return shape, [_cell(*term) for term in terms + empty]


def _refuse_definitions(rows: list[Row]) -> None:
    """Raise ValueError where the row below the frames' names alone has a capital and several words in each cell."""
    if len(rows) < 3:
        return
    _, (line, first), *others = rows
    like_sentences = all(cell[:1].isupper() and " " in cell for cell in first)
    if like_sentences and not any(cell[:1].isupper() for _, row in others for cell in row):
        raise ValueError(
            f"line {line}: it looks like definitions, not terms. Move them to the .md file beside the codebook, or "
            "begin them with a small letter, if they are terms"
        )


def _cell(line: int, frame: str, term: str) -> dict:
    return {"line": line, "frame": frame, "term": term, **dict.fromkeys(ABOUT, "")}


def _repeating(cells: list[list[str]]) -> int | None:
    """Which of two columns holds the categories: the one with fewer different values, most of which come again."""
    different = [len({row[place] for row in cells}) for place in (0, 1)]
    fewer = different.index(min(different))
    return fewer if different[0] != different[1] and 3 * different[fewer] <= 2 * len(cells) else None


def _shape(cells: list[list[str]]) -> str:
    """Whether the first row or the first column holds the frames of a table without a header.

    Each frame must have a name, without a *. Then the better of the two is chosen by the signs of terms in it, by its
    capitals, and by whether each name has a term; a sign that both have, or neither, tells nothing.
    """
    turned = [list(column) for column in zip(*cells, strict=True)]
    ways = {IN_COLUMNS: (cells[0], turned), PER_FRAME: (turned[0], cells)}
    signs = (
        lambda names, lines: all(names) and not any("*" in name for name in names),
        lambda names, lines: not any(map(TERM_LIKE.search, names)),
        lambda names, lines: all(name[:1].isupper() or name == MASK for name in names),
        lambda names, lines: all(sum(map(bool, line)) > 1 for line in lines),
    )
    left = {way for way in ways if signs[0](*ways[way])}
    for sign in signs[1:]:
        left = {way for way in left if sign(*ways[way])} or left
    if len(left) != 1:
        raise ValueError(
            "line 1: which cells name the frames is not clear: those of the first row, each above its terms, or those "
            "of the first column. Begin the frames' names with a capital and the terms with a small letter; or write "
            "frame,terms above, if each row is a frame; or term,category, if the columns are these"
        )
    return left.pop()


def _divide(cells: list[dict]) -> list[dict]:
    """One row per term. Semicolons and line breaks divide the terms of a cell; commas do where no frame has two cells,
    or half of the cells have one. Commas in masks belong to names."""
    for cell in cells:
        cell |= {
            "term": ";".join(filter(None, map(str.strip, cell["term"].split("\n")))),
            "frame": " ".join(cell["frame"].split()),
        }
    counted = [cell for cell in cells if cell["frame"] != MASK and cell["term"]]
    commas = 2 * sum("," in cell["term"] for cell in counted) >= len(counted)
    listed = commas or len({cell["frame"] for cell in counted}) == len(counted)
    return [cell | {"term": term} for cell in cells for term in _terms_in(cell, listed)]


def _terms_in(cell: dict, listed: bool) -> list[str]:
    divider = "," if listed and cell["frame"] != MASK and ";" not in cell["term"] else ";"
    parts = [part.strip(BULLETS) for part in cell["term"].split(divider)]
    if divider == "," and len(parts) > 1 and (found := LAST.search(parts[-1])):
        raise ValueError(
            f"line {cell['line']}: {parts[-1]!r} ends a list. If it is two terms, write a comma for {found[1]!r}; "
            f"if it is one phrase, write {found[1]}*"
        )
    return [part for part in parts if part] or [""]
