"""The rows of tables as documents: CSV, JSON, JSON lines, Parquet."""

import io
import json
import re
from collections.abc import Iterator

from helpers.articles.column_names import (
    COLUMNS,
    MONTHS,
    NO_COLUMN,
    SUMMARIES,
    YEARS,
    Record,
    as_words,
    beside_text,
    find_columns,
    fitting,
    is_known,
    is_name_column,
    names_in,
    some,
)
from helpers.articles.date_forms import NOTHING, split_update
from helpers.articles.document import document, left_out, one_line, site, without_markup
from helpers.articles.leads import adds, tell_only_lead, with_leads
from helpers.articles.table_rows import (
    LOOKED_AT,
    refuse_header,
    tell_cut_short,
    tell_no_fit,
    tell_unread,
    unread_prose,
    why_no_text,
)
from helpers.files.bounds import CELL, ROW, refuse_more
from helpers.files.encodings import decode, decode_csv, divider_of, fold_name, values_of

CUT_SHORT = re.compile(r"(?<!\s)\s*\[\+(\d+) chars\]$")  # as NewsAPI ends a text
BYTES, BATCH = "BYTE_ARRAY", 1000  # what Parquet calls a text; rows that are read at once
CALL_IT = "If it begins the article, call it lead"


def read_csv(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The rows of a CSV whose header is its first line that is not empty."""
    text = decode_csv(raw)
    divider = divider_of(text, "\t" if name.lower().endswith((".tsv", ".tab")) else ",")
    lines, sure = values_of(text, divider)
    rows = ((row, values) for row, values in enumerate(lines, 1) if any(map(str.strip, values)))
    header = next(rows, (0, []))[1]
    if not header:
        yield left_out(0, "no rows with named values")
        return
    records = ((row, _by_name(header, values)) for row, values in rows)
    yield from documents(records, header, columns)
    if sure:
        return
    why = "a value holds a line break and as many dividers as a row: rows may have run together"
    for row, values in enumerate(lines, 1):
        if any(_holds_row(value, divider, len(header)) for value in values):
            yield left_out(row, why, kept=True)
    if text.count('"') % 2:
        yield left_out(0, "a quotation mark is never closed: rows after it may have run together", kept=True)


def _holds_row(value: str, divider: str, columns: int) -> bool:
    """Whether a line of a value, below its first, has as many dividers as a row."""
    return any(line.count(divider) >= max(columns - 1, 1) for line in value.split("\n")[1:])


def _by_name(header: list[str], values: list[str]) -> dict | str:
    if len(values) > len(header) and any(values[len(header) :]):
        return f"{len(values)} values under {len(header)} columns: a text that holds the divider needs quotation marks"
    return dict(zip(header, values, strict=False))


def read_jsonl(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The articles of a file with one JSON object on each line."""
    lines = enumerate(decode(raw).split("\n"), 1)
    records = [(row, loads(line)) for row, line in lines if line.strip()]
    if not records:
        yield left_out(0, "no rows with named values")
        return
    if not names_in(records):
        row, why = records[0]
        raise ValueError(f"line {row}: {why}. Write each article on a line of its own, as an object with named values")
    yield from documents(records, names_in(records), columns)


def loads(line: str) -> dict | str:
    """One line of JSON as an object, or why it cannot be used."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({one_line(error)})"
    return _with_fields(record) if isinstance(record, dict) else "not an object with named values"


def _with_fields(record: dict) -> dict:
    """An object without its wrapping: Elasticsearch keeps all fields in "_source", the Guardian some in "fields", which
    are named as in a table: fields.bodyText."""
    if isinstance(record.get("_source"), dict):
        return {"id": record.get("_id"), **record["_source"]}
    if not isinstance(record.get("fields"), dict):
        return record
    return {name: value for name, value in record.items() if name != "fields"} | {
        f"fields.{name}": value for name, value in record["fields"].items()
    }


def read_json(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The articles of a JSON file.

    It may be a list of objects, a table by its columns, one object with a text, objects under their ids, or an object
    that holds a list of them at any depth. Otherwise it is read as JSON lines.
    """
    try:
        whole = json.loads(decode(raw))
    except ValueError:
        return (yield from read_jsonl(name, raw, columns))
    rows = whole if isinstance(whole, list) else [whole]
    if isinstance(whole, dict) and _is_by_columns(whole):
        rows = [{name: column[key] for name, column in whole.items()} for key in next(iter(whole.values()))]
    elif isinstance(whole, dict) and not _has_text(whole, columns):
        under_ids = len(whole) > 1 and all(isinstance(value, dict) for value in whole.values())
        if under_ids and any(_has_text(value, columns) for value in whole.values()):
            rows = [{"id": key, **value} for key, value in whole.items()]
        else:
            rows = _list_of_articles(whole, columns) or rows
    records = [(row, loads(json.dumps(record))) for row, record in enumerate(rows, 1)]
    if names := names_in(records):
        find_columns(names, columns, "In JSON each article is an object of one list, with a text")
    yield from documents(records, names, columns)


def _is_by_columns(whole: dict) -> bool:
    """Whether an object is a table by its columns, each with the same row keys, as pandas writes it."""
    keys = {tuple(column) if isinstance(column, dict) else () for column in whole.values()}
    return len(keys) == 1 and keys != {()} and any(fold_name(name) in COLUMNS["text"] for name in whole)


def _list_of_articles(whole: dict, columns: dict[str, str]) -> list[dict]:
    """The longest list of objects with a text in an object, else its longest list of objects.

    Lists within lists are left aside. [] if there is no such list, or two are equally long.
    """
    lists, within = [], [whole]
    for value in within:
        within += value.values() if isinstance(value, dict) else []
        lists += [value] if _is_list_of_records(value) else []
    texts = [rows for rows in lists if any(_has_text(row, columns) for row in rows)]
    longest, *others = sorted(texts or lists, key=len, reverse=True) or [[]]
    return [] if others and len(others[0]) == len(longest) else longest


def _has_text(record: dict, columns: dict[str, str]) -> bool:
    """Whether an object is an article itself; it may hold lists of comments, tags or related stories."""
    record = _with_fields(record)
    columns = fitting(list(record), columns)
    known = (
        [columns["text"]] if columns.get("text") else [name for name in record if fold_name(name) in COLUMNS["text"]]
    )
    return any(record.get(name) and not _is_list_of_records(record[name]) for name in known)


def _is_list_of_records(value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def read_parquet(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The articles of a Parquet file, one a row. It is read row by row, for one long value may stand in many rows."""
    from pyarrow import ArrowException, parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(raw))
        _refuse_large(file, len(raw))
        file = parquet.ParquetFile(io.BytesIO(raw), read_dictionary=_text_columns(file))
        yield from documents(enumerate(_rows_of(file), 1), file.schema_arrow.names, columns)
    except ArrowException as error:
        raise ValueError(f"damaged: {one_line(error)}. Write it again") from error


def _refuse_large(file, size: int) -> None:
    """Raise ValueError if a Parquet file says of itself that it becomes too much: equal values take no room in it."""
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    becomes = sum(chunk.total_uncompressed_size + CELL * chunk.num_values for chunk in chunks)
    refuse_more(becomes + ROW * file.metadata.num_rows, size, "Write it again without repeated rows, or as .csv")


def _text_columns(file) -> list[str]:
    """The columns of texts: those whose equal values are kept once in memory, if they are read so."""
    schema = file.schema
    return [schema.column(number).path for number in range(len(schema)) if schema.column(number).physical_type == BYTES]


def _rows_of(file) -> Iterator[dict]:
    for batch in file.iter_batches(BATCH):
        for row in range(batch.num_rows):
            yield batch.slice(row, 1).to_pylist()[0]


def documents(records, names: list[str], columns: dict) -> Iterator[dict]:
    """Each row of a table as a document, or why it cannot be used."""
    given, columns = columns, fitting(names, columns)
    found = find_columns(names, columns)
    if len(found["text"]) > 1:
        records = list(records)
        _refuse_two_texts(records, found["text"])
    row, may_be_names = None, not columns.get("text") and is_name_column(found["text"][0])
    leads, summaries, unread = beside_text(names, found), beside_text(names, found, SUMMARIES), set()
    seen = []
    for row, record in records:
        if why := record if isinstance(record, str) else refuse_header(row, record, names):
            yield left_out(row, why)
            continue
        values, called, remarks = _values_of(record, found, leads)
        yield from (left_out(row, remark, kept=True) for remark in remarks)
        unread |= {name for name in summaries if adds(_first_filled(record, [name], "text")[1], values["text"])}
        if why := why_no_text(values["text"], found["text"], may_be_names):
            yield left_out(row, why)
            continue
        seen += [(record, values["text"])] if len(seen) < LOOKED_AT else []
        odd = [name for field, name in called.items() if not values[field] and _is_nested(record.get(name))]
        values, places = _sort_out(values, {field: f"the column {name}" for field, name in called.items()})
        yield document(row, **values, places=places)
        yield from (left_out(row, tell_unread(name, record[name]), kept=True) for name in odd)
    summaries = [name for name in summaries if name in unread]
    yield from (left_out(0, f"the column {name!r} is taken for a summary. {CALL_IT}", kept=True) for name in summaries)
    if given and not columns:
        yield left_out(0, tell_no_fit(given), kept=True)
    if row is None:
        yield left_out(0, "no rows below the names of the columns")
    elif row > 1:  # not for files of one article each: every one would repeat it
        yield from _tell_unused(names, found, columns)
        yield from unread_prose(seen, [name for name in names if name not in columns.values() and not is_known(name)])


def _values_of(record: dict, found: dict, leads: list[str]) -> tuple[dict, dict, list[str]]:
    """What a row says: the words of each field, the column they stand in, and remarks on its text."""
    chosen = {field: _first_filled(record, called, field) for field, called in found.items()}
    values = {field: words for field, (_, words) in chosen.items()}
    values["text"], *cut = CUT_SHORT.split(without_markup(values["text"]))[:2]
    values["text"], only = with_leads(values["text"], [_first_filled(record, [name], "text") for name in leads])
    remarks = [*map(tell_cut_short, cut), *([tell_only_lead(only)] if only else [])]
    return values, {field: name for field, (name, _) in chosen.items()}, remarks


def _is_nested(value) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _tell_unused(names: list[str], found: dict[str, list[str]], columns: dict) -> Iterator[dict]:
    """The columns not used, if no column is known to be the date or the outlet; and a month beside a year."""
    lacking = {"published": "the date", "outlet": "the outlet"}
    lacking = [what for field, what in lacking.items() if field not in {**found, **columns}]
    unused = [name for name in names if str(name).strip() and name not in columns.values() and not is_known(name)]
    if lacking and unused:
        more = f" and {len(unused) - 5} more" if unused[5:] else ""
        remedy = "Rename the one that is, or write columns.csv beside the articles: field,column and outlet,its name"
        why = f"{NO_COLUMN} {' or '.join(lacking)}. Not used: {some(unused[:5])}{more}. {remedy}"
        yield left_out(0, why, kept=True)
    months, dated = [name for name in unused if fold_name(name) in MONTHS], found.get("published", [""])[0]
    if months and fold_name(dated) in YEARS:
        remedy = "Write each date in one column, as 2012-04-03 or 2012-04"
        yield left_out(0, f"only {dated!r} dates the articles, {months[0]!r} is not used. {remedy}", kept=True)


def _refuse_two_texts(records: list[Record], called: list[str]) -> None:
    """Raise ValueError if two columns hold different texts in one row. A row may fill either of them."""
    for _, record in records:
        texts = {} if isinstance(record, str) else {as_words(record.get(name)): name for name in reversed(called)}
        if len(filled := [texts[words] for words in reversed(texts) if words]) > 1:
            remedy = f"Rename one, or write load_articles(source, columns={{'text': {filled[0]!r}}})"
            raise ValueError(f"the columns {' and '.join(map(repr, filled))} could both be the text. {remedy}")


def _first_filled(record: dict, called: list[str], field: str) -> tuple[str, str]:
    """The first of a field's columns that is filled in this row, else the first; and its value."""
    between = "\n\n" if field == "text" else ", "
    said = ((name, as_words(record.get(name), between)) for name in called)
    filled = ((name, words) for name, words in said if words.lower() not in NOTHING)
    return next(filled, (called[0], ""))


def _sort_out(values: dict[str, str], places: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values and where they come from, put right.

    A date that is labelled as an update, in the cell of the date of publication, becomes that of the update. An outlet
    given by a web address is its site; an outlet that is missing is taken from the article's address.
    """
    published, updated = split_update(values.get("published", ""))
    if updated:
        also = {} if values.get("updated") else {"updated": updated}
        values = values | {"published": published} | also
        places = places | dict.fromkeys(also, places["published"])
    if outlet := values.get("outlet"):
        return values | {"outlet": site(outlet) or outlet.removeprefix("www.")}, places
    return values | {"outlet": site(values.get("url", ""))}, places | {"outlet": "inferred: the address in the row"}
