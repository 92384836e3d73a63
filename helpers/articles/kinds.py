"""What kind a file is: by its first bytes, not by its name."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from helpers.files.bounds import OFFICE, refuse_more

HEAD = 4096  # bytes at the beginning of a file that are looked at
SIGNS = {  # how files of a kind begin
    b"{\\rtf": ".rtf",
    b"PK\3\4": ".zip",
    b"PK\5\6": ".zip",
    b"\xd0\xcf\x11\xe0": ".doc",
    b"PAR1": ".parquet",
    b"MIME-Version:": ".mht",
    b"\x1f\x8b": ".gz",
    b"\xfd7zXZ": ".xz",
    b"7z\xbc\xaf": ".7z",
    b"Rar!": ".rar",
    b"SQLite format 3": ".sqlite",
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
}
PARTS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}  # folders in the files of Microsoft Office
STATED = {  # what the files of OpenOffice and e-books say of themselves
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,99}>\s{0,99})?(?:<!--.{0,999}?-->\s{0,99}){0,9}<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
OBJECTS = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,99}(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{1,99}"\s{0,9}:')
TEXTS = (".txt", ".csv", ".tsv", ".tab")
DOCUMENTS, SHEETS = (".docx", ".doc", ".odt", ".rtf"), (".xlsx", ".xlsm", ".xls", ".ods")


def kind_by_sign(suffix: str, head: bytes) -> str:
    """The kind of a file by its first kilobyte or more: that of its name, unless it begins like another kind.

    suffix  what its name ends in, with the point, in small letters
    """
    if sign := next((kind for mark, kind in SIGNS.items() if head.startswith(mark)), ""):
        return sign
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if suffix not in (*TEXTS, *DOCUMENTS, *SHEETS, ""):
        return suffix
    if PAGE.match(head):
        return ".html"
    if suffix in TEXTS and OBJECTS.match(head):
        return ".json"
    if head and b"\0" not in head:  # plain text in spite of its name
        return {**dict.fromkeys(DOCUMENTS, ".txt"), **dict.fromkeys(SHEETS, ".csv")}.get(suffix, suffix)
    return suffix


def kind_of(suffix: str, raw: bytes) -> str:
    """The kind of a file by all of its bytes: an archive may be an office file, and so may one of the old Office.

    raises  ValueError if it is protected by a password, damaged or empty
    """
    kind = kind_by_sign(suffix, raw[:HEAD])
    if not raw and suffix not in TEXTS:
        raise ValueError("an empty file of 0 bytes. Save or fetch it again")
    if kind == ".zip":
        return _kind_of_archive(raw)
    if kind == ".doc" and raw.startswith(b"\xd0"):
        return _kind_of_old_office(suffix, raw)
    return kind


def _kind_of_archive(raw: bytes) -> str:
    with open_parts(raw) as archive:
        names = archive.namelist()
        stated = archive.open("mimetype").read(99) if "mimetype" in names else b""
    by_part = next((kind for part, kind in PARTS.items() if any(name.startswith(part) for name in names)), ".zip")
    return STATED.get(stated.strip(), by_part)


def _kind_of_old_office(suffix: str, raw: bytes) -> str:
    """Word, Excel or Outlook of before 2007, all in one kind of container; or a newer file that is encrypted in one."""
    if _named("EncryptedPackage") in raw:
        raise ValueError("protected by a password. Open it and save it without one")
    if _named("Workbook") in raw or _named("Book") in raw:
        return ".xls"
    return suffix if suffix == ".msg" else ".doc"


def _named(part: str) -> bytes:
    return part.encode("utf-16-le") + b"\0\0"


def open_parts(raw: bytes) -> zipfile.ZipFile:
    """An office file as the archive of its parts.

    raises  ValueError if it is damaged, or would unpack to more than it may
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        raise ValueError("damaged or cut short: its list of parts is missing. Save or fetch it again") from error
    refuse_more(sum(part.file_size for part in archive.infolist()), len(raw), "Save it as .txt or .csv", OFFICE)
    return archive


def suffix_of(name: str | PurePosixPath) -> str:
    """What a file's name ends in, in small letters."""
    return PurePosixPath(name).suffix.lower()
