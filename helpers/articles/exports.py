"""Exports of press archives, saved as text: ProQuest, Factiva, Nexis, LexisNexis."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from helpers.articles.column_names import COLUMNS, is_known, names_above, names_in
from helpers.articles.dates import YEAR
from helpers.articles.document import document, left_out, one_line
from helpers.articles.table_files import documents, read_csv
from helpers.files.encodings import decode

# What separates the documents of Nexis and Factiva and the records of ProQuest; the labels of a record, line by line
# above and below its full text; and what follows the last document.
BETWEEN_DOCUMENTS = re.compile(
    r"^[ \t]*(?:\d+ of [\d,]+ DOCUMENTS?|End of Document|(?:AN\s+)?Document [A-Z]{1,8}\d{8}[A-Za-z\d]{6,})[ \t]*\r?$",
    re.MULTILINE,
)
BETWEEN_RECORDS = re.compile(r"^[ \t]*_{20,}[ \t]*\r?$", re.MULTILINE)
OF_PROQUEST = re.compile(
    r"^(?:ProQuest document ID: |[ \t]*Report Information from ProQuest\b)", re.MULTILINE | re.IGNORECASE
)
FULL_TEXT = re.compile(r"^Full text: *", re.MULTILINE | re.IGNORECASE)
NO_FULL_TEXT = re.compile(r"\s*(?:not|none) available\W*", re.IGNORECASE)
LABELLED = re.compile(r"^([A-Z][\w /-]{1,40}): (.*)", re.MULTILINE)
LABELS_BELOW = re.compile(rf"(?:{LABELLED.pattern}\s*)+\Z", re.MULTILINE)
FACTIVA_HEAD = re.compile(  # length, date, time, outlet, codes, copyright
    r"^[\d,]+ words\s*\n(\d{1,2} \w+ \d{4})\s*\n(?:\d\d?:\d\d.*\n)?(.+)\n(?:.*\n){0,6}?\W*(?:copyright|\(c\)|©).*\n",
    re.MULTILINE | re.IGNORECASE,
)
FACTIVA_TAG = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN) *(?:\t|$)",
    re.MULTILINE,
)
NEXIS_HEAD = re.compile(  # title, outlet, date; copyright and labels, always with the length
    r"^(\S.*)\n\s*(\S.*)\n\s*((?:[\w.]+,? ){1,4}\d{4})\b.*\n"
    r"(?:.*\n){0,30}?Length: *[\d,]+ words\s*\n(?:.*\n){0,30}?Body[ \t]*\r?\n",
    re.MULTILINE,
)
LEXIS_HEAD = re.compile(  # as Nexis wrote until 2019: outlet, date, title, labels
    r"^[ \t]*(\S.*)\n\s*([A-Z][a-z]+ \d{1,2}, \d{4})\b.*\n(?:.*\n){0,30}?LENGTH: *[\d,]+ words", re.MULTILINE
)
NEXIS_FOOT = re.compile(
    r"^(?:(?:Graphic|Classification)[ \t]*\r?$|(?:URL|Load-Date|Correction-Date):|End of Document)", re.MULTILINE
)
BELOW = re.compile(r"\s*(?:Contact us at:|Search Summary\b)")
FILE_DATE = re.compile(rf"({YEAR})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def read_page_as_text(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The documents of a .txt file.

    It may be a whole page, dated by its file's name if that begins with a day; or an archive's export, whose documents
    have as row the line where they begin; or a table, if its first line names columns of texts and of dates.
    """
    text = decode(raw).replace("\r\n", "\n")
    names = names_above(text)
    if names & set(COLUMNS["text"]) and names & set(COLUMNS["published"]):
        yield from read_csv(name, raw, columns)
        return
    texts = sum(bool(FULL_TEXT.search(part)) for _, part in _divide(text, BETWEEN_RECORDS))
    if texts > 1 or OF_PROQUEST.search(text):
        yield from _read_proquest(text)
        return
    parts = _divide(text, BETWEEN_DOCUMENTS)
    day = FILE_DATE.match(PurePosixPath(name).name)
    for row, part in parts if len(parts) > 1 else [(0, text)]:
        if row and BELOW.match(part):
            yield left_out(row, "not an article: the end of an export")
        elif fields := _of_factiva(part):
            yield document(row, **fields, places=dict.fromkeys(fields, "the head of Factiva's document"))
        elif fields := _of_nexis(part):
            yield document(row, **fields, places=dict.fromkeys(fields, "the head of Nexis's document"))
        elif head := LEXIS_HEAD.search(part):
            fields = {"outlet": head[1].strip(), "published": head[2]}
            places = dict.fromkeys(fields, "the head of LexisNexis's document")
            yield document(row, page=True, text=part, **fields, places=places)
        elif day and not row:
            places = {"published": "inferred: the file's name"}
            yield document(row, page=True, text=part, published="-".join(day.groups()), places=places)
        else:
            yield document(row, page=True, text=part)


def _of_factiva(part: str) -> dict[str, str]:
    """The fields of a document of Factiva, found by their tags (HD, LP, TD) or their order; else {}."""
    _, *tagged = FACTIVA_TAG.split(part)
    tags = {tag: words.strip() for tag, words in zip(tagged[::2], tagged[1::2], strict=True)}
    if {"HD", "PD", "SN", "LP"} <= tags.keys():
        fields = {"title": tags["HD"], "published": tags["PD"], "outlet": tags["SN"], "byline": tags.get("BY", "")}
        return {"text": f"{tags['LP']}\n\n{tags.get('TD', '')}".strip(), **fields}
    if not (head := FACTIVA_HEAD.search(part)):
        return {}
    above = [line.strip() for line in part[: head.start()].split("\n") if line.strip()] or [""]
    title = next((line for line in above if len(line.split()) >= 5), above[0])
    body = BETWEEN_DOCUMENTS.sub("", part[head.end() :]).strip()
    return {"text": body, "title": title, "published": head[1], "outlet": head[2].strip()}


def _of_nexis(part: str) -> dict[str, str]:
    """The fields of a document of Nexis Uni: title, outlet, date, byline and text; else {}."""
    if not (head := NEXIS_HEAD.search(part)):
        return {}
    byline = re.search(r"^Byline: *(?:By )?(.*)", head[0], re.MULTILINE | re.IGNORECASE)
    fields = {"title": head[1].strip(), "outlet": head[2].strip(), "published": head[3]}
    body = NEXIS_FOOT.split(part[head.end() :])[0].strip()
    return {"text": body, "byline": byline[1].strip() if byline else "", **fields}


def _divide(text: str, mark: re.Pattern) -> list[tuple[int, str]]:
    """The parts of a text between marks, empty ones left out, each with the number of its first line."""
    marks = list(mark.finditer(text))
    starts, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(text)]
    parts = ((start, text[start:end]) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())
    return [(text.count("\n", 0, start + len(part) - len(part.lstrip())) + 1, part) for start, part in parts]


def _read_proquest(text: str) -> Iterator[dict]:
    """The records of an export of ProQuest, like the rows of a table whose columns are the labels."""
    records = []
    for row, part in _divide(text, BETWEEN_RECORDS):
        above, *below = FULL_TEXT.split(part, maxsplit=1)
        labels = LABELS_BELOW.search("".join(below))
        body = "".join(below)[: labels.start() if labels else None]
        record = dict(LABELLED.findall(f"{above}\n{labels[0] if labels else ''}")) | {"Full text": body}
        why = "not the record of an article: none of its lines begins with Full text:"
        if NO_FULL_TEXT.fullmatch(body):
            below, why = [], f"no text: ProQuest says {one_line(body)!r}"
        records.append((row, record if below else why))
    yield from documents(records, list(filter(is_known, names_in(records))) or ["Full text"], {})
