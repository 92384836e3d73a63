"""What each frame means: the definitions that coders work by, from the .md file beside the codebook."""

import re
from pathlib import Path

from helpers.files.bounds import bytes_of
from helpers.files.encodings import decode, fold_name

CASES = "## Cases that every coder meets"  # a heading in the codebook's .md
ROW = "| frame | code 1 when the sentence says that … | typical words | not this |"
CELLS = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[\s|:-]+")  # the line below a table's header
NEVER = re.compile(
    r"\bnot?\b|\bnever\b|\bexcept|\bexclu", re.I
)  # in the header of the column that says what not to code
BOLD = re.compile(r"(?:\*\*|__)([^*_]+)(?:\*\*|__):?\s*")  # a line that is a heading all the same
BULLET, MARKS = re.compile(r"\A(?:[-*+]|\d+[.)])\s+"), "*_`"  # before and around a name
Definition = tuple[str, str]  # code 1 when, not this


def load_definitions(frames: list[str], path: Path) -> dict[str, Definition]:
    """The definitions of a codebook's frames.

    A frame is defined by the row of a table that begins with its name (in any case, in marks or without): in the second
    cell; what it is not, in the last of four cells, or below a header that says so. Or by the text below a heading or a
    line in bold that is its name, or behind its name and a colon.

    frames   the codebook's frames
    path     the .md file
    returns  frame: (code 1 when, not this), for the frames that are defined; empty where there is no file
    """
    return _read(frames, path)[0]


def faults_of_definitions(frames: list[str], path: Path) -> list[str]:
    """What is wrong in a file of definitions, each with the file and what to do; none where there is no file."""
    defined, faults = _read(frames, path)
    lost = [frame for frame in frames if frame not in defined]
    row = ROW.replace("frame", lost[0], 1) if lost else ""
    told = [f"{path}: nothing defines {', '.join(lost)}. Add a row to its table: {row}"] if lost else []
    return [*faults, *told] if path.is_file() else []


def table_of(defined: dict[str, tuple[str, str]]) -> str:
    """The definitions as a table in Markdown, without the typical words.

    defined  frame: (code 1 when, not this), from load_definitions
    """
    head = ["| frame | code 1 when the sentence says that … | not this |", "|---|---|---|"]
    return "\n".join([*head, *(f"| `{frame}` | {when} | {never} |" for frame, (when, never) in defined.items())])


def unit_and_cases(path: Path) -> tuple[str, str]:
    """What the .md beside a codebook says of the unit of coding, and what it has under the heading CASES, with the
    heading; "" for either where it says nothing."""
    lines = _lines_of(path)
    unit = "\n\n".join(line for line in lines if line.startswith("Unit of coding"))
    begin = lines.index(CASES) if CASES in lines else len(lines)
    end = next((place for place in range(begin + 1, len(lines)) if lines[place].startswith("#")), len(lines))
    return unit, "\n".join(lines[begin:end]).strip()


def _lines_of(path: Path) -> list[str]:
    """The lines of a file of definitions; none where there is no file."""
    return decode(bytes_of(path, "Write the definitions in it, or delete it")).splitlines() if path.exists() else []


def _read(frames: list[str], path: Path) -> tuple[dict[str, Definition], list[str]]:
    """The definitions, and the faults of rows."""
    lines = _lines_of(path)
    names = {fold_name(frame): frame for frame in frames}
    defined, faults = {}, []
    for table in _tables(lines):
        found = [(line, names.get(fold_name(cells[0])), cells) for line, cells in table]
        if not any(frame for _, frame, _ in found):
            continue
        head = found[0][2] if not found[0][1] else []
        for line, frame, cells in found[bool(head) :]:
            if fault := _fault(frame, cells, defined, frames):
                faults.append(f"{path}, line {line}: {fault}")
            else:
                defined[frame] = (cells[1], _never(head, cells))
    found = [*_listed(lines), *_headed(lines, names)]
    return {names[name]: (text, "") for name, text in found if name in names} | defined, faults


def _fault(frame: str | None, cells: list[str], defined: dict, frames: list[str]) -> str:
    if not frame:
        return f"{cells[0]!r} is not a frame of the codebook ({', '.join(frames)}). Mend the name or delete the row."
    if len(cells) < 2 or not cells[1]:
        return f"the row of {frame} has no definition. Write it so: {ROW.replace('frame', frame, 1)}"
    return f"{frame} is defined twice. Delete one of the two rows." if frame in defined else ""


def _never(head: list[str], cells: list[str]) -> str:
    """The cell that says what the frame is not."""
    named = [place for place, name in enumerate(head[: len(cells)]) if place > 1 and NEVER.search(name)]
    return cells[named[0]] if named else cells[3] if len(cells) == 4 and not head else ""


def _tables(lines: list[str]) -> list[list[tuple[int, list[str]]]]:
    """The tables of a page, each a list of rows: the number of the line, and the cells."""
    tables, last = [], 0
    for number, line in enumerate(lines, 1):
        if line.count("|") and not RULE.fullmatch(line):
            cells = [cell.strip().replace("\\|", "|") for cell in CELLS.split(line.strip().removeprefix("|"))]
            cells = cells[:-1] if line.rstrip().endswith("|") else cells
            cells = cells or [""]
            if last < number - 1 or not tables:
                tables.append([])
            tables[-1].append((number, cells))
        last = number if line.count("|") else last
    return tables


def _headed(lines: list[str], names: dict[str, str]) -> list[tuple[str, str]]:
    """The headings of a page, as names are compared, each with the text up to the next heading. A frame's name in bold
    on a line of its own is a heading too."""
    bold = [BOLD.fullmatch(line) for line in lines]
    lines = [f"# {b[1]}" if b and _name(b[1]) in names else line for b, line in zip(bold, lines, strict=True)]
    parts = re.split(r"(?m)^#+\s+(.+)$", "\n".join(lines))
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(_name(name), " ".join(text.split())) for name, text in pairs if text.strip()]


def _listed(lines: list[str]) -> list[tuple[str, str]]:
    """The lines that give a name and a text behind a colon."""
    found = []
    for line in lines:
        name, _, text = line.strip().partition(":")
        name, told = BULLET.sub("", name, count=1).strip(MARKS), text.lstrip("*_")
        if name[:1].strip() and not {*"*`"} & {*name} and told[:1].isspace() and told.strip():
            found.append((_name(name), told.strip()))
    return found


def _name(heading: str) -> str:
    """A heading without its number, as names are compared."""
    return fold_name(re.sub(r"^\s*\d+[.)]\s*", "", heading))
