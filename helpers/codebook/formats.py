"""Codebooks of other tools as tables like ours. A term that would change its meaning on the way is refused.

quanteda, LIWC and Lexicoder match in any case. Here a capital makes a term exact, so their capitals are lowered; the
column note says where.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.files.bounds import bytes_of
from helpers.files.encodings import decode_csv, divider_of
from helpers.text.characters import SURROGATE, straighten

# Signs of patterns, conditions, lists of terms and quotation marks around a term, in straightened text.
PATTERN_SIGNS = re.compile(r"[][(){}|\\^<>?;\"«»‹›]|[$+]$|\.\*|''")
SEVERAL = re.compile(r" / |•| (?:OR|AND|NOT) ")  # between terms
# Between terms in small letters: soldiers or troops, soldiers & troops, soldiers/troops; soldiers NEAR/3 border.
SEVERAL_SMALL = re.compile(r"(?<=[a-zß-ÿ*]) (?:or|ou|oder|&) (?=[*a-zß-ÿ])|(?<=[a-zß-ÿ]{3})\*?/(?=[*a-zß-ÿ]{3})")
NEARNESS = re.compile(r"\b(?:NEAR|ADJ|PRE|WITHIN|[NW])/?\d+\b|\bNEAR\b")
NUMBER = re.compile(r"[-+]?\d*[.,]?\d+")
YAML_REMEDY = (
    "Put quotation marks around a term with a sign (? * : @ #), close every bracket and quotation mark, write a space "
    "after each '-', and indent with spaces, not tabs."
)
TOO_DEEP = "categories nested more than nine deep. Flatten them."
LONGEST = 1000  # characters of a term, or of a line of LIWC's: a term and the numbers of its categories
LONGEST_YAML = 300_000  # characters: some ten thousand terms, which PyYAML reads in seconds
FORMATS = ".csv, .yml or .yaml (quanteda), .dic or .dicx (LIWC), .lc3 (Lexicoder)"

Entry = tuple[int, str, str]  # line, frame, term


def read_foreign(path: Path) -> pd.DataFrame:
    """Read a codebook of another tool.

    path     .yml or .yaml: quanteda's; nested categories are named as quanteda flattens them (crime.drugs).
             .dic: LIWC's, with its categories between two lines of %.
             .dicx: LIWC-22's table, a column of terms and one per category with an X where it holds.
             .lc3: Lexicoder's, whose categories begin with +.
    returns  one row per term: frame, term, source (the file's name), note; its index is the line in the file
    raises   FileNotFoundError, PermissionError; ValueError naming the file, the lines and what cannot be carried over
    """
    readers = {".yml": _from_yaml, ".yaml": _from_yaml, ".dic": _from_dic, ".dicx": _from_dicx, ".lc3": _from_lc3}
    if path.suffix.lower() not in readers:
        raise ValueError(f"{path}: this kind of codebook is not read. Save it as {FORMATS}.")
    text = decode_csv(bytes_of(path, f"Give a codebook: {FORMATS}"))
    try:
        entries = list(readers[path.suffix.lower()](text))
    except ValueError as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from error
    if faults := [f"line {line}: {fault}" for line, frame, term in entries if (fault := _not_carried(frame, term))]:
        more = f" And {len(faults) - 5} more such lines." if len(faults) > 5 else ""
        raise ValueError(f"{path}, {' '.join(faults[:5])}{more}")
    table = pd.DataFrame(entries, columns=["line", "frame", "term"]).set_index("line").assign(source=path.name)
    table = _lower(table)
    return table[~table.duplicated(["frame", "term"])].rename_axis(None)


def _not_carried(frame: str, term: str) -> str:
    """What cannot be carried over of an entry, and what to do about it; "" if nothing."""
    if SURROGATE.search(frame + term):
        return f"{frame + term!a} holds half a character. Write the whole one."
    if frame.lower() == "none":
        return f"terms of the category {frame!r} would be masks. Rename it."
    return fault_of_signs(term)


def fault_of_signs(term: str) -> str:
    """The fault of a term with a sign that would be searched as it is and find nothing; "" if it has none."""
    if len(term) > LONGEST:
        return f"{term[:40]!r}… is longer than {LONGEST:,} characters. Write each term on its own line."
    term = straighten(term.strip())
    if "_" in term:
        return f"{term!r}: '_' would be searched as it is. Separate the words of a phrase by a space."
    parts = re.split(r"(?<!\d),|,(?!\d)", term)
    if SEVERAL.search(term) or (len(parts) > 1 and any(part == part.lower() for part in parts)):
        return f"{term!r} would be searched as one phrase. If it is several terms, write each on its own line."
    if not (found := PATTERN_SIGNS.search(term) or re.fullmatch(r"(').*'", term)):
        return ""
    sign = found[found.lastindex or 0]
    return (
        f"{term!r} holds {sign!r}: patterns, conditions, lists and quotation marks have no meaning here. Write out its "
        "words, each term on its own line; '*' at the end of a word takes any ending."
    )


def fault_of_several(term: str) -> str:
    """The fault of a term in our own tables that is rather several; "" if it is one."""
    if found := SEVERAL_SMALL.search(term):
        sign = found[0].strip(" *")
        as_phrase = f" If it is one phrase, write {sign}*." if sign.isalpha() else ""
        return f"{term!r} would be searched as one phrase. If it is several terms, give each its own row.{as_phrase}"
    if found := NEARNESS.search(term):
        return f"{term!r} holds {found[0]!r}: how near two words stand cannot be asked for. Write the phrases out."
    return ""


def _lower(table: pd.DataFrame) -> pd.DataFrame:
    """The terms in small letters, with a note where a capital was lowered."""
    capital = table["term"].ne(table["term"].str.lower())
    notes = "written " + table["term"] + ", where capitals do not count"
    return table.assign(term=table["term"].str.lower(), note=notes.where(capital, ""))


def _from_yaml(text: str) -> Iterator[Entry]:
    import yaml  # slow to import, and our own codebook needs none

    if len(text) > LONGEST_YAML:
        raise ValueError(f"longer than {LONGEST_YAML:,} characters. Save it as .csv, or divide it.")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    except yaml.YAMLError as error:
        raise ValueError(f"{_place_in_yaml(text, error)}. {YAML_REMEDY}") from error
    if not root or root.id != "mapping" or not root.value:
        raise ValueError("no categories. Write each as a line `category:`, with its terms below it as `  - term`.")
    yield from _walk(root, (), set())


def _place_in_yaml(text: str, error) -> str:
    """Where a text stops being YAML, and why, as PyYAML says; and the line where the list or quotation began."""
    if not (mark := getattr(error, "problem_mark", None)):  # a character that YAML does not allow
        return f"line {text.count(chr(10), 0, error.position) + 1}: not YAML ({error.reason})"
    within = f", {error.context} from line {error.context_mark.line + 1}" if error.context_mark else ""
    return f"line {mark.line + 1}: not YAML ({error.problem}{within})"


def _walk(node, keys: tuple[str, ...], seen: set[int], depth: int = 0) -> Iterator[Entry]:
    """The entries below a node of YAML. Values are taken as written: `no` is a word, not a truth value.

    seen   the lists and categories above and before, by identity: one that comes again could multiply without end
    """
    line = node.start_mark.line + 1
    if depth > 9:
        raise ValueError(f"line {line}: {TOO_DEEP}")
    if node.id != "scalar" and id(node) in seen:
        raise ValueError(f"line {line}: a list that is used twice (& and *). Write its terms out where they belong.")
    seen.add(id(node))
    if node.id == "mapping" and node.value:
        for key, below in node.value:
            if key.id != "scalar" or key.value == "<<":
                raise ValueError(f"line {key.start_mark.line + 1}: a category's name must be plain words.")
            yield from _walk(below, (*keys, key.value.strip()), seen, depth + 1)
    elif node.id == "sequence" and node.value:
        for item in node.value:
            yield from _walk(item, keys, seen, depth + 1)
    else:
        yield line, ".".join(keys), str(node.value or "").strip()


def _from_dic(text: str) -> Iterator[Entry]:
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    marks = [place for place, (_, line) in enumerate(lines) if line == "%"]
    if len(marks) < 2 or marks[0]:
        raise ValueError(
            "no list of categories at its head. A LIWC dictionary begins with one, between two lines of '%'."
        )
    names = {}
    for number, line in lines[1 : marks[1]]:
        code, *name = line.split(maxsplit=1)
        if code in names:
            raise ValueError(
                f"line {number}: the category {code} is given twice, as {names[code]!r} too. Renumber one."
            )
        names |= {code: name[0]} if name else {}
    used = set()
    for number, line in lines[marks[1] + 1 :]:
        if len(line) > LONGEST:
            raise ValueError(f"line {number}: longer than {LONGEST:,} characters. Write a line for each term.")
        found = re.fullmatch(r"([^\t]*)((?:\s+\d+)+)" if "\t" in line else r"(.*?)((?:\s+\d+)+)", line)
        if not found or PATTERN_SIGNS.search(straighten(line)):
            raise ValueError(
                f"line {number}: {line!r} is not a term and the numbers of its categories. Write a line for each term; "
                f"conditions cannot be carried over."
            )
        for code in found[2].split():
            if code not in names:
                raise ValueError(f"line {number}: the category {code} is not in the list at the head. Add it there.")
            used.add(code)
            yield number, names[code].strip(), found[1].strip()
    if empty := [name for code, name in names.items() if code not in used]:
        raise ValueError(f"no term has the category {', '.join(empty[:9])}. Write one, or take it out of the list.")


def _from_dicx(text: str) -> Iterator[Entry]:
    (_, (_, *names)), *rows = _rows(text) if text.strip() else [(1, [""])]
    for line, (_, *signs) in rows:
        if any(map(NUMBER.fullmatch, signs)):
            raise ValueError(f"line {line}: a weight, which has no meaning here. Write X where a category holds.")
    for place, name in enumerate(names, 1):
        yield from [(line, name, row[0]) for line, row in rows if any(row[place : place + 1])] or [(1, name, "")]


def _from_lc3(text: str) -> Iterator[Entry]:
    category = ""
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if line.startswith("+"):
            category = line[1:].strip()
        elif line:
            yield number, category, line


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV that are not empty, each with its line number."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=divider_of(text))
    for row in lines:
        if any(map(str.strip, row)):
            yield lines.line_num, [value.strip() for value in row]
