"""Exports of ProQuest: records between lines of underscores, each with labels above and below its full text."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from helpers.articles.date_forms import SPELLED
from helpers.articles.document import document, left_out, one_line
from helpers.articles.export_labels import any_label, field_of, labels_of, removed_block

BETWEEN_RECORDS = re.compile(
    r"(?:(?<!_)_{20,}+|^[ \t]*(?:Document|Documento|Dokument) \d+ (?:of|de|von|sur) \d+)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
OF_PROQUEST = re.compile(
    rf"^[ \t]*(?:Report Information from ProQuest\b|(?:{any_label('ProQuest', 'id')})\s*:\s*\d{{6,}})",
    re.MULTILINE | re.IGNORECASE,
)
FULL_TEXT = re.compile(rf"^[ \t]*(?:{any_label('ProQuest', 'text')})[ \t]*:[ \t]*", re.MULTILINE | re.IGNORECASE)
NO_TEXT = re.compile(rf"\W*(?:{any_label('ProQuest', 'no text')})\W*", re.IGNORECASE)
BESIDE = "title byline outlet published year info id url other".split()  # the fields of labels beside the full text
KNOWN = re.compile(rf"^[ \t]*({any_label('ProQuest', *BESIDE)})[ \t]*:(?:[ \t]|$)", re.MULTILINE | re.IGNORECASE)
LABELLED = re.compile(r"[ \t]*[^\W\d_][^\n:]{1,40}:(?:\s|$)")
FIELDS = "title byline outlet published id url".split()


def is_proquest(text: str, parts: list[tuple[int, str]]) -> bool:
    """Whether a text is an export of ProQuest: it says so, or holds a full text with labels of ProQuest beside it."""
    records = [part for _, part in parts if FULL_TEXT.search(part)]
    many = [part for part in records if _has_labels(part)]
    return bool(records and (OF_PROQUEST.search(text) or len(records) > 1 or many))


def divide_records(part: str) -> list[int]:
    """Where the records of a part begin, the first at 0: each has one full text, with labels below it."""
    texts = list(FULL_TEXT.finditer(part))
    between = [(one.end(), other.start()) for one, other in pairwise(texts)]
    return [0, *(_begin_of_record(part, *place) for place in between if _has_labels(part[slice(*place)]))]


def _has_labels(part: str) -> bool:
    return len({label.casefold() for label in KNOWN.findall(part)}) >= 3


def _begin_of_record(part: str, after: int, before: int) -> int:
    """Where the headline begins that a record has above its author, else above its outlet, else above its full text."""
    labels = {field_of("ProQuest", label[1]): label.start() for label in KNOWN.finditer(part, after, before)}
    for below in (labels.get("byline"), labels.get("info"), before):
        above = part[after : below or after].rstrip()
        lines = takewhile(lambda line: line.strip() and not KNOWN.match(line), reversed(above.split("\n")))
        if length := sum(len(line) + 1 for line in lines):
            return after + len(above) - length + 1
    return before


def refuse_unknown(parts: list[tuple[int, str]]) -> None:
    """Raise ValueError for records with labels of which none is known to hold the text."""
    odd = [part for _, part in parts if sum(bool(LABELLED.match(line)) for line in part.split("\n")) >= 5]
    if len(parts) > 1 and len(odd) > 1:
        first = " and ".join(repr(line.split(":")[0].strip()) for line in odd[0].split("\n") if LABELLED.match(line))
        remedy = "Export them in English, or add the labels to seeds/archive-labels.csv"
        raise ValueError(f"{len(odd)} records with labels that are not known ({first[:120]}). {remedy}")


def read_proquest(parts: list[tuple[int, str]]) -> Iterator[dict]:
    """The records of an export of ProQuest as documents, or why one is left out.

    parts  the number of each record's first line, and the record
    """
    for row, part in parts:
        above, *below = FULL_TEXT.split(part, maxsplit=1)
        if not below:
            known = labels_of("ProQuest", "text")[0]
            yield left_out(row, f"not the record of an article: none of its lines begins with {known}:")
            continue
        body, labels = _divide_labels(below[0])
        if not body.strip() or NO_TEXT.fullmatch(body):
            yield left_out(row, f"no text: ProQuest says {one_line(body)!r}" if body.strip() else "no text")
            continue
        fields, places = _fields_of(above, labels)
        notes = [block for block in re.split(r"\n\s*\n", labels) if block.strip() and not LABELLED.match(block)]
        removed = removed_block("\n".join(notes), "label of a press archive")
        yield document(row, text=body.strip(), **fields, places=places, removed=removed)


def _divide_labels(below: str) -> tuple[str, str]:
    """The full text, and the labels below it.

    The labels begin at the first one that is known and not repeated, if each paragraph below it begins with a label or
    is a short note. So the questions and answers at the end of an interview are text.
    """
    last = {found[1].casefold(): found.start() for found in KNOWN.finditer(below)}
    for start in sorted(last.values()):
        if all(map(_is_label, re.split(r"\n\s*\n", below[start:].strip()))):
            return below[:start], below[start:]
    return below, ""


def _is_label(block: str) -> bool:
    return bool(LABELLED.match(block)) or (len(block.split()) < 8 and not block.rstrip().endswith((".", "?", "!")))


def _fields_of(above: str, below: str) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of a record by its labels, and the label that each comes from."""
    fields, places = {}, {}
    for part in (above, below):
        found = list(KNOWN.finditer(part))
        ends = [*(label.start() for label in found[1:]), len(part)]
        for label, end in zip(found, ends, strict=bool(found)):
            value, what = part[label.end() : end].split("\n\n")[0], field_of("ProQuest", label[1])
            if value := " ".join(value.split()):
                fields[what], places[what] = value, f"ProQuest's label {label[1]}"
    lines = (line.strip() for line in above.split("\n") if re.search(r"[^\W_]", line))
    first = next((line for line in lines if not KNOWN.match(line)), "")
    if first and "title" not in fields:
        fields["title"], places["title"] = first, "the first line of ProQuest's record"
    info = fields.get("info", "")
    if "published" not in fields and (day := SPELLED.search(re.sub(r"\](?=\d)", "] ", info))):
        fields["published"], places["published"] = day[0], places["info"]
    if "outlet" not in fields and ";" in info:
        fields["outlet"], places["outlet"] = info.split(";")[0].strip(), places["info"]
    if "published" not in fields and "year" in fields:
        fields["published"], places["published"] = fields["year"], places["year"]
    return {what: fields[what] for what in FIELDS if what in fields}, {w: places[w] for w in FIELDS if w in places}
