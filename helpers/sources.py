"""Articles from wherever they are kept: a folder, a file, an archive; one document a row, and what could not be used.

Nothing is written, nothing unpacked to a disk, nothing fetched. Archives are read file by file in memory.
"""

import bz2
import codecs
import csv
import gzip
import html
import io
import json
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from helpers.dates import NOTHING, UPDATE, YEAR

LIMIT = 2**30  # bytes: the largest file that is read, unpacked; also the most that one archive may hold
FAULTS = (OSError, ValueError, EOFError, RuntimeError, csv.Error, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
PACKED = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
JUDGEMENTS = "articles.csv"  # beside .txt files: what was judged of them, read by helpers/corpus.py
HIDDEN = (".", "__MACOSX", "Thumbs.db", "_committed_", "_started_")
MARKERS = {"_SUCCESS", "_metadata", "_common_metadata", "_delta_log", "_temporary"}  # not all that begin with _
ABOUT = {".csv", ".md"}  # what else may stand beside it and be about the articles

# What people call a column, in lower case without spaces and underscores; the first that says something is taken.
COLUMNS = {
    "text": "text fulltext plaintext articletext bodytext textbody body articlebody maintext content contents "
    "articlecontent storytext story texto textocompleto cuerpo contenido texte texteintegral contenu volltext "
    "artikeltext inhalt conteudo corpo testo contenuto article",
    "title": "title headline articletitle heading titulo titular encabezado titre titel uberschrift schlagzeile "
    "titolo manchete webtitle headlinemain",
    "published": "published publishdate publisheddate publisheddatetime publishedat publishedon publishedtime "
    "datetimepub datepublished datepublish dateofpublication publicationdate webpublicationdate pubdate date "
    "articledate datetime timestamp created createdat creationdate datecreated fecha fechapublicacion "
    "fechadepublicacion datum veroffentlichungsdatum datedepublication datedeparution dateparution datadepublicacao "
    "datadipubblicazione data year publicationyear ano annee jahr anno",
    "updated": "updated updatedat updateddate dateupdated datemodify lastupdated modified modifiedat datemodified "
    "lastmodified modifieddate actualizado fechaactualizacion atualizado aktualisiert misajour aggiornato",
    "event": "event eventdate dateofevent",
    "id": "id docid documentid articleid guid uuid storyid proquestdocumentid key identifier article",
    "url": "url link uri permalink address weburl webpage articleurl href documenturl proquestdocumentlink",
    "outlet": "outlet newspaper publication publicationname publicationtitle pubtitle publisher medianame media "
    "mediaoutlet sitename sourcename sourcehostname source sourcedomain domain medio periodico fuente zeitung quelle "
    "journal jornal veiculo fonte giornale testata",
    "byline": "byline author authors writer journalist reporter autor autores auteur verfasser autore bylineoriginal",
}
COLUMNS = {field: names.split() for field, names in COLUMNS.items()}
# Of these a date is taken only where no other column dates the article: they may be of the row itself.
STORED = "created createdat creationdate datecreated timestamp".split()
MONTHS = {"month", "mes", "mois", "monat", "mese"}  # a column that may stand beside one of years, and is not read
NO_COLUMN = "no column is known to be"
# What of a record says it: a source's name, a text's words, a database's date or id.
NAMING = "name title main original rendered text value $date $numberLong $oid".split()

# Letters where no word has them, as when Mac Roman's apostrophe is read as Windows': governmentÕs, MÈxico.
MISREAD = re.compile(r"[a-zß-ÿ](?=[À-ÞŠŒŽŸ])|[A-Z][À-ÞŠŒŽŸ](?=[a-z])|\s[ÒÓÔÕ](?=[a-z])")
CUT_SHORT = re.compile(r"(?<!\s)\s*\[\+(\d+) chars\]$")  # as NewsAPI ends a text
MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong|h\d|li)>|<br ?/?>|<p\b[^>]*>", re.IGNORECASE)
BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|table|blockquote|section|article)\b[^>]*>", re.IGNORECASE)
UNSEEN = re.compile(r"<(script|style|figcaption|aside)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
WAYBACK = re.compile(  # what the Wayback Machine puts into a page, and before its addresses
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->"
    r"|(?:https?:)?//web\.archive\.org/web/\d+\w*/",
    re.DOTALL,
)
PAGE_DATES = {
    "published": "article:published_time og:article:published_time datepublished date.published dc.date.issued dc.date "
    "dcterms.issued dcterms.date publishdate publish-date publish_date pubdate parsely-pub-date sailthru.date date",
    "updated": "article:modified_time datemodified og:updated_time dcterms.modified last-modified lastmod",
}
JSON_LD = {"published": "datePublished", "updated": "dateModified"}
DATED = re.compile(r'"\w*date\w*"\s*:\s*"([^"]+)"', re.IGNORECASE)
# Exports of archives: what divides the documents of Nexis and Factiva, and the records of ProQuest, which are labelled
# line by line, above and below their full text; and what stands below the last.
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
FACTIVA_HEAD = re.compile(  # length, date, hour, outlet, codes, the owner of the rights
    r"^[\d,]+ words\s*\n(\d{1,2} \w+ \d{4})\s*\n(?:\d\d?:\d\d.*\n)?(.+)\n(?:.*\n){0,6}?\W*(?:copyright|\(c\)|©).*\n",
    re.MULTILINE | re.IGNORECASE,
)
FACTIVA_TAG = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN) *(?:\t|$)",
    re.MULTILINE,
)
NEXIS_HEAD = re.compile(  # title, outlet, date; the owner of the rights and labels, of which the length is always there
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
END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
DATA = re.compile(r"<script\b[^>]*ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)

Document = dict[str, str | int]
Files = list[tuple[str, Callable[[], io.BufferedIOBase]]]  # each by its name, with what opens it
Record = tuple[int, dict | str]  # the row and what it holds, or why it cannot be used


def read_source(
    source: Path | str, columns: dict[str, str] | None = None
) -> tuple[list[Document], list[dict], dict[str, bytes]]:
    """Every document of a source, all that could not be used, and what was judged of its .txt files.

    source   a file (.txt, .csv, .tsv, .jsonl, .ndjson, .jl, .json, .parquet, .html; packed as .gz, .xz or .bz2; a .zip
             of these) or a folder of such files, folders in it included
    columns  where the names of a table's columns are not recognised: {"text": "Wortlaut", ...}; the keys are those of
             COLUMNS; "" says that the table has none
    returns  documents: file, row (as a spreadsheet or an editor numbers it; 0 for a file that is one document), page
             (whether the text is a whole page, furniture and all), the fields of COLUMNS as text, places: where
             each comes from; and what was left out: file, row (0: the file), kept (False, or True where a
             document is used in spite of it), why; and each articles.csv by the folder whose .txt files it judges:
             in that folder and below it these are the articles, and tables and notes are about them
    raises   FileNotFoundError, ValueError for a key of `columns` that is no field
    """
    with ExitStack() as archives:
        return read_files(list(_files(Path(source), archives)), columns)


def read_files(
    files: Files, columns: dict[str, str] | None = None, judged: dict[str, bytes] | None = None
) -> tuple[list[Document], list[dict], dict[str, bytes]]:
    """The same for files that are named and opened one by one; each articles.csv is among them, or `judged` has it."""
    for field in columns or {}:
        if field not in COLUMNS:
            raise ValueError(f"columns names {field!r}, which is no field. Fields are: {', '.join(COLUMNS)}.")
    documents, left_out = [], []
    judged = judgements(files) if judged is None else judged
    for name, load in files:
        kind = unpacked(name).suffix.lower()
        beside = is_beside(name, judged)
        if beside and kind in ABOUT:
            continue
        try:
            if beside:
                raise ValueError(f"beside an {JUDGEMENTS} only .txt files are articles. Move it out of their folder")
            raw = _unpack(name, load)
            if kind not in READERS:
                raise ValueError(f"a kind of file that is not read. {REMEDIES.get(kind, REMEDY)}")
            for document in READERS[kind](str(unpacked(name)), raw, columns or {}):
                (left_out if "why" in document else documents).append({"file": name, **document})
        except FAULTS as error:
            left_out.append({"file": name, "row": 0, "kept": False, "why": one_line(error)})
    return documents, left_out, judged


def is_beside(name: str, judged: Container[str]) -> bool:
    """Whether a file stands beside the .txt files that an articles.csv judges, or below them, and is none of them."""
    return unpacked(name).suffix.lower() != ".txt" and any(str(path) in judged for path in PurePosixPath(name).parents)


def decode(raw: bytes) -> str:
    """Bytes as text: by their mark, else UTF-8; a file that is UTF-8 for the most part line by line, its other lines as
    Windows-1252; else Windows-1252 or Mac Roman, whichever reads better; else what charset-normalizer finds likeliest.
    The Western two go first: the finder alone takes Peña for Peńa."""
    for mark, name in [(b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]:
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    odd = [line for line in raw.split(b"\n") if not line.isascii()]
    if 2 * sum(map(_is_utf8, odd)) > len(odd):
        return b"\n".join(line if _is_utf8(line) else _western(line) for line in raw.split(b"\n")).decode("utf-8-sig")
    return raw.decode(_encoding(raw, odd), errors="replace")


def decode_csv(raw: bytes) -> str:
    """A CSV's bytes as text, without the line `sep=;` that Excel reads at its head and does not count."""
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


def _files(source: Path, archives: ExitStack) -> Iterator[tuple[str, Callable[[], io.BufferedIOBase]]]:
    """Each file of a source by its name, with what opens it; those of a .zip one by one, while `archives` is open."""
    if not source.exists():
        raise FileNotFoundError(f"{source}: no such file or folder. Name a folder of .txt files or a file of articles.")
    for file in [source] if source.is_file() else _in_folder(source):
        name = file.name if file == source else file.relative_to(source).as_posix()
        if file.suffix.lower() == ".zip":
            yield from _in_zip(file, "" if file == source else f"{name}/", archives)
        else:
            yield name, lambda file=file: file.open("rb")


def _in_folder(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, in order of name."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if not is_hidden(file.relative_to(folder), file))


def is_hidden(name: Path, file: Path) -> bool:
    """Whether a file is the system's own, or that of an engine which wrote a table beside it (Spark, Delta, Dask), or
    belongs to a page that a browser saved whole (page.html, page_files/)."""
    whole = [parent.with_name(parent.name.removesuffix("_files")) for parent in file.parents if "_files" in parent.name]
    pages = [page.with_name(page.name + kind) for page in whole for kind in (".html", ".htm")]
    hidden = ((part.startswith(HIDDEN) and part != "..") or part in MARKERS for part in name.parts)
    return any(hidden) or any(map(Path.exists, pages))


def judgements(files: Files) -> dict[str, bytes]:
    """The articles.csv of each folder that holds .txt files too; not one that holds texts itself."""
    pages = {str(PurePosixPath(name).parent) for name, _ in files if unpacked(name).suffix.lower() == ".txt"}
    judged = {}
    for name, load in files:
        path = PurePosixPath(name)
        if path.name == JUDGEMENTS and str(path.parent) in pages:
            try:
                raw = _unpack(name, load)
            except FAULTS:
                continue  # it is read again, and told of, with all other files
            judged |= {} if _names_above(decode(raw)) & set(COLUMNS["text"][:-1]) else {str(path.parent): raw}
    return judged


def _names_above(text: str) -> set[str]:
    """The names in the first line of a CSV that holds anything, as they are compared."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return {fold_name(column) for column in header.split(divider_of(header))}


def _in_zip(file: Path, folder: str, archives: ExitStack) -> Iterator[tuple[str, Callable]]:
    """The files of an archive; where it is none or holds too much, one that says so when it is opened."""
    try:
        archive = archives.enter_context(zipfile.ZipFile(file))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if (size := sum(member.file_size for member in members)) > LIMIT:
            raise ValueError(f"unpacked it would be {_size(size)}; at most {_size(LIMIT)} are read. Divide it")
        for member in sorted(members, key=lambda member: member.filename):
            if not is_hidden(Path(member.filename), Path(member.filename)):
                yield f"{folder}{member.filename}", lambda member=member: archive.open(member)
    except FAULTS as error:
        yield folder.rstrip("/") or file.name, lambda error=error: _fail(error)


def _fail(error: Exception):
    raise error


def unpacked(name: str) -> PurePosixPath:
    """A file's name without .gz, .xz or .bz2."""
    path = PurePosixPath(name)
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


def _unpack(name: str, load: Callable[[], io.BufferedIOBase]) -> bytes:
    """A file's bytes. What a packed file holds is known only by unpacking it: that ends at the limit."""
    with load() as file:
        opened = PACKED.get(PurePosixPath(name).suffix.lower())
        raw = (opened(file) if opened else file).read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise ValueError(f"larger than {_size(LIMIT)}, the most that is read at once. Divide it")
    return raw


def _size(number: int) -> str:
    return f"{number / 2**20:,.0f} MB"


def one_line(said) -> str:
    """What an error or a value says, on one line and without a point at its end."""
    return " ".join(str(said).split()).rstrip(".") or type(said).__name__


# One file, read: each reader gives documents, and rows that cannot be used as {row, kept, why}.


def _read_page_as_text(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """A whole page, dated by its file's name if that begins with a day; or each document of an archive's export, its
    row the line where it begins; or the rows of a table, if its first line names columns of texts and of dates."""
    text = decode(raw).replace("\r\n", "\n")
    names = _names_above(text)
    if names & set(COLUMNS["text"]) and names & set(COLUMNS["published"]):
        yield from _read_csv(name, raw, columns)
        return
    texts = sum(bool(FULL_TEXT.search(part)) for _, part in _divide(text, BETWEEN_RECORDS))
    if texts > 1 or OF_PROQUEST.search(text):
        yield from _read_proquest(text)
        return
    parts = _divide(text, BETWEEN_DOCUMENTS)
    day = FILE_DATE.match(PurePosixPath(name).name)
    for row, part in parts if len(parts) > 1 else [(0, text)]:
        if row and BELOW.match(part):
            yield _left_out(row, "no article: the end of an export")
        elif fields := _of_factiva(part):
            yield _document(row, **fields, places=dict.fromkeys(fields, "the head of Factiva's document"))
        elif fields := _of_nexis(part):
            yield _document(row, **fields, places=dict.fromkeys(fields, "the head of Nexis's document"))
        elif head := LEXIS_HEAD.search(part):
            fields = {"outlet": head[1].strip(), "published": head[2]}
            places = dict.fromkeys(fields, "the head of LexisNexis's document")
            yield _document(row, page=True, text=part, **fields, places=places)
        elif day and not row:
            places = {"published": "inferred: the file's name"}
            yield _document(row, page=True, text=part, published="-".join(day.groups()), places=places)
        else:
            yield _document(row, page=True, text=part)


def _of_factiva(part: str) -> dict[str, str]:
    """The fields of a document of Factiva, its parts told by their tags (HD, LP, TD) or their order; {} of another."""
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
    """The fields of a document of Nexis Uni: title, outlet and date, labels, its body; {} of another."""
    if not (head := NEXIS_HEAD.search(part)):
        return {}
    byline = re.search(r"^Byline: *(?:By )?(.*)", head[0], re.MULTILINE | re.IGNORECASE)
    fields = {"title": head[1].strip(), "outlet": head[2].strip(), "published": head[3]}
    body = NEXIS_FOOT.split(part[head.end() :])[0].strip()
    return {"text": body, "byline": byline[1].strip() if byline else "", **fields}


def _divide(text: str, mark: re.Pattern) -> list[tuple[int, str]]:
    """The parts of a text between marks that hold anything, each with the number of its first line that does."""
    marks = list(mark.finditer(text))
    starts, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(text)]
    parts = ((start, text[start:end]) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())
    return [(text.count("\n", 0, start + len(part) - len(part.lstrip())) + 1, part) for start, part in parts]


def _read_proquest(text: str) -> Iterator[dict]:
    """The records of an export of ProQuest as those of a table whose columns are its labels; those of no use to us
    are not told of."""
    records = []
    for row, part in _divide(text, BETWEEN_RECORDS):
        above, *below = FULL_TEXT.split(part, maxsplit=1)
        labels = LABELS_BELOW.search("".join(below))
        body = "".join(below)[: labels.start() if labels else None]
        record = dict(LABELLED.findall(f"{above}\n{labels[0] if labels else ''}")) | {"Full text": body}
        why = "no record of an article: no line of it begins with Full text:"
        if NO_FULL_TEXT.fullmatch(body):
            below, why = [], f"no text: ProQuest says of it {one_line(body)!r}"
        records.append((row, record if below else why))
    yield from _documents(records, list(filter(_is_known, _names(records))) or ["Full text"], {})


def _read_csv(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """A table with its header in the first line that holds anything."""
    text = decode_csv(raw)
    divider = divider_of(text, "\t" if name.lower().endswith((".tsv", ".tab")) else ",")
    lines, sure = values_of(text, divider)
    rows = ((row, values) for row, values in enumerate(lines, 1) if any(map(str.strip, values)))
    header = next(rows, (0, []))[1]
    if not header:
        yield _left_out(0, "no rows with named values")
        return
    run_together = re.compile(rf"\n.*(?:{re.escape(divider)}.*){{{max(len(header) - 1, 1)}}}")
    records = ((row, _by_name(header, values)) for row, values in rows)
    yield from _documents(records, header, columns)
    if sure:
        return
    why = "it holds a line break and as many dividers as a row: rows may have run together"
    for row in (row for row, values in enumerate(lines, 1) if any(map(run_together.search, values))):
        yield _left_out(row, why, kept=True)
    if text.count('"') % 2:
        yield _left_out(0, "a quotation mark is never closed: rows after it may have run together", kept=True)


def values_of(text: str, divider: str) -> tuple[list[list[str]], bool]:
    """The rows of a CSV, and whether its quotation marks leave no doubt of them. Where they are not as CSV has them but
    each line holds as many values as the first, they are taken for the texts' own."""
    csv.field_size_limit(2**31 - 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)), True
    except csv.Error:
        pass
    plain = list(csv.reader(io.StringIO(text, newline=""), delimiter=divider, quoting=csv.QUOTE_NONE))
    if len({len(values) for values in plain if values}) == 1:
        return [[_unquoted(value) for value in values] for values in plain], True
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=divider)), False


def _unquoted(value: str) -> str:
    quoted = re.fullmatch(r'"((?:[^"]|"")*)"', value)
    return quoted[1].replace('""', '"') if quoted else value


def divider_of(text: str, likeliest: str = ",") -> str:
    """What divides the values of a CSV: of comma, semicolon, tab and bar the one most often in its header."""
    return max(f"{likeliest},;\t|", key=next((line for line in text.split("\n") if line.strip()), "").count)


def _by_name(header: list[str], values: list[str]) -> dict | str:
    if len(values) > len(header) and any(values[len(header) :]):
        return f"{len(values)} values under {len(header)} columns: a text that holds the divider needs quotation marks"
    return dict(zip(header, values, strict=False))


def _read_jsonl(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    lines = enumerate(decode(raw).split("\n"), 1)
    records = [(row, loads(line)) for row, line in lines if line.strip()]
    if not records:
        yield _left_out(0, "no rows with named values")
        return
    if not _names(records):
        row, why = records[0]
        raise ValueError(f"line {row}: {why}. Write each article on a line of its own, as an object with named values")
    yield from _documents(records, _names(records), columns)


def loads(line: str) -> dict | str:
    """A line of JSON as an object, or why it cannot be used."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({one_line(error)})"
    return _with_fields(record) if isinstance(record, dict) else "not an object with named values"


def _with_fields(record: dict) -> dict:
    """An object as what Elasticsearch keeps in its "_source", or with what the Guardian keeps in its "fields" beside
    the rest, named as in a table: fields.bodyText."""
    if isinstance(record.get("_source"), dict):
        return {"id": record.get("_id"), **record["_source"]}
    if not isinstance(record.get("fields"), dict):
        return record
    return {name: value for name, value in record.items() if name != "fields"} | {
        f"fields.{name}": value for name, value in record["fields"].items()
    }


def _read_json(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """A list of objects, a table by its columns, one object that has a text, objects under their ids, an object that
    holds a list of them, however deep, or one object; else JSON by lines."""
    try:
        whole = json.loads(decode(raw))
    except ValueError:
        return (yield from _read_jsonl(name, raw, columns))
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
    if names := _names(records):
        find_columns(names, columns, "In JSON each article is an object of one list, with a text")
    yield from _documents(records, names, columns)


def _is_by_columns(whole: dict) -> bool:
    """Whether an object holds a table's columns, each with the same keys of rows, as pandas writes it."""
    keys = {tuple(column) if isinstance(column, dict) else () for column in whole.values()}
    return len(keys) == 1 and keys != {()} and any(fold_name(name) in COLUMNS["text"] for name in whole)


def _list_of_articles(whole: dict, columns: dict[str, str]) -> list[dict]:
    """Of the lists of objects within an object, those within lists left aside, the longest whose objects have a text,
    else the longest; [] where there is none or two are as long."""
    lists, within = [], [whole]
    for value in within:
        within += value.values() if isinstance(value, dict) else []
        lists += [value] if _is_list_of_records(value) else []
    texts = [rows for rows in lists if any(_has_text(row, columns) for row in rows)]
    longest, *others = sorted(texts or lists, key=len, reverse=True) or [[]]
    return [] if others and len(others[0]) == len(longest) else longest


def _has_text(record: dict, columns: dict[str, str]) -> bool:
    """Whether an object is an article itself, whatever lists of comments, tags or related stories it holds."""
    record = _with_fields(record)
    known = (
        [columns["text"]] if columns.get("text") else [name for name in record if fold_name(name) in COLUMNS["text"]]
    )
    return any(record.get(name) and not _is_list_of_records(record[name]) for name in known)


def _is_list_of_records(value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _read_parquet(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(raw))
    yield from _documents(enumerate(table.to_pylist(), 1), table.column_names, columns)


def _read_html(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """A saved page: its article, title, outlet and author by trafilatura; its dates as its own head states them, else
    as htmldate finds them, if that is not the day of an update or of a video in the page's data."""
    import trafilatura

    page = WAYBACK.sub("", _decode_page(raw))
    if FRAMES.search(UNSEEN.sub("", page)):
        yield _left_out(0, "a page of frames, which holds no article itself. Save the page in the frame that does")
        return
    dates = {"date_extraction_params": {"original_date": True, "extensive_search": False}}
    found = trafilatura.bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True, **dates)
    if found is None or not (found.text or "").strip():
        yield _left_out(0, "no article found on the page")
        return
    if is_no_text(found.text):
        yield _left_out(0, f"no article found on the page, only {one_line(found.text)!r}")
        return
    site = "" if found.sitename == found.title or _is_headline(found.sitename or "", page) else found.sitename
    outlet = site or found.hostname or ""
    places = {"outlet": "the page names its site" if site else "inferred: the page's address"}
    stated = {what: _stated(page, what) for what in PAGE_DATES}
    words = {what: stated[what][0] for what in PAGE_DATES}
    places |= {what: stated[what][1] for what in PAGE_DATES}
    others = [words["updated"], *DATED.findall("".join(DATA.findall(page)))]
    if not words["published"] and found.date and not any(date.startswith(found.date) for date in others):
        words["published"], places["published"] = found.date, "inferred: a date that htmldate finds on the page"
    title = (found.title or "").removesuffix(f" | {outlet}").removesuffix(f" - {outlet}")
    fields = {"title": title, "outlet": outlet, "byline": found.author or "", "url": found.url or ""}
    yield _document(0, text=found.text, **fields, **words, places=places)


def _is_headline(site: str, page: str) -> bool:
    """Whether what trafilatura takes for a site's name is the headline: where nothing else names the site, it takes
    the part of the page's title that holds a point, as CNN.com does, and as "U.S., Mexico agree" does."""
    title = re.search(r"<title\b[^>]*>\s*(.*?)\s*</title", page, re.IGNORECASE | re.DOTALL)
    begins = title and html.unescape(title[1]).startswith(site) and "." in site and " " in site
    named = _named_dates(END_OF_HEAD.split(page)[0])
    return bool(begins) and site not in [named[name] for name in named if re.search("site|publisher", name)]


def is_name_column(column: str) -> bool:
    """Whether a column taken for the text may as well hold the articles' names."""
    return fold_name(column) == "article"


def is_no_text(words: str) -> bool:
    """Whether words are a name or the label of a menu: few, and no sentence ends among them (nor in one.txt)."""
    return len(words.split()) < 8 and not re.search(r"[.?!…](?!\w)|[。？！؟]", words)


def _decode_page(raw: bytes) -> str:
    """A page as text: by the character set it names, where its bytes are of that set, else as any file. Those that
    name Latin-1 are of Windows-1252, as browsers read them, or their quotation marks would be control characters."""
    named = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", raw[:4096], re.IGNORECASE)
    named = named[1].decode() if named and raw[:2] not in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode("cp1252" if codecs.lookup(named).name == "iso8859-1" else named)
    except (UnicodeDecodeError, LookupError):
        return decode(raw)


def _stated(page: str, what: str) -> tuple[str, str]:
    """The date that a page states of itself, and where; ("", "") where it states none: its head, its data, and, as an
    inference only, the items of its body, which may be of other stories."""
    head, *body = END_OF_HEAD.split(UNSEEN.sub("", page), maxsplit=1)
    named = _named_dates(head)
    for name in PAGE_DATES[what].split():
        if named.get(name):
            return named[name], f"stated: {name} in the page's head"
    key = JSON_LD[what]
    if found := _in_data(page, key):
        return found, f"stated: {key} in the page's data"
    found = _named_dates("".join(body)).get(key.lower(), "")
    return (found, f"inferred: the first {key} in the page's body") if found else ("", "")


def _named_dates(markup: str) -> dict[str, str]:
    """What each <meta> or <time> says under its name, the first of a name."""
    named = {}
    for tag in re.findall(r"<(?:meta|time)\b[^>]*>", markup, re.IGNORECASE):
        pairs = re.findall(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", tag)
        values = {key.lower(): html.unescape("".join(value)) for key, *value in pairs}
        name = values.get("property") or values.get("name") or values.get("itemprop") or ""
        named.setdefault(name.lower(), (values.get("content") or values.get("datetime") or "").strip())
    return named


def _in_data(page: str, key: str) -> str:
    """The date that a page's JSON-LD gives under a key: of the article, else of the page, else of the claim it checks;
    never of a video or comment beside it. Data that are no JSON are searched as they stand."""
    objects, broken = [], []
    for script in DATA.findall(page):
        try:
            objects += _objects(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            broken.append(script)
    for kind in ("Article", "Posting", "Report", "WebPage", "ClaimReview"):
        for item in objects:
            if isinstance(item.get(key), str) and re.search(rf"{kind}\b", str(item.get("@type"))):
                return item[key].strip()
    found = re.search(rf'"{key}"\s*:\s*"([^"]+)"', "\n".join(broken))
    return found[1].strip() if found else ""


def _objects(value) -> Iterator[dict]:
    """Every object within a value of JSON, the outer before the inner."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


READERS = {
    ".txt": _read_page_as_text,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".tab": _read_csv,
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".jl": _read_jsonl,
    ".json": _read_json,
    ".parquet": _read_parquet,
    ".html": _read_html,
    ".htm": _read_html,
}


REMEDY = f"Save it as one of: {', '.join(READERS)}"
REMEDIES = {
    "Unpack it": ".tar .tgz .tbz .txz .zip .7z .rar",
    "Save it as .txt": ".doc .docx .odt .rtf .md .pdf .epub .pages .eml .msg",
    "Save it as .csv (Excel: CSV UTF-8)": ".xls .xlsx .xlsm .xlsb .ods .numbers",
    "Save the page as .html (Webpage, complete)": ".mht .mhtml .webarchive",
    "Export it as .csv": ".rds .rdata .rda .dta .sav .sas7bdat .db .sqlite .xml .rss .feather .arrow .pkl .ris .bib",
}
REMEDIES = {kind: remedy for remedy, kinds in REMEDIES.items() for kind in kinds.split()}


# A table's rows as documents.


def _documents(records, names: list[str], columns: dict) -> Iterator[dict]:
    """Each record of a table as a document, or why it cannot be used."""
    found = find_columns(names, columns)
    if len(found["text"]) > 1:
        records = list(records)
        _refuse_two_texts(records, found["text"])
    row, may_be_names = None, not columns.get("text") and is_name_column(found["text"][0])
    for row, record in records:
        if isinstance(record, str):
            yield _left_out(row, record)
            continue
        chosen = {field: _first_filled(record, called, field) for field, called in found.items()}
        values = {field: words for field, (_, words) in chosen.items()}
        values["text"], *cut = CUT_SHORT.split(without_markup(values["text"]))[:2]
        if cut:
            yield _left_out(row, tell_cut_short(cut[0]), kept=True)
        if why := _why_no_text(values["text"], found["text"], may_be_names):
            yield _left_out(row, why)
            continue
        values, places = _sort_out(values, {field: f"the column {name}" for field, (name, _) in chosen.items()})
        yield _document(row, **values, places=places)
        for name, words in chosen.values():
            if not words and isinstance(record.get(name), dict | list) and record[name]:
                yield _left_out(row, tell_unread(name, record[name]), kept=True)
    if row is None:
        yield _left_out(0, "no rows below the names of the columns")
    elif row > 1:  # a file of one article would say as much in each of many
        yield from _tell_unused(names, found, columns)


def _why_no_text(words: str, called: list[str], may_be_names: bool) -> str:
    """Why these words of the columns of texts are no article's text; "" where they are."""
    if words == "[Removed]":
        return "no text: its source has removed it"
    if not words:
        return f"no text in the column {' or '.join(map(repr, called))}"
    if may_be_names and is_no_text(words):
        return f"no text but a name in the column {called[0]!r}. Call the column of texts text"
    return ""


def _tell_unused(names: list[str], found: dict[str, list[str]], columns: dict) -> Iterator[dict]:
    """Where no column is known to be the date or the outlet: which columns were not used; and a month beside a year."""
    lacking = {"published": "the date", "outlet": "the outlet"}
    lacking = [what for field, what in lacking.items() if field not in {**found, **columns}]
    unused = [name for name in names if str(name).strip() and name not in columns.values() and not _is_known(name)]
    if lacking and unused:
        more = f" and {len(unused) - 5} more" if unused[5:] else ""
        remedy = "Rename the one that is, or say columns={'outlet': 'its name'}"
        why = f"{NO_COLUMN} {' or '.join(lacking)}. Not used: {_some(unused[:5])}{more}. {remedy}"
        yield _left_out(0, why, kept=True)
    months, dated = [name for name in unused if fold_name(name) in MONTHS], found.get("published", [""])[0]
    if months and fold_name(dated) in COLUMNS["published"][COLUMNS["published"].index("year") :]:
        remedy = "Write each date in one column, as 2012-04-03 or 2012-04"
        yield _left_out(0, f"only {dated!r} dates the articles, {months[0]!r} is not used. {remedy}", kept=True)


def tell_cut_short(more: str) -> str:
    return f"only the beginning of the article: {more} more characters are not there"


def tell_unread(name: str, value: dict | list) -> str:
    """That a column holds something of which nothing can be read, and what to do."""
    return f"the column {name!r} holds {one_line(value)[:80]}, which cannot be read. Make it text"


def _refuse_two_texts(records: list[Record], called: list[str]) -> None:
    """Raise ValueError naming two columns that hold different texts in one row; where a row fills one only, it may be
    either."""
    for _, record in records:
        texts = {} if isinstance(record, str) else {as_words(record.get(name)): name for name in reversed(called)}
        if len(filled := [texts[words] for words in reversed(texts) if words]) > 1:
            remedy = f"Rename one, or say load_articles(source, columns={{'text': {filled[0]!r}}})"
            raise ValueError(f"the columns {' and '.join(map(repr, filled))} could both be the text. {remedy}")


def _first_filled(record: dict, called: list[str], field: str) -> tuple[str, str]:
    """The first of a field's columns that says something in this row, else the first; and what it says."""
    between = "\n\n" if field == "text" else ", "
    said = ((name, as_words(record.get(name), between)) for name in called)
    filled = ((name, words) for name, words in said if words.lower() not in NOTHING)
    return next(filled, (called[0], ""))


def find_columns(
    names: list[str], columns: dict[str, str], form: str = "In a CSV the first line must hold the names"
) -> dict[str, list[str]]:
    """Which columns are which field: the one told, else all by their names, the likeliest first. `form` is what else to
    do where none can be the text.

    raises  ValueError naming the columns where one that was told is not there, or none can be the text
    """
    if not names:
        raise ValueError("no rows with named values")
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise ValueError(f"the column {twice[0]!r} stands twice. Rename one")
    for name in filter(None, columns.values()):
        if name not in names:
            raise ValueError(f"no column {name!r}, which columns={columns} names. The columns are: {_some(names)}")
    folded = {name: fold_name(name) for name in names if name not in columns.values()}
    found = {field: [name] for field, name in columns.items() if name}
    for field in (field for field in COLUMNS if field not in columns):
        taken = [name for called in found.values() for name in called]
        called = [name for known in COLUMNS[field] for name in folded if folded[name] == known and name not in taken]
        if field == "text" and len(called) > 1 and folded[called[-1]] == "article":
            called = called[:-1]  # beside a text, it is the article's name
        if field == "text" and "bodytext" in map(folded.get, called):
            called = [name for name in called if folded[name] != "body"]  # the same with its markup, of the Guardian
        called = [name for name in called if folded[name] not in STORED] or called
        found |= {field: called} if called else {}
    if "text" not in found:
        remedy = f"Call the column text, or say load_articles(source, columns={{'text': 'its name'}}). {form}"
        raise ValueError(f"{NO_COLUMN} the text. The columns are: {_some(names)}. {remedy}")
    return found


def _some(names: list[str]) -> str:
    return ", ".join(repr(str(name)[:40]) for name in names[:12]) + (", …" if len(names) > 12 else "")


def fold_name(name: str) -> str:
    """A column's name as it is compared: "Publish Date", publish_date, publishDate are one, and the Guardian's
    fields.byline is byline. What stands below any other name is of another thing: author.url, image.title."""
    plain = unicodedata.normalize("NFKD", str(name).removeprefix("\ufeff")).casefold()
    return re.sub(r"^fields[\W_]+|[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _is_known(name: str) -> bool:
    return any(fold_name(name) in names for names in COLUMNS.values())


def _names(records: list[Record]) -> list[str]:
    """The names of all records, in the order in which they come."""
    return list(dict.fromkeys(name for _, record in records if isinstance(record, dict) for name in record))


def as_words(value, between: str = ", ") -> str:
    """A value as text, in whole characters: a list by its members, a record by its name or by what a database writes
    for a date or id."""
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


def without_markup(text: str) -> str:
    """A text that holds HTML, without it: a block's end is a paragraph's."""
    if not MARKUP.search(text):
        return text
    return html.unescape(TAG.sub("", BLOCK.sub("\n\n", UNSEEN.sub("", text)))).strip()


def _sort_out(values: dict[str, str], places: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values and where they come from, with an update stamp put where it belongs, and an outlet where only the address
    is known; an outlet that is an address is its site."""
    if stamp := UPDATE.match(values.get("published", "")):
        if not values.get("updated"):
            values = values | {"updated": values["published"][stamp.end() :]}
            places = places | {"updated": places["published"]}
        values = values | {"published": ""}
    if outlet := values.get("outlet"):
        return values | {"outlet": _site(outlet) or outlet.removeprefix("www.")}, places
    return values | {"outlet": _site(values.get("url", ""))}, places | {"outlet": "inferred: the address in the row"}


def _site(url: str) -> str:
    """The site of an address, "" where it is none that can be read."""
    url = WAYBACK.sub("", url)
    whole = re.fullmatch(r"https?://[^\s\[\]/]+(/\S*)?", url)
    return (urlsplit(url).hostname or "").removeprefix("www.") if whole else ""


def _document(row: int, *, page: bool = False, places: dict[str, str] | None = None, **fields: str) -> dict:
    return {"row": row, "page": page, **dict.fromkeys(COLUMNS, ""), **fields, "places": places or {}}


def _left_out(row: int, why: str, kept: bool = False) -> dict:
    return {"row": row, "kept": kept, "why": why}
