"""The text of Word, OpenOffice and RTF files, read on like a .txt file: one article, or an archive's export of many.

Headers, footers, footnotes and comments are left aside; of changes that are tracked, what was inserted is read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator

from helpers.articles.document import left_out, one_line
from helpers.articles.exports import read_page_as_text
from helpers.articles.kinds import open_parts
from helpers.files.encodings import decode

PARAGRAPHS = {"p", "h"}
UNREAD = {  # what stands within the text of a document and is none of it
    *("del", "moveFrom", "Fallback", "delText", "instrText", "rt"),
    *("tracked-changes", "note", "annotation", "annotation-end", "ruby-text", "sequence-decls"),
}
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-", "s": " "}
HEADLINES = re.compile(r"title|heading 1", re.IGNORECASE)
SEVERAL = "has {} headings of the first level. If they are articles, save each as a file of its own"
NO_TEXT = "no text in it. Type or paste the article, or save it as .txt"
Paragraph = tuple[str, str]  # its style and its words


def read_docx(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The article of a Word file, or the articles of an archive's export as Word."""
    with open_parts(raw) as archive:
        main = _main_part(archive)
        styles = dict(_styles(archive, main))
        found = [(styles.get(style, style), words) for style, words in paragraphs_of(archive, main, only="t")]
    yield from as_text(name, found, columns)


def read_odt(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The article of an OpenOffice or LibreOffice text."""
    with open_parts(raw) as archive:
        refuse_encrypted(archive)
        yield from as_text(name, paragraphs_of(archive, "content.xml"), columns)


def read_rtf(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The article of an RTF file, or the articles of an archive's export as RTF."""
    from striprtf.striprtf import rtf_to_text  # only where there is RTF; so in each reader here

    try:
        text = rtf_to_text(_plain_tables(decode(raw)), errors="replace")
    except (LookupError, OverflowError) as error:
        raise ValueError(f"damaged RTF ({error}). Open it in a word processor and save it as .docx") from error
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    yield from as_text(name, [("", line) for line in text.split("\n")], columns)
    if not raw.rstrip(b"\0 \t\r\n").endswith(b"}"):
        yield left_out(0, "the end is missing: the file was cut short. Save or fetch it again", kept=True)


def as_text(name: str, found: list[Paragraph], columns: dict) -> Iterator[dict]:
    """The documents in these paragraphs, read like those of a .txt file. The headline is the first of its style."""
    if not any(words.strip() for _, words in found):
        raise ValueError(NO_TEXT)
    text = "\n".join(words for _, words in found)
    documents = list(read_page_as_text(name, text.encode(), columns))
    headlines = [" ".join(words.split()) for style, words in found if HEADLINES.fullmatch(style) and words.strip()]
    if len(documents) == 1 and documents[0].get("page") and headlines:
        yield documents[0] | {"title": headlines[0]}
        if len(headlines) > 2:
            yield left_out(0, SEVERAL.format(len(headlines)), kept=True)
        return
    yield from documents


def paragraphs_of(archive: zipfile.ZipFile, part: str, only: str = "") -> list[Paragraph]:
    """The paragraphs of one part of an office file, in order: style and words.

    only    the element that holds the words; "": any within a paragraph
    raises  ValueError if the part is missing or damaged
    """
    found, marks, styles = [], [], {}
    for event, node, kind in elements(archive, part, {*PARAGRAPHS, *UNREAD, "style"}):
        if kind == "style" and event == "end":  # OpenOffice: what a paragraph's own style was made from
            styles[_attribute(node, "name")] = _attribute(node, "parent-style-name")
        elif kind in UNREAD and event == "start":
            marks.append(len(found))
        elif kind in UNREAD:
            del found[marks.pop() :]
            node.clear(keep_tail=True)
        elif kind in PARAGRAPHS and event == "end":
            style = _attribute(node, "style-name") or _style_id(node)
            style = "heading 1" if _attribute(node, "outline-level") == "1" else styles.get(style) or style
            found.append((style, "".join(words_in(node, only))))
            node.clear(keep_tail=True)
    return found


def elements(archive: zipfile.ZipFile, part: str, kinds: set[str]) -> Iterator[tuple]:
    """Each start and end of these elements in a part: event, element, its name without its namespace."""
    from lxml import etree

    if part not in archive.namelist():
        raise ValueError(f"damaged: it has no {part}. Save it as .txt or fetch it again")
    safe = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
    with archive.open(part) as stream:
        try:
            tags = [f"{{*}}{kind}" for kind in sorted(kinds)]
            for event, node in etree.iterparse(stream, events=("start", "end"), tag=tags, **safe):
                yield event, node, etree.QName(node).localname
        except (etree.XMLSyntaxError, zlib.error, zipfile.BadZipFile, EOFError) as error:
            raise ValueError(f"damaged: {part} cannot be read ({one_line(error)}). Save or fetch it again") from error


def refuse_encrypted(archive: zipfile.ZipFile) -> None:
    """Raise ValueError if an OpenOffice file is protected by a password."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise ValueError("protected by a password. Open it and save it without one")


def words_in(node, only: str = "") -> Iterator[str]:
    """The words of a paragraph, piece by piece, its breaks among them."""
    kind = node.tag.rpartition("}")[2]
    if kind == "pPr":  # how a paragraph looks: its tab stops are no tabs
        return
    if kind in BREAKS:
        yield BREAKS[kind]
    elif not only or kind == only:
        yield re.sub(r"\s+", " ", node.text or "") if not only else node.text or ""
    for child in node:
        if isinstance(child.tag, str):  # not an entity, which is never resolved
            yield from words_in(child, only)
        if not only:
            yield re.sub(r"\s+", " ", child.tail or "")


def _attribute(node, name: str) -> str:
    return next((value for key, value in node.items() if key.rpartition("}")[2] == name), "")


def _style_id(paragraph) -> str:
    """Word: the id of a paragraph's style."""
    style = paragraph.find("{*}pPr/{*}pStyle")
    return "" if style is None else _attribute(style, "val")


def _main_part(archive: zipfile.ZipFile) -> str:
    """Word: the part with the text. It has another name where Word for the web wrote it."""
    for event, node, _ in elements(archive, "_rels/.rels", {"Relationship"}):
        if event == "end" and node.get("Type", "").endswith("/officeDocument"):
            return node.get("Target", "").lstrip("/")
    return "word/document.xml"


def _styles(archive: zipfile.ZipFile, main: str) -> Iterator[tuple[str, str]]:
    """Word: the id of each style, which is in the writer's language, and its name, which is in English."""
    part = f"{main.rpartition('/')[0]}/styles.xml"
    for event, node, _ in elements(archive, part, {"style"}) if part in archive.namelist() else ():
        name = node.find("{*}name")
        if event == "end" and name is not None:
            yield _attribute(node, "styleId"), _attribute(name, "val")


def _plain_tables(text: str) -> str:
    """RTF that striprtf reads well: cells with tabs, no addresses of links, fonts by number and character set."""
    from striprtf.striprtf import font_table_group

    text = re.sub(r"(?<!\\)\\cell(?![a-z])", r"\\tab", text.replace("{\\field", "{"))
    fonts = font_table_group(text)
    each = re.split(r"\\f(?=\d)", fonts)
    numbers = [(re.match(r"\d{1,6}", font), re.search(r"\\fcharset(\d{1,3})", font)) for font in each]
    plain = [f"{{\\f{number[0]}\\fcharset{of[1]} x;}}\n" for number, of in numbers if number and of]
    return text.replace(fonts, f"{{\\fonttbl{''.join(plain)}}}", 1) if fonts else text
