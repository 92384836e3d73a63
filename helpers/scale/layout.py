"""Rows laid out as articles: each with a name, a period and a mended text."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.articles.dates import CLOCK, read_alone
from helpers.articles.language import tell_languages
from helpers.articles.naming import name_of, stem_of
from helpers.codebook.languages import are_measured
from helpers.scale import work
from helpers.scale.mending import mend_texts
from helpers.scale.work import LEFT_OUT_SCHEMA, Articles, Batch

FAULTS_AT_ONCE = 100_000  # in a file that holds little else
UNKNOWN = "an unknown language"


def portions(read: Iterator[tuple[pa.RecordBatch, list[dict]]]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    """The same rows in portions of BATCH bytes of text, each with the faults found up to its last row."""
    held, faults, size = [], [], 0
    for rows, more in read:
        faults += more
        if len(faults) > FAULTS_AT_ONCE:
            yield pa.concat_batches([*held, rows]), faults
            held, faults, size = [], [], 0
            continue
        sizes = size + np.cumsum(pc.binary_length(rows["text"]).to_numpy())
        while len(sizes) and sizes[-1] >= work.BATCH:
            end = int(np.searchsorted(sizes, work.BATCH)) + 1
            last = rows["row"][end - 1].as_py()
            portion = pa.concat_batches([*held, rows.slice(0, end)])
            yield portion, [fault for fault in faults if fault["row"] <= last]
            faults = [fault for fault in faults if fault["row"] > last]
            held, size, rows, sizes = [], 0, rows.slice(end), sizes[end:] - sizes[end - 1]
        held, size = [*held, rows], sizes[-1] if len(sizes) else size
    if faults or any(map(len, held)):
        yield pa.concat_batches(held), faults


def lay_out(
    batch: Batch, rows: pa.RecordBatch, faults: list[dict], period: str, known: frozenset[str] | None
) -> Articles:
    """Rows (row, and the fields of READ) and the faults found so far (row, kept, why), as articles.

    known  languages with terms: articles in others are left out, with the reason; None: all are kept
    """
    rows = rows.set_column(rows.schema.get_field_index("text"), "text", mend_texts(rows["text"]))
    names = _name(rows, stem_of({"file": batch.name}))
    languages, kept = look_for_terms(rows["text"], known)
    faults = [{"article": "", **fault} for fault in faults]
    faults += tell_unmeasured(rows["row"].to_pylist(), names.to_pylist(), languages, kept)
    rows, names, languages = (column.filter(pa.array(kept)) for column in (rows, names, languages))
    event, published = (periods_of(rows[what], period) for what in ("event", "published"))
    periods = pc.if_else(pc.equal(event, ""), published, event)
    dates = pc.if_else(pc.equal(rows["event"], ""), rows["published"], rows["event"])
    odd = pc.and_(pc.not_equal(dates, ""), pc.equal(periods, ""))
    undated = zip(*(column.filter(odd).to_pylist() for column in (rows["row"], names, dates)), strict=True)
    why = f"gives no {period}: write 2012-02-27, 2012-02 or 2012"
    faults += [{"row": row, "article": n, "kept": True, "why": f"the date {d[:40]!r} {why}"} for row, n, d in undated]
    left_out = pa.Table.from_pylist([{"file": batch.name, **fault} for fault in faults], LEFT_OUT_SCHEMA)
    return Articles(rows["text"], names, periods, languages, left_out.sort_by("row"))


def look_for_terms(texts: pa.StringArray, known: frozenset[str] | None) -> tuple[pa.StringArray, np.ndarray]:
    """The language of each text ("" where it is too short to tell), and whether there are terms in it. A text too short
    to tell goes with most of those it is read with.

    known  languages with terms; None: all languages
    """
    if known is None:
        return pa.repeat("", len(texts)), np.ones(len(texts), dtype=bool)
    languages = pd.Series(tell_languages(texts.to_pylist()), dtype=str)
    return pa.array(languages, pa.string()), are_measured(languages, known).to_numpy(bool)


def tell_unmeasured(rows: list[int], names: list[str], languages: pa.StringArray, kept: np.ndarray) -> list[dict]:
    """The articles that are not kept, as rows of the table of what was left out."""
    told = zip(rows, names, languages.to_pylist(), kept.tolist(), strict=True)
    return [
        {"row": row, "article": name, "kept": False, "why": f"in {language or UNKNOWN}, which has no terms here"}
        for row, name, language, is_kept in told
        if not is_kept
    ]


def _name(rows: pa.RecordBatch, stem: str) -> pa.StringArray:
    """The name of each article, as `load_articles` gives it: its id, else its file and row.

    A bare number is an id within its file only.
    """
    tail = pc.if_else(pc.equal(rows["id"], ""), pc.cast(rows["row"], pa.string()), rows["id"])
    bare = pc.match_substring_regex(rows["id"], r"^\d{0,6}$")
    names = pc.if_else(bare, pc.binary_join_element_wise(stem, tail, "-"), rows["id"])
    odd = pc.match_substring_regex(names, r"^-|[^\w./-]")
    return pc.replace_with_mask(names, odd, pa.array(map(name_of, names.filter(odd).to_pylist()), pa.string()))


def periods_of(dates: pa.StringArray, period: str) -> pa.StringArray:
    """The year or month of each date, read by itself; "" if it is not a date, or gives no month."""
    coded = pc.replace_substring_regex(
        dates, CLOCK.pattern, ""
    ).dictionary_encode()  # few distinct dates remain without the time of day
    length = {"year": 4, "month": 7}[period]
    read = (read_alone(words)[:length] for words in coded.dictionary.to_pylist())
    return pa.array([date if len(date) == length else "" for date in read], pa.string()).take(coded.indices)
