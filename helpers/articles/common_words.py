"""Words that do not tell what a text is about."""

from functools import cache

from helpers.files.tables import SEEDS, read_table


@cache
def common_words() -> frozenset[str]:
    """Words of four letters or more that do not tell what a text is about (`seeds/common-words.csv`)."""
    return frozenset(read_table(SEEDS / "common-words.csv", "word language")["word"])
