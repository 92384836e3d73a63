"""A name of its own for each document."""

import re
from collections import Counter

from helpers.articles.containers import unpacked
from helpers.files.cells import FORMULA


def name_documents(documents: list[dict]) -> tuple[list[dict], list[dict]]:
    """Each document with a name of its own, and the faults: documents whose id an earlier one has.

    The name is the id, or else file and row; it holds no space. A bare number, or quanteda's text1, is an id within its
    file only.
    """
    named, faults, first = [], [], {}
    stems = Counter(stem_of(document) for document in documents if not document["row"])
    for document in documents:
        name = document["id"] or stem_of(document)
        if document["row"] and (not document["id"] or re.fullmatch(r"(?:text)?\d{1,6}", document["id"])):
            name = f"{stem_of(document)}-{document['id'] or document['row']}"
        elif not document["id"] and stems[name] > 1:
            name = document["file"]
        name = name_of(name)
        if name in first and first[name]["id"] != document["id"]:
            name = f"{name}-{document['row']}"
        if name in first:
            what = "the same text" if document["text"] == first[name]["text"] else "another text"
            place = f"{first[name]['file']}, row {first[name]['row']}"
            faults.append(fault_of(document, f"the id {document['id'] or name!r} is in {place} too, with {what}"))
        else:
            first[name] = document
            named.append({"article": name, **document})
    return named, faults


def name_of(words: str) -> str:
    """An article's name without spaces and colons, which separate the ids "article:sentence", and never like a formula:
    so that no table needs an apostrophe before it, which would part it from its name in another.

    >>> name_of("guid: 7 8"), name_of("-abc")
    ('guid_7_8', '_-abc')
    """
    name = re.sub(r"[\s:]+", "_", words.strip())
    return f"_{name}" if FORMULA.match(name) else name


def stem_of(document: dict) -> str:
    """A document's file name without its endings: .txt, .jsonl.gz."""
    return str(unpacked(document["file"]).with_suffix(""))


def fault_of(document: dict, why: str, kept: bool = False) -> dict:
    """The row of list_left_out for a document: file, row, article (if kept), kept, why."""
    article = document["article"] if kept else ""
    return {"file": document["file"], "row": document["row"], "article": article, "kept": kept, "why": why}
