"""Which column of a table holds what: its text, its date, its outlet. The names people use are in a CSV."""

from collections import Counter

from helpers.files.bounds import WIDEST
from helpers.files.encodings import decode, divider_of, fold_name
from helpers.files.tables import SEEDS, read_table

NAMES = SEEDS / "column-names.csv"
STRATA = "category section type".split()  # what kind of text an article is
ARTICLE_FIELDS = ["text", "title", "published", "updated", "event", "id", "url", "outlet", "byline", *STRATA]
# What stands beside a text: its first paragraph, a summary of it, a month beside a year; the columns of a codebook.
OTHER_FIELDS = "lead summary month term frame".split()
KINDS = ("", "stored", "year", "name")


def read_names() -> list[tuple[str, str, str]]:
    """What people call a column, from seeds/column-names.csv.

    returns  one entry per name, the likeliest of a field first: field, name (as fold_name gives it), kind: "", or
             stored (the date may be that of the row itself), year (a year only) or name (it may be the article's name)
    raises   ValueError naming the file, the line and what to do
    """
    table = read_table(NAMES, "field name kind language")
    fields, known = {*ARTICLE_FIELDS, *OTHER_FIELDS}, {}
    for line, field, name, kind in zip(table.index, table["field"], table["name"], table["kind"], strict=True):
        if field not in fields or kind not in KINDS:
            remedy = f"Fields are {', '.join(sorted(fields))}; a kind is empty or one of {', '.join(KINDS[1:])}"
            raise ValueError(f"{NAMES}, line {line}: {field!r} with the kind {kind!r} is not known. {remedy}.")
        if (field, name) in known or name != fold_name(name):
            raise ValueError(f"{NAMES}, line {line}: write {name!r} once for {field}, as {fold_name(name)!r}.")
        known[field, name] = kind
    return [(field, name, kind) for (field, name), kind in known.items()]


KNOWN = read_names()
CALLED = {field: [name for of, name, _ in KNOWN if of == field] for field in (*ARTICLE_FIELDS, *OTHER_FIELDS)}
COLUMNS = {field: CALLED[field] for field in ARTICLE_FIELDS}  # what each field of an article is called
STORED, YEARS, MAY_BE_NAMES = ({name for _, name, of in KNOWN if of == kind} for kind in KINDS[1:])
LEADS, SUMMARIES, MONTHS = (set(CALLED[what]) for what in ("lead", "summary", "month"))
NO_COLUMN = "no column is known to be"
# In a JSON object, the key to read: the name of a source, the words of a text, the date or id of a database.
NAMING = "name title main original rendered text value $date $numberLong $oid".split()
Record = tuple[int, dict | str]  # number of a row, and its values or why it cannot be used


def names_above(text: str) -> set[str]:
    """The names in the header of a CSV (its first line that is not empty), as they are compared."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return {fold_name(column) for column in header.split(divider_of(header))}


def is_name_column(column: str) -> bool:
    """Whether a column that is taken for the text may hold the articles' names instead."""
    return fold_name(column) in MAY_BE_NAMES


def find_columns(
    names: list[str], columns: dict[str, str], form: str = "In a CSV the first line must hold the names"
) -> dict[str, list[str]]:
    """Which columns hold which field: the one given for it, else all with a known name, the likeliest first.

    names    the columns of a table
    columns  the column of a field, where it was given: {"text": "Wortlaut"}
    form     for the error: what else to do if no column can be the text
    raises   ValueError naming the columns, if one that was given is missing or none can be the text
    """
    if not names:
        raise ValueError("no rows with named values")
    if len(names) > WIDEST:
        raise ValueError(f"{len(names):,} columns, more than a sheet can have ({WIDEST:,}). Write one article a row")
    if twice := sorted(name for name, times in Counter(names).items() if name and times > 1):
        raise ValueError(f"the column {twice[0]!r} is given twice. Rename one")
    columns = fitting(names, columns)
    for name in filter(None, columns.values()):
        if name not in names:
            given = f"columns.csv or columns={columns}"
            raise ValueError(f"no column {name!r}, which {given} names. The columns are: {some(names)}")
    folded = {name: fold_name(name) for name in names if name not in columns.values()}
    found = {field: [name] for field, name in columns.items() if name}
    for field in (field for field in COLUMNS if field not in columns):
        taken = [name for called in found.values() for name in called]
        called = [name for known in COLUMNS[field] for name in folded if folded[name] == known and name not in taken]
        if field == "text" and len(called) > 1 and is_name_column(called[-1]):
            called = called[:-1]  # beside a text, it holds the article's name
        if field == "text" and "bodytext" in map(folded.get, called):
            called = [name for name in called if folded[name] != "body"]  # the same as HTML, from the Guardian
        called = [name for name in called if folded[name] not in STORED] or called
        found |= {field: called} if called else {}
    if "text" not in found:
        remedy = f"Call the column text, or say load_articles(source, columns={{'text': 'its name'}}). {form}"
        raise ValueError(f"{NO_COLUMN} the text. The columns are: {some(names)}. {remedy}")
    return found


def fitting(names: list[str], columns: dict[str, str]) -> dict[str, str]:
    """The columns given for the fields, as a table spells them; {} if it has none of them but a text by a known name.

    So a columns.csv may stand beside tables of several kinds.
    """
    by_fold = {fold_name(name): name for name in reversed(names)}
    fits = {field: name if name in names else by_fold.get(fold_name(name), name) for field, name in columns.items()}
    named = set(filter(None, fits.values()))
    return {} if named and not named & {*names} and set(by_fold) & set(COLUMNS["text"]) else fits


def beside_text(names: list[str], found: dict[str, list[str]], what: set[str] = LEADS) -> list[str]:
    """The columns beside the text that hold its first paragraph (LEADS) or a summary of it (SUMMARIES)."""
    taken = [name for called in found.values() for name in called]
    return [name for name in names if fold_name(name) in what and name not in taken]


def some(names: list[str]) -> str:
    """The first names of columns as an error lists them."""
    return ", ".join(repr(str(name)[:40]) for name in names[:12]) + (", …" if len(names) > 12 else "")


def is_known(name: str) -> bool:
    """Whether a column's name is one that we know for some field."""
    return any(fold_name(name) in names for names in (*COLUMNS.values(), LEADS, SUMMARIES))


def names_in(records: list[Record]) -> list[str]:
    """The names that occur in the records, in order of their first occurrence."""
    return list(dict.fromkeys(name for _, record in records if isinstance(record, dict) for name in record))


def as_words(value, between: str = ", ") -> str:
    """A value as text: a list by its members, an object by its name or by the date or id that a database writes.

    Halves of characters are replaced.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, dict):
        parts = [str(value[part]).zfill(2) for part in ("year", "month", "day") if value.get(part)]
        return as_words(next((value[name] for name in NAMING if name in value), "-".join(parts)), between)
    if isinstance(value, list | tuple):
        return between.join(filter(None, map(as_words, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = (decode(value) if isinstance(value, bytes) else str(value)).strip()
    return words if words.isascii() else words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
