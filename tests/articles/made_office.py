"""Small files of Word, OpenOffice, Excel and PDF, written part by part."""

import io
import zipfile
import zlib

OFFICE = "http://schemas.openxmlformats.org"
RELATED = (
    f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/{{kind}}" Target="{{target}}"/></Relationships>'
)
TYPES = (
    f'<Types xmlns="{OFFICE}/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def as_parts(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def as_docx(body, styles="", main="word/document.xml"):
    """A Word file: its paragraphs as they are in the file, or as plain text, one a line."""
    body = body if body.startswith("<") else "".join(map(paragraph, body.split("\n")))
    space = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:mc="{OFFICE}/markup-compatibility/2006"'
    return as_parts(
        {
            "_rels/.rels": RELATED.format(kind="officeDocument", target=main),
            main: f"<w:document {space}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
        }
    )


def paragraph(words, style=""):
    """A paragraph of Word."""
    style = f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:pos="9"/></w:tabs></w:pPr>' if style else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def as_open(kind, body, **more):
    """A file of OpenOffice: text or spreadsheet."""
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    return as_parts({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content} | more)


def as_xlsx(*sheets):
    """An Excel file; each sheet is a dict of cells: {"A1": "text", "B2": 40972}. Numbers in column D are dates."""
    main, relationships = f"{OFFICE}/spreadsheetml/2006/main", f"{OFFICE}/officeDocument/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    book = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    to = "".join(f'<Relationship Id="r{n}" Type="{relationships}/worksheet" Target="s{n}.xml"/>' for n in numbers)
    related = f"{OFFICE}/package/2006/relationships"
    styles = f'<Relationship Id="r0" Type="{relationships}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATED.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relationships}"><sheets>{book}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{related}">{to}{styles}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, cells in zip(numbers, sheets, strict=True):
        rows = "".join(f'<row r="{at.lstrip("ABCDEFGHX")}">{_cell(at, value)}</row>' for at, value in cells.items())
        parts[f"xl/s{number}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    return as_parts(parts)


def _cell(at, value):
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{at}" s="{int(at.startswith("D"))}"><v>{value}</v></c>'


def as_pdf(*pages, packed=True):
    """A PDF; each page is a list of words with their place: (x, y, words) or (x, y, words, size)."""
    streams = [_drawn(page) if isinstance(page, list) else page for page in pages]
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
    kids = b" ".join(b"%d 0 R" % (2 * n + 3) for n in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)]
    for number, stream in enumerate(streams):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources%s>>"
        objects.append(page % (2 * number + 4, font))
        raw = zlib.compress(stream) if packed else stream
        how = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(raw), how, raw))
    file, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _drawn(page):
    signs = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
    lines = [(*line, 10)[:4] for line in page]
    drawn = (f"BT /F1 {size} Tf {x} {y} Td ({words.translate(signs)}) Tj ET" for x, y, words, size in lines)
    return "\n".join(drawn).encode("cp1252")
