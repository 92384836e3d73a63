"""From the bytes of a file to its text and values: encodings, dividers, quotation marks, names of columns."""

import csv
import io
import re
import unicodedata

# Letters where no word has them. They appear when Mac Roman is read as Windows-1252: governmentÕs, MÈxico.
MISREAD = re.compile(r"[a-zß-ÿ](?=[À-ÞŠŒŽŸ])|[A-Z][À-ÞŠŒŽŸ](?=[a-z])|\s[ÒÓÔÕ](?=[a-z])")
LONGEST_NAME = 300  # characters of a column's name that are compared
ESCAPED_QUOTE = re.compile(r'(?<!\\)((?:\\\\)*)\\"')  # a mark after an odd number of backslashes


def decode(raw: bytes) -> str:
    """Bytes as text.

    A byte-order mark decides, or the zeros that UTF-16 puts beside Western letters; without them the file is read as
    UTF-8. If only most lines are UTF-8, the others are read as Windows-1252. If not, the file is Windows-1252 or Mac
    Roman, whichever reads better, or else what charset-normalizer finds likeliest. The two Western encodings go first
    because charset-normalizer alone takes Peña for Peńa.
    """
    if wide := wide_encoding(raw[:1000]):
        return raw.decode(wide, errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    odd = [line for line in raw.split(b"\n") if not line.isascii()]
    if 2 * sum(map(_is_utf8, odd)) > len(odd):
        return b"\n".join(line if _is_utf8(line) else _western(line) for line in raw.split(b"\n")).decode("utf-8-sig")
    return raw.decode(_encoding(raw, odd), errors="replace")


def wide_encoding(begin: bytes) -> str:
    """The encoding of a file by its first bytes, if each character takes several; else ""."""
    for mark, name in [(b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]:
        if begin.startswith(mark):
            return name
    half = len(begin) // 2
    for zeros, name in [(begin[1::2], "utf-16-le"), (begin[::2], "utf-16-be")]:
        if half and 2 * zeros.count(0) > half and begin.count(0) < 1.2 * half:
            return name
    return ""


def decode_csv(raw: bytes) -> str:
    """The bytes of a CSV as text, without Excel's first line `sep=;`, which Excel does not count as a row."""
    return re.sub(r"\A\s*sep=.\r?\n", "", decode(raw))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _western(line: bytes) -> bytes:
    return line.decode("cp1252", errors="replace").encode("utf-8")


def _encoding(raw: bytes, odd: list[bytes]) -> str:
    from charset_normalizer import from_bytes  # slow to import, and UTF-8 needs none

    sample = raw if b"\0" in raw[:1000] else b"\n".join(odd)[:100_000]
    western = from_bytes(sample, cp_isolation=["cp1252", "mac_roman"])
    ranked = sorted((len(MISREAD.findall(str(found))), found.chaos, found.encoding) for found in western)
    best = None if ranked else from_bytes(sample).best()
    return ranked[0][2] if ranked else best.encoding if best else "cp1252"


def divider_of(text: str, likeliest: str = ",") -> str:
    """What divides the values of a CSV: comma, semicolon, tab or bar, whichever its header has most of."""
    return max(f"{likeliest},;\t|", key=next((line for line in text.split("\n") if line.strip()), "").count)


def values_of(text: str, divider: str) -> tuple[list[list[str]], bool]:
    """The rows of a CSV, and whether they are certain.

    If the quotation marks do not follow the rules of CSV, backslashes before them may mark those within a text, as
    Spark and MySQL write them. Else, if every line has as many values as the first, the marks are taken to belong to
    the texts. Otherwise the rows are a best guess, and not certain.
    """
    csv.field_size_limit(2**31 - 1)
    for written in (text, ESCAPED_QUOTE.sub(r'\1""', text)):
        try:
            rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=divider, strict=True))
        except csv.Error:
            continue
        sizes = [len(values) for values in rows if values]
        if written is text or max(sizes, default=0) == next(iter(sizes), 0):  # a row may lack its last values
            return rows, True
    plain = list(csv.reader(io.StringIO(text, newline=""), delimiter=divider, quoting=csv.QUOTE_NONE))
    if len({len(values) for values in plain if values}) == 1:
        return [[_unquoted(value) for value in values] for values in plain], True
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=divider)), False


def _unquoted(value: str) -> str:
    quoted = re.fullmatch(r'"((?:[^"]++|"")*+)"', value)
    return quoted[1].replace('""', '"') if quoted else value


def fold_name(name: str) -> str:
    """A column's name as we compare it: small letters, no spaces, signs or accents.

    "Publish Date", publish_date and publishDate are one name, and the Guardian's fields.byline is byline. Under any
    other prefix a name means something else: author.url, image.title.

    >>> fold_name("Publish Date"), fold_name("fields.byline"), fold_name("Veröffentlichungsdatum")
    ('publishdate', 'byline', 'veroffentlichungsdatum')
    """
    plain = unicodedata.normalize("NFKD", str(name)[:LONGEST_NAME].removeprefix("\ufeff")).casefold()
    return re.sub(r"^fields[\W_]+|[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))
