"""The phrases of seeds/furniture.csv: what pages and archives write around an article."""

from functools import cache

from helpers.articles.mending import SENTENCE_END
from helpers.files.tables import SEEDS, read_table
from helpers.text.characters import STRAIGHT

FURNITURE = SEEDS / "furniture.csv"
EFFECTS = ("line", "link", "credit", "author", "rest", "correction")
FOLDED = STRAIGHT | str.maketrans("‚‛„‟«»–—", "''" + '"' * 4 + "--")


@cache
def furniture_phrases() -> tuple[dict[str, tuple[str, str]], tuple[str, ...], tuple[str, ...]]:
    """seeds/furniture.csv: effect and reason of each phrase; the phrases with any ending, without their "*"; and those
    that a line may hold anywhere, which begin with "*" too."""
    table = read_table(FURNITURE, "phrase effect reason")
    for row in table.itertuples():
        if row.effect not in EFFECTS or not row.phrase or not row.reason:
            raise ValueError(
                f"{FURNITURE}, line {row.Index}: write a phrase, a reason and as effect one of {', '.join(EFFECTS)}."
            )
    phrases = {row.phrase: (row.effect, row.reason) for row in table.itertuples()}
    within = tuple(phrase.strip("*") for phrase in phrases if phrase.startswith("*"))
    return phrases, tuple(phrase[:-1] for phrase in phrases if phrase.endswith("*") and phrase[0] != "*"), within


def furniture_of(text: str) -> tuple[str, str]:
    """Effect and reason of a line whose words are page furniture; ("", "") for others and for a link that ends like a
    sentence."""
    phrases, starts, _ = furniture_phrases()
    line = text.translate(FOLDED).casefold()
    start = next((start for start in starts if line.startswith(start)), None) if line.startswith(starts) else None
    effect, reason = phrases.get(line.strip(" :.-|>*#•"), ("", "") if start is None else phrases[f"{start}*"])
    return ("", "") if effect == "link" and SENTENCE_END.search(text) else (effect, reason)


def mentions_correction(text: str) -> bool:
    """Whether a paragraph says what an earlier version had wrong."""
    line = text.casefold()
    return any(phrase in line for phrase in furniture_phrases()[2])
