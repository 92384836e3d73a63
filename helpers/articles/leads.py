"""The first paragraph of an article, where a table has it in a column of its own: a lead, a standfirst, a snippet."""

import re

from helpers.articles.document import without_markup
from helpers.files.encodings import fold_name


def with_leads(text: str, leads: list[tuple[str, str]]) -> tuple[str, str]:
    """An article's text with the first paragraphs that stand in columns of their own, where the text lacks them.

    leads    the name of each column, and its words in this row
    returns  the text; and the column that alone holds it, if the others are empty. Factiva's short articles are in the
             column LP by rule
    """
    only, filled = "", text
    for name, words in reversed(leads):
        lead = without_markup(words)
        filled = f"{lead}\n\n{filled}".strip() if adds(lead, filled) else filled
        only = name if lead and not text and fold_name(name) != "lp" else only
    return filled, only


def adds(lead: str, text: str) -> bool:
    """Whether a first paragraph holds words that the text does not.

    It may be cut short with "…", or be pieces of the text with "…" between them, as a search shows them.
    """
    whole = _letters(text)
    return any(_letters(piece) not in whole for piece in re.split(r"…|\.\.\.", lead))


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def tell_only_lead(name: str) -> str:
    """The fault of an article of which only the first paragraph is there."""
    return f"only the beginning of the article: the column {name!r}"
