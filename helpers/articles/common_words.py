"""Words that say little of what a text is about, or of which language it is."""

from functools import cache

from helpers.files.tables import SEEDS, read_table


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """The words of one kind in seeds/common-words.csv: "common" (too common to say what a text is about, among words of
    four letters and more) or "shared" (spelt like a word of a neighbouring language)."""
    words = read_table(SEEDS / "common-words.csv", "word kind language")
    return frozenset(words.loc[words["kind"].eq(kind), "word"])
