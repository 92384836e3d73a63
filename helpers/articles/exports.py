"""A .txt file: a whole page, a table, or what a press archive exports (ProQuest, Factiva, Nexis Uni, LexisNexis)."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from helpers.articles.column_names import COLUMNS, names_above
from helpers.articles.date_forms import YEAR
from helpers.articles.document import document, left_out
from helpers.articles.export_labels import ODD_BLANKS, any_label
from helpers.articles.factiva import divide_repeated, has_codes, read_factiva
from helpers.articles.mending import SENTENCE_END
from helpers.articles.nexis import LENGTH, read_nexis
from helpers.articles.proquest import BETWEEN_RECORDS, divide_records, is_proquest, read_proquest, refuse_unknown
from helpers.articles.table_files import read_csv
from helpers.files.encodings import decode

DOCUMENT = r"(?:document|dokument|documento)"
NUMBER_OF = r"\d+ (?:of|von|de|sur|van|di) [\d.,]+"
BETWEEN_DOCUMENTS = re.compile(  # of Nexis and Factiva
    rf"^[ \t]*(?:{NUMBER_OF} DO[CK]UMENT[A-Z]{{0,2}}|{DOCUMENT} {NUMBER_OF}"
    r"|End of Document|Ende des Dokuments|Fin del documento|Fin du document|-+ End of Request -+"
    rf"|(?:AN\s+)?{DOCUMENT} (?-i:[A-Z]{{1,8}}\d{{8}}[A-Za-z\d]{{6,}}))[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
COVER = re.compile(
    rf"^[ \t]*(?:Contact us at:|(?:{any_label('Factiva', 'end')})\b"
    rf"|(?:{any_label('Nexis', 'cover')})[ \t]*(?::|\(\d+\)))",
    re.IGNORECASE | re.MULTILINE,
)
FILE_DATE = re.compile(rf"({YEAR})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
NO_ARTICLE = "not an article: the cover or the end of an export"
SEVERAL = "has the head of another document in its text. If they are two articles, save each as a file of its own"
NOT_KNOWN = "no head of Factiva, Nexis or LexisNexis: read as a page, without an archive's labels"


def read_page_as_text(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The documents of a .txt file.

    It may be a whole page, dated by its file's name if that begins with a day; or an archive's export, whose documents
    have as row the line where they begin; or a table, if its first line names columns of texts and of dates.
    """
    text = decode(raw)
    names = names_above(text)
    if names & set(COLUMNS["text"]) and names & set(COLUMNS["published"]):
        yield from read_csv(name, raw, columns)
        return
    text = plain_blanks(text)
    if exported := read_export(text):
        yield from exported
        return
    day = FILE_DATE.match(PurePosixPath(name).name)
    if day:
        places = {"published": "inferred: the file's name"}
        yield document(0, page=True, text=text, published="-".join(day.groups()), places=places)
    else:
        yield document(0, page=True, text=text)


def plain_blanks(text: str) -> str:
    """The text with plain line ends and blanks: Nexis Uni writes a no-break space after each label."""
    return text.replace("\r\n", "\n").translate(ODD_BLANKS)


def read_export(text: str) -> list[dict]:
    """The documents of an archive's export, with what is left out of it; [] if the text is no export.

    text    as `plain_blanks` gives it
    raises  ValueError for records of ProQuest whose labels are not known
    """
    records = _divide(text, BETWEEN_RECORDS, divide_records)
    if is_proquest(text, records):
        return list(read_proquest(records))
    parts = _divide(text, BETWEEN_DOCUMENTS, divide_repeated)
    divided = len(parts) > 1
    read = [(row * divided, part, *_fields_of(part, divided)) for row, part in parts]
    known = any(fields for *_, fields in read)
    if not known:
        refuse_unknown(records)
    if not known and not divided and not has_codes(text):
        return []
    return [rows for row, part, archive, fields in read for rows in _as_documents(row, part, archive, fields, known)]


def _fields_of(part: str, divided: bool) -> tuple[str, dict]:
    """The archive that a document is from, and its fields; ("", {}) if it is not known."""
    if (fields := read_factiva(part)).get("text"):
        return "Factiva", fields
    if (fields := read_nexis(part, divided=divided)).get("text"):
        return "Nexis", fields
    return "", {}


def _as_documents(row: int, part: str, archive: str, fields: dict, known: bool) -> Iterator[dict]:
    """One part of an export as a document, or why it is none."""
    if fields:
        yield document(row, **fields, places=dict.fromkeys(fields, f"the head of {archive}'s document"))
        if any(map(LENGTH.match, fields["text"].split("\n"))):
            yield left_out(row, SEVERAL, kept=True)
    elif COVER.search(part[:2000]) or (known and not _has_prose(part)):
        yield left_out(row, NO_ARTICLE)
    else:
        yield document(row, page=True, text=part)
        yield left_out(row, NOT_KNOWN, kept=True)


def _has_prose(part: str) -> bool:
    lines = (line.strip() for line in part.split("\n"))
    return any(len(line.split()) >= 8 and SENTENCE_END.search(line) for line in lines)


def _divide(text: str, mark: re.Pattern, again: Callable[[str], list[int]]) -> list[tuple[int, str]]:
    """The parts of a text between marks, empty ones left out, each with the number of its first line.

    again  says where documents begin in a part, the first at 0: a mark may be missing
    """
    marks = list(mark.finditer(text))
    between = zip([0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(text)], strict=True)
    places = [(start + first, start + end) for start, stop in between for first, end in _pairs(again, text[start:stop])]
    parts, row, counted = [], 1, 0
    for start, end in places:
        if text[start:end].strip():
            first = end - len(text[start:end].lstrip())
            row, counted = row + text.count("\n", counted, first), first
            parts.append((row, text[start:end]))
    return parts


def _pairs(again: Callable[[str], list[int]], part: str) -> Iterator[tuple[int, int]]:
    return pairwise([*again(part), len(part)])
