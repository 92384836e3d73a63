"""What each frame means: the definitions that coders work by."""

from pathlib import Path

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
