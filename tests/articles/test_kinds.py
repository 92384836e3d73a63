"""A file is what it holds, whatever it is called."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.kinds import kind_of
from helpers.articles.load import read_articles
from helpers.articles.sources import READERS, read_files
from tests.articles.made import ONE, PAGE, ROWS, as_csv, as_jsonl, as_parquet, as_zip, reasons, write
from tests.articles.made_office import as_docx, as_open, as_pdf, as_xlsx

TEXT = f"A headline of five words\n\n{ONE}"
HELD = {
    ".rtf": b"{\\rtf1 words}",
    ".html": PAGE.encode(),
    ".docx": as_docx(TEXT),
    ".pdf": b"junk\n" + as_pdf([(60, 700, ONE)]),
    ".xlsx": as_xlsx({"A1": "text", "A2": ONE}),
    ".ods": as_open("spreadsheet", ""),
    ".odt": as_open("text", ""),
    ".parquet": as_parquet(ROWS),
    ".json": as_jsonl(ROWS),
    ".zip": as_zip(a_txt=TEXT),
    ".png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("called", [".txt", ".csv"])
@pytest.mark.parametrize("kind", HELD)
def test_a_file_is_known_by_what_it_holds(called, kind):
    assert kind_of(called, HELD[kind]) == kind


@pytest.mark.parametrize(
    ("called", "raw", "kind"),
    [
        (".txt", TEXT.encode(), ".txt"),
        (".txt", b"", ".txt"),
        (".doc", TEXT.encode(), ".txt"),
        (".doc", HELD[".rtf"], ".rtf"),
        (".xls", as_csv(ROWS, "\t"), ".csv"),
        (".xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le") + b"\0\0", ".xls"),
        (".doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le") + b"\0\0", ".doc"),
        (".msg", b"\xd0\xcf\x11\xe0" + b"\0" * 99, ".msg"),
        (".html", b"<p>part of a page</p>", ".html"),
        (".json", json.dumps(ROWS).encode(), ".json"),
        (".txt", "“{A” begins this text.".encode(), ".txt"),
    ],
)
def test_a_name_is_believed_where_nothing_speaks_against_it(called, raw, kind):
    assert kind_of(called, raw) == kind


def test_wrongly_named_files_of_one_folder_are_read_or_told(tmp_path):
    for number, kind in enumerate([".html", ".docx", ".pdf", ".xlsx", ".json", ".png"]):
        write(tmp_path, f"{number}.txt", HELD[kind])
    write(tmp_path, "6.docx", TEXT)
    write(tmp_path, "7.xlsx", b"")
    articles, left_out = read_articles(tmp_path)
    assert sorted(articles["file"]) == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "4.txt", "6.docx"]
    assert left_out["file"].tolist() == ["5.txt", "7.xlsx"]
    assert ".png" in left_out["why"].iloc[0] and "OCR" in left_out["why"].iloc[0]
    assert "empty" in left_out["why"].iloc[1]


def test_a_file_with_a_password_is_told(tmp_path):
    locked = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    write(tmp_path, "a.docx", locked)
    write(tmp_path, "b.odt", as_open("text", "", **manifest))
    write(tmp_path, "c.ods", as_open("spreadsheet", "", **manifest))
    write(tmp_path, "d.csv", as_csv(ROWS))
    assert [why.partition(".")[0] for _, _, why in reasons(tmp_path)] == ["protected by a password"] * 3


@pytest.mark.parametrize("kind", [".docx", ".xlsx", ".odt", ".ods", ".pdf"])
def test_a_file_cut_short_is_told_and_the_others_are_read(tmp_path, kind):
    write(tmp_path, f"a{kind}", HELD[kind][: len(HELD[kind]) // 3])
    write(tmp_path, "b.csv", as_csv(ROWS))
    articles, left_out = read_articles(tmp_path)
    assert set(articles["file"]) == {"b.csv"}
    assert left_out["file"].tolist() == [f"a{kind}"]
    assert "damaged" in left_out["why"].iloc[0]


@given(st.sampled_from(sorted(set(HELD) & set(READERS))), st.data())
def test_no_damage_ends_the_reading(kind, data):
    raw = bytearray(HELD[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    documents, left_out, _ = read_files([(f"a{kind}", lambda: io.BytesIO(bytes(raw)))])
    assert documents or left_out
