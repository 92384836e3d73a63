"""articles.csv: the dates, outlet and byline that somebody gave each .txt file beside it."""

from pathlib import Path, PurePosixPath

import pandas as pd

from helpers.articles.column_names import some
from helpers.articles.date_forms import NOTHING
from helpers.articles.dates import read_dates
from helpers.articles.naming import name_of, stem_of
from helpers.articles.sources import JUDGEMENTS
from helpers.files.tables import table_from

DATED = ("event", "published", "updated")
JUDGED = " ".join(f"{what} {what}_precision {what}_evidence" for what in DATED)
JUDGED += " outlet outlet_evidence byline byline_evidence"


def judge(
    articles: pd.DataFrame, judged: dict[str, bytes], source: Path | str, dayfirst: bool | None, part: bool
) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with the dates, outlets and bylines of each articles.csv; and the faults: columns that are not
    used, rows without a file, files without a row.

    part    True if these are only some of the documents of the source, so that a row may be about another
    """
    if not judged:
        return articles, []
    rows, faults = {}, []
    places = [(document, stem_of(document)) for document in articles.to_dict("records")]
    keys = [name_of(f"{stem}-{document['row']}" if document["row"] else stem) for document, stem in places]
    for folder, raw in judged.items():
        name = (PurePosixPath(folder) / JUDGEMENTS).as_posix()
        table, more = judgements_from(raw, f"{source}/{name}", dayfirst)
        for line, row in zip(table.index, table.to_dict("records"), strict=True):
            key = name_of((PurePosixPath(folder) / row["article"]).as_posix())
            if key not in keys and not part:
                why = f"there is no usable file {row['article']}.txt. Correct the name or delete the row"
                faults.append({"file": name, "row": line, "kept": False, "why": why})
            rows[key] = row
        if lacking := [] if part else _without_row(places, keys, rows, folder):
            why = f"no row for {some(lacking)}: what it would say of them is not known. Add a row for each"
            faults.append({"file": name, "row": 0, "kept": True, "why": why})
        why = f"columns not used: {', '.join(map(repr, more))}. Known are: article {JUDGED}"
        faults += [{"file": name, "row": 0, "kept": True, "why": why}] if more and not part else []
    documents = [document | rows.get(key, {}) for (document, _), key in zip(places, keys, strict=True)]
    return pd.DataFrame(documents).assign(article=articles["article"]), faults


def _without_row(places: list[tuple[dict, str]], keys: list[str], rows: dict, folder: str) -> list[str]:
    """The .txt files in the folder of an articles.csv that it has no row for."""
    names = [document["file"] for (document, _), key in zip(places, keys, strict=True) if key not in rows]
    return sorted({name for name in names if str(PurePosixPath(name).parent) == folder})


def judgements_from(raw: bytes, name: str, dayfirst: bool | None = None) -> tuple[pd.DataFrame, list[str]]:
    """An articles.csv as a table, and the names of its columns that are not used.

    raw      the file's bytes, one row per article. A precision that is not given is read off the date: 2012-02-27 or
             March 4, 2012 is a day, 2012-02 a month, 2012 a year
    name     what an error calls the file
    returns  one row per article: article (without .txt), the columns of the file, and for event, published and updated
             the first day the date can mean (event, ...) and the last (event_latest, ...), NaT if unknown
    raises   ValueError naming the file, the line and a date that cannot be read or contradicts its precision
    """
    table = table_from(raw, name)
    if "article" not in table:
        remedy = f"Rename one of {', '.join(table.columns)}"
        raise ValueError(f"{name}: there is no column article, the name of each file without .txt. {remedy}.")
    more = [column for column in table.columns if column not in ("article", *JUDGED.split())]
    table = table.reindex(columns=["article", *JUDGED.split()], fill_value="")
    table = table.mask(table.apply(lambda column: column.str.lower().isin(NOTHING)), "")
    table["article"] = table["article"].str.replace(r"(?i)\.txt$", "", regex=True)
    for line, article in table.loc[table["article"].duplicated(keep=False), "article"].items():
        raise ValueError(f"{name}, line {line}: {article!r} has two rows. Delete one.")
    for what in DATED:
        dates, given = read_dates(table[what], dayfirst=dayfirst), table[f"{what}_precision"]
        bad = (dates["date"].isna() & dates["fault"].ne("")) | (given.ne("") & given.ne(dates["precision"]))
        for line in table.index[bad]:
            precision = dates.at[line, "precision"]
            why = dates.at[line, "fault"] or (f"the date gives a {precision}" if precision else "there is no date")
            raise ValueError(
                f"{name}, line {line}: {what} is {table.at[line, what]!r}, precision {given[line]!r}: {why}. "
                "Write 2012-02-27, 2012-02 or 2012. If you give a precision, it must match: day, month or year."
            )
        inferred = dates["evidence"].where(dates["evidence"].str.startswith("inferred"), "")
        table[f"{what}_evidence"] = table[f"{what}_evidence"].mask(table[f"{what}_evidence"].eq(""), inferred)
        table[[what, f"{what}_latest", f"{what}_precision"]] = dates[["date", "latest", "precision"]]
    return table, more
