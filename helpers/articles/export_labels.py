"""The labels that press archives write into their exports, in the languages of their pages."""

import re

from helpers.articles.date_forms import one_of
from helpers.files.tables import SEEDS, read_table

LABELS = read_table(SEEDS / "archive-labels.csv", "archive label field language")
COPYRIGHT = re.compile(
    r"\W*(?:copyright|\(c\)|©|all rights reserved|alle rechte|todos los derechos"
    r"|tous droits|direitos autorais|todos os direitos|diritti d|tutti i diritti|alle rechten)",
    re.IGNORECASE,
)
ODD_BLANKS = str.maketrans("\u00a0\u2007\u202f", "   ", "\u200b\ufeff")


def labels_of(archive: str, *fields: str) -> list[str]:
    """The labels of an archive that hold one of these fields; without fields all of them."""
    here = LABELS[LABELS["archive"].eq(archive)]
    return here.loc[here["field"].isin(fields) if fields else here["field"].ne(""), "label"].tolist()


def any_label(archive: str, *fields: str) -> str:
    """A pattern for any of these labels."""
    return one_of(labels_of(archive, *fields))


def field_of(archive: str, label: str) -> str:
    """The field that a label of an archive holds; "" if the label is not known."""
    return FIELDS.get((archive, " ".join(label.casefold().split())), "")


FIELDS = {(row.archive, row.label.casefold()): row.field for row in reversed(list(LABELS.itertuples()))}


def removed_block(text: str, reason: str) -> list[dict]:
    """The lines of a text that is no part of an article, as cleaning records what it cuts."""
    lines = (line.strip() for line in text.split("\n"))
    return [{"line": 0, "reason": reason, "text": line} for line in lines if line]
