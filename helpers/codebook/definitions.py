"""What each frame means: the definitions that coders work by."""

from pathlib import Path

CASES = "## Cases that every coder meets"  # a heading in the codebook's .md
ROW = "| `frame` | code 1 when the sentence says that … | typical words | not this |"


def load_definitions(frames: list[str], path: Path) -> dict[str, tuple[str, str]]:
    """The definitions of a codebook's frames, from the table in the .md file beside it.

    frames   the codebook's frames
    path     the .md file; a table row that begins with a frame in backticks defines it: "| `frame` | code 1 when |
             typical words | not this |"
    returns  frame: (code 1 when, not this); empty where there is no file, or no such row in it
    raises   ValueError naming the file, the frames without a row and the row to add
    """
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("| `")]
    if short := [row[0] for row in cells if len(row) < 2]:
        raise ValueError(f"{path}: the row of {short[0]} has no definition. Write it so: {ROW}")
    defined = {row[0].strip("`"): (row[1], row[-1]) for row in cells}
    if defined and (lost := [frame for frame in frames if frame not in defined]):
        raise ValueError(
            f"{path}: no row defines {', '.join(lost)}. Add a row to its table: {ROW.replace('frame', lost[0], 1)}"
        )
    return defined


def table_of(defined: dict[str, tuple[str, str]]) -> str:
    """The definitions as a table in Markdown, without the typical words.

    defined  frame: (code 1 when, not this), from load_definitions
    """
    head = ["| frame | code 1 when the sentence says that … | not this |", "|---|---|---|"]
    return "\n".join([*head, *(f"| `{frame}` | {when} | {never} |" for frame, (when, never) in defined.items())])


def unit_and_cases(path: Path) -> tuple[str, str]:
    """What the .md beside a codebook says of the unit of coding, and what it has under the heading CASES, with the
    heading; "" for either where it says nothing."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    unit = "\n\n".join(line for line in lines if line.startswith("Unit of coding"))
    begin = lines.index(CASES) if CASES in lines else len(lines)
    end = next((place for place in range(begin + 1, len(lines)) if lines[place].startswith("#")), len(lines))
    return unit, "\n".join(lines[begin:end]).strip()
