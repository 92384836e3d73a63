"""How much a file may become in memory, and how deep it may be nested: one rule for whatever unpacks or repeats."""

TIMES, BESIDES = 10, 5 * 2**20  # what a file may become: so many times its size, and so many bytes
LIMIT = 2**28  # bytes: the largest file that is read whole, once it is unpacked
NESTED = 100  # lists within lists, groups within groups: deeper than anything that people write
LONGEST, WIDEST = 2**20, 2**14  # rows and columns of the largest sheet there is
ROW, CELL = 100, 8  # bytes in memory of a row and of a cell, whatever they hold


def most_of(size: int) -> int:
    """The bytes that a file of this size may become when it is unpacked and its repetitions are written out.

    News packs to a third, saved pages to a tenth: what becomes more holds no articles, or the same ones many times.

    >>> most_of(0) == BESIDES and most_of(2**20) == 15 * 2**20
    True
    """
    return TIMES * size + BESIDES


def megabytes(size: float) -> str:
    """A size as a reader is told it."""
    return f"{size / 2**20:,.0f} MB"


def refuse_more(becomes: int, size: int, remedy: str) -> None:
    """Raise ValueError if a file of this size would become too much; `remedy`: what its reader can do."""
    if becomes > most_of(size):
        raise ValueError(
            f"unpacked it would be {megabytes(becomes)}, far more than a file of its size should hold. {remedy}"
        )
