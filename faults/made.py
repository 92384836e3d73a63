"""Files that cost far more than their size, made where they are needed: each function writes one below a folder."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable

import pyarrow as pa
from pyarrow import parquet

from tests.articles.made import ONE, as_csv
from tests.articles.made_office import OFFICE, as_docx, as_open, as_parts, as_xlsx

MB = 2**20
GOOD = as_csv([{"text": ONE, "date": "2012-02-27"}])


def packed_zeros(kind: str, size: int, sign: bytes = b"0") -> bytes:
    """So many equal bytes, packed piece by piece."""
    if kind == ".gz":
        packer = zlib.compressobj(9, wbits=31)
    else:
        packer = {".xz": lzma.LZMACompressor, ".bz2": bz2.BZ2Compressor}[kind]()
    parts = [packer.compress(sign * MB) for _ in range(size // MB)]
    return b"".join([*parts, packer.flush()])


def as_zip(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return file.getvalue()


def overlapping_zip(members: int, size: int) -> bytes:
    """A zip in whose list every name stands for the same bytes."""
    raw = as_zip({"0.txt": b"0" * size})
    begin = raw.rindex(b"PK\1\2")
    end = raw.rindex(b"PK\5\6")
    entry = raw[begin:end]
    entries = b"".join(entry.replace(b"0.txt", b"%05d" % n) for n in range(members))
    count = members.to_bytes(2, "little")
    tail = (
        raw[end : end + 8] + count + count + len(entries).to_bytes(4, "little") + begin.to_bytes(4, "little") + b"\0\0"
    )
    return raw[:begin] + entries + tail


def equal_rows(rows: int, text: str = ONE) -> bytes:
    """Parquet that says one row many times."""
    file, many = io.BytesIO(), 100_000
    column = pa.DictionaryArray.from_arrays(pa.array([0] * many, pa.int32()), pa.array([text]))
    table = pa.table({"text": column})
    with parquet.ParquetWriter(file, table.schema, compression="zstd") as writer:
        for _ in range(rows // many):
            writer.write_table(table, row_group_size=many)
    return file.getvalue()


def long_value(size: int) -> bytes:
    """Parquet with one value that unpacks to `size` bytes."""
    file = io.BytesIO()
    parquet.write_table(pa.table({"text": ["a" * size]}), file, compression="zstd")
    return file.getvalue()


def wide_parquet(columns: int) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table({f"c{n}": ["a"] for n in range(columns)} | {"text": [ONE]}), file)
    return file.getvalue()


def deep_parquet() -> bytes:
    """Parquet with a list of a million equal numbers in each of a thousand rows."""
    file = io.BytesIO()
    lists = pa.ListArray.from_arrays(
        list(range(0, 20_000_001, 1_000_000)), pa.array([0]).take(pa.array([0] * 20_000_000))
    )
    parquet.write_table(pa.table({"text": [ONE] * 20, "tags": lists}), file, compression="zstd")
    return file.getvalue()


def as_sheet(rows: str, dimension: str = "A1") -> bytes:
    """An Excel file whose sheet has these rows, in its own XML, and says that it spans so much."""
    parts = dict(_parts(as_xlsx({"A1": "x"})))
    main = f"{OFFICE}/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    return as_parts(parts | {"xl/s1.xml": sheet})


def _parts(raw: bytes):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def cell(at: str, value: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def as_ods_rows(rows: str) -> bytes:
    return as_open(
        "spreadsheet",
        f'<office:body><office:spreadsheet><table:table table:name="s">{rows}</table:table></office:spreadsheet></office:body>',  # noqa: E501
    )


def ods_cell(words: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{words}</text:p></table:table-cell>'


LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)


def laughing_docx(inside: str) -> bytes:
    """A Word file whose text, or the attribute of whose paragraph, laughs a billion times."""
    parts = dict(_parts(as_docx("One.")))
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = LAUGHS + (
        text.replace("One.", "&a9;") if inside == "text" else text.replace("<w:p>", '<w:p w:x="&a9;">')
    )
    return as_parts(parts)


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(out),
    )


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
WORDS = b"BT /F 12 Tf 60 700 Td (The guards came to the bridge on Tuesday.) Tj ET"


def stream(words: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(words), about, words)


def pdf_of_pages(number: int, words: bytes = WORDS) -> bytes:
    """A PDF whose pages are all one object."""
    pages = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (number, b"3 0 R " * number)
    return pdf_of([CATALOG, pages, PAGE, stream(words), FONT])


def cyclic_pdf() -> bytes:
    pages = b"<< /Type /Pages /Count 1000000 /Kids [2 0 R 2 0 R 3 0 R] /Parent 2 0 R >>"
    return pdf_of([CATALOG, pages, PAGE, stream(WORDS), FONT])


def deep_pdf(depth: int) -> bytes:
    return pdf_of([CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, stream(b"[" * depth), FONT])


def pdf_with(contents: bytes) -> bytes:
    return pdf_of([CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, contents, FONT])


def pdf_of_forms(levels: int, times: int) -> bytes:
    """A PDF whose page draws a form many times, which draws another many times, and so on."""
    page = PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 6 0 R >>")
    forms = []
    for level in range(levels):
        below = b"/XObject << /X %d 0 R >>" % (7 + level)
        last = level == levels - 1
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> %s >>" % (
            b"" if last else below
        )
        forms.append(stream(WORDS if last else b"/X Do " * times, about))
    return pdf_of(
        [CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, stream(b"/X Do " * times), FONT, *forms]
    )


def flate(size: int, times: int = 1, sign: bytes = b"0 0 m ") -> bytes:
    raw = b""
    packer = zlib.compressobj(9)
    raw = b"".join([*(packer.compress(sign * (MB // len(sign))) for _ in range(size // MB)), packer.flush()])
    for _ in range(times - 1):
        raw = zlib.compress(raw, 9)
    return raw


FILES: dict[str, Callable[[], bytes]] = {
    "zeros.txt.gz": lambda: packed_zeros(".gz", 1000 * MB),
    "zeros.txt.xz": lambda: packed_zeros(".xz", 1000 * MB),
    "zeros.csv.bz2": lambda: packed_zeros(".bz2", 1000 * MB),
    "lines.csv.gz": lambda: gzip.compress(b"text\n" + (ONE.encode() + b"\n") * 2_500_000),
    "prose.txt.gz": lambda: gzip.compress((ONE.encode() + b"\n") * 250_000),
    "bombs.zip": lambda: as_zip({f"{n}.txt.gz": packed_zeros(".gz", 100 * MB) for n in range(10)}, zipfile.ZIP_STORED),
    "nested.zip": lambda: as_zip({f"{n}.zip": as_zip({"a.txt": b"0" * (900 * MB)}) for n in range(1)}),
    "bomb.zip": lambda: as_zip({"a.csv": GOOD, "b.txt": b"0" * (900 * MB)}),
    "overlap.zip": lambda: overlapping_zip(10_000, 5 * MB),
    "overlap-small.zip": lambda: overlapping_zip(10_000, 50_000),
    "many.zip": lambda: as_zip({f"{n}.txt": b"" for n in range(9_000)}),
    "equal.parquet": lambda: equal_rows(20_000_000),
    "long.parquet": lambda: long_value(200 * MB),
    "wide.parquet": lambda: wide_parquet(2_500),
    "lists.parquet": deep_parquet,
    "far.xlsx": lambda: as_xlsx({"A1": "text", "A2": ONE, "XFD1048576": "x"}),
    "farther.xlsx": lambda: as_sheet('<row r="1">' + cell("ZZZ1048576", "x") + "</row>"),
    "declared.xlsx": lambda: as_sheet(
        f'<row r="1">{cell("A1", "text")}</row><row r="2">{cell("A2", ONE)}</row>', "A1:XFD1048576"
    ),
    "unplaced.xlsx": lambda: as_sheet('<row r="1"><c/></row><row r="1048576">' + "<c/>" * 16_384 + "</row>"),
    "unplaced2.xlsx": lambda: as_sheet(
        '<row r="1"><c t="n"><v>1</v></c></row><row r="1048576">' + '<c t="n"><v>1</v></c>' * 16_384 + "</row>"
    ),
    "attrs.xlsx": lambda: as_sheet(f'<row r="1"><c {" " * 200} t="n" r="XFD1048576"><v>1</v></c></row>'),
    "empty-cells.xlsx": lambda: as_sheet(
        "".join(
            f'<row r="{r}">' + "".join(f'<c r="{c}{r}"/>' for c in "ABCDEFGHIJ") + "</row>" for r in range(1, 60_000)
        )
    ),
    "strings.xlsx": lambda: as_sheet("<row>" + cell("A1", "a" * (90 * MB)) + "</row>"),
    "rows.ods": lambda: as_ods_rows(
        f"<table:table-row>{ods_cell('text')}</table:table-row><table:table-row table:number-rows-repeated='999999999'>{ods_cell(ONE)}</table:table-row>"  # noqa: E501
    ),
    "rows2.ods": lambda: as_ods_rows(
        f"<table:table-row>{ods_cell('text')}</table:table-row><table:table-row table:number-rows-repeated='1000000'>{ods_cell(ONE)}</table:table-row>"  # noqa: E501
    ),
    "columns.ods": lambda: as_ods_rows(
        f"<table:table-row>{ods_cell('text', 'table:number-columns-repeated=' + chr(34) + '999999999' + chr(34))}</table:table-row>"  # noqa: E501
    ),
    "many-rows.ods": lambda: as_ods_rows(
        (
            "<table:table-row table:number-rows-repeated='9000'>"
            + ods_cell("a", "table:number-columns-repeated='1000'")
            + "</table:table-row>"
        )
        * 1000
    ),
    "laughs.docx": lambda: laughing_docx("text"),
    "laughs2.docx": lambda: laughing_docx("attribute"),
    "deep.docx": lambda: as_docx("<w:p>" + "<w:r>" * 500_000),
    "elements.docx": lambda: as_docx("<w:p>" + "<w:r/>" * 17_000_000 + "</w:p>"),
    "bomb.docx": lambda: as_docx(f"<w:p><w:r><w:t>{'0' * (90 * MB)}</w:t></w:r></w:p>"),
    "mimetype.odt": lambda: as_parts({"mimetype": b" " * (100 * MB), "content.xml": "x"}),
    "flate.pdf": lambda: pdf_with(stream(flate(1000 * MB), b"/Filter /FlateDecode")),
    "twice.pdf": lambda: pdf_with(stream(flate(1000 * MB, 2), b"/Filter [/FlateDecode /FlateDecode]")),
    "name.pdf": lambda: pdf_with(stream(flate(1000 * MB), b"/Filter /Fl#61teDecode")),
    "run.pdf": lambda: pdf_with(stream(b"\x81 " * 500_000 + b"\x80", b"/Filter /RunLengthDecode")),
    "pages.pdf": lambda: pdf_of_pages(100_000),
    "empty-pages.pdf": lambda: pdf_of_pages(100_000, b""),
    "cyclic.pdf": cyclic_pdf,
    "deep.pdf": lambda: deep_pdf(900_000),
    "forms.pdf": lambda: pdf_of_forms(8, 10),
    "forms2.pdf": lambda: pdf_of_forms(4, 60),
    "paths.pdf": lambda: pdf_with(stream(b"0 0 m 1 1 l S " * 70_000)),
    "letters.pdf": lambda: pdf_with(stream(b"BT /F 12 Tf " + b"1 1 Td (a) Tj " * 70_000 + b"ET")),
    "saved.pdf": lambda: pdf_with(stream(b"q " * 500_000)),
    "braces.rtf": lambda: b"{\\rtf1 " + b"{" * 500_000 + b"Guards came." + b"}" * 500_001,
    "open.rtf": lambda: b"{\\rtf1 " + b"{\\*" * 330_000,
    "fonts.rtf": lambda: b"{\\rtf1 {\\fonttbl" + b"{\\f0\\fcharset0 A;}" * 50_000 + b"} Guards came.}",
    "fonts2.rtf": lambda: b"{\\rtf1 " + b"{\\fonttbl" * 100_000 + b"} Guards came.}",
    "unicode.rtf": lambda: b"{\\rtf1 \\uc99999999 " + b"\\u9999 ?" * 120_000 + b"}",
    "bin.rtf": lambda: b"{\\rtf1 \\bin99999999999999999999 x" + b"\\'" * 300_000 + b"}",
    "words.rtf": lambda: b"{\\rtf1 " + b"\\par " * 200_000 + b"}",
    "field.rtf": lambda: b"{\\rtf1 " + b"\\cell" * 200_000 + b"}",
    "deep.json": lambda: b"[" * 500_000,
    "deep2.json": lambda: b'{"a":' * 160_000 + b"1" + b"}" * 160_000,
    "closed.json": lambda: b"[" * 500_000 + b"]" * 500_000,
    "number.json": lambda: b'[{"text": "' + ONE.encode() + b'", "n": ' + b"9" * MB + b"}]",
    "zeros.json": lambda: b"[" + b"0," * 500_000 + b"0]",
    "objects.json": lambda: b"[" + b"{}," * 333_000 + b"{}]",
    "keys.json": lambda: json.dumps({f"k{n}": n for n in range(80_000)}).encode(),
    "lists.json": lambda: json.dumps({f"k{n}": [{"text": "a"}] for n in range(45_000)}).encode(),
    "chain.json": lambda: b'{"a":' * 900 + b"[{}]" + b"}" * 900,
    "tiny.jsonl": lambda: b"{}\n" * 333_000,
    "tiny2.jsonl": lambda: b'{"text":1}\n' * 90_000,
    "keys.jsonl": lambda: b"".join(b'{"k%d":1}\n' % n for n in range(75_000)),
    "broken.jsonl": lambda: b"x\n" * 500_000,
    "open.jsonl": lambda: b"[[[[\n" * 200_000,
    "deeper.jsonl": lambda: (b"[" * 900 + b"]" * 900 + b"\n") * 550,
    "many-columns.csv": lambda: b",".join([b"a"] * 500_000) + b"\n" + b",".join([b"b"] * 20),
    "columns2.csv": lambda: b",".join(b"%d" % n for n in range(150_000)) + b"\ntext",
    "columns3.csv": lambda: b"text," + b",".join(b"%d" % n for n in range(140_000)) + b"\n" + ONE.encode(),
    "rows.csv": lambda: b"text\n" + b"a\n" * 500_000,
    "wide-rows.csv": lambda: b"text\n" + b",,,,,a\n" * 150_000,
    "empty.csv": lambda: b"text\n" + b"\n" * MB,
    "commas.csv": lambda: b"text,a\n" + b",\n" * 500_000,
    "quote.csv": lambda: b"text,a,b\n" + b'x,"y,z\n' * 160_000,
    "quote-columns.csv": lambda: b"text," + b"a," * 200 + b'\n"' + b'x,"y' * 200_000,
    "quotes.csv": lambda: b"text,a\n" + b'""' * 500_000,
    "quotes2.csv": lambda: b"text,a\n" + b'"\n' * 500_000,
    "nul.csv": lambda: b"text\n" + b"\0" * MB,
    "nul2.csv": lambda: b"text\n" + ONE.encode() + b"\n" + b"a\0b\n" * 250_000,
    "field.csv": lambda: b'text,date\n"' + b"Guards came to the bridge. " * 40_000 + b'",2012',
    "field2.csv": lambda: b"text,date\n" + b"a" * MB + b",2012",
    "backslash.csv": lambda: b'text,date\n"' + b'\\"' * 500_000,
    "dates.csv": lambda: b"text,date\n" + b"".join(ONE.encode() + b",99999-01-%02d\n" % (n % 30) for n in range(9_000)),
    "dates2.csv": lambda: b"text,date\n" + ONE.encode() + b"," + b"1" * MB,
    "dates3.csv": lambda: b"text,date\n" + ONE.encode() + b"," + b"March 1, " * 110_000,
    "repeats.csv": lambda: b"id,text\n" + b"".join(b"1," + ONE.encode() + b"\n" for _ in range(11_000)),
    "noise.txt": lambda: bytes((n * 7919 + n // 251) % 256 for n in range(MB)),
    "zeros.txt": lambda: b"\0" * MB,
    "lines.txt": lambda: b"\n" * MB,
    "words.txt": lambda: b"a " * 500_000,
}
