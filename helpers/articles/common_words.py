"""Words that do not tell what a text is about, or which language it is in."""

from functools import cache

from helpers.files.tables import SEEDS, read_table


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """The words of one kind in seeds/common-words.csv.

    kind  "common": words of four letters or more that do not tell what a text is about; "shared": words of grammar that
          a neighbouring language spells the same
    """
    words = read_table(SEEDS / "common-words.csv", "word kind language")
    return frozenset(words.loc[words["kind"].eq(kind), "word"])
