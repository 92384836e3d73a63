"""A reader's own articles: every kind of file, columns as people name them, and nothing dropped in silence."""

import gzip
import io
import json
import lzma
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.articles import containers, document
from helpers.articles.cleaning import clean_text
from helpers.articles.dates import NOTHING
from helpers.articles.load import load_articles, read_articles
from helpers.articles.sources import read_source
from helpers.articles.table_rows import has_no_sentence
from tests.articles.made import ONE, PAGE, ROWS, TWO, as_csv, as_jsonl, as_parquet, as_zip, reasons, write


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.csv", as_csv(ROWS)),
        ("a.csv", b"\n\n" + as_csv(ROWS, ";")),
        ("a.CSV", "\ufeff".encode() + as_csv(ROWS)),
        ("a.tsv", as_csv(ROWS, "\t")),
        ("a.jsonl", as_jsonl(ROWS)),
        ("a.ndjson", as_jsonl(ROWS) + b"\n\n"),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.json", json.dumps({"status": "ok", "articles": ROWS}).encode()),
        ("a.json", json.dumps({row["id"]: {"text": row["text"], "date": row["date"]} for row in ROWS}).encode()),
        ("a.json", as_jsonl(ROWS)),
        ("a.json", pd.DataFrame(ROWS).to_json().encode()),
        ("a.json", json.dumps({"hits": {"hits": [{"_id": row["id"], "_source": row} for row in ROWS]}}).encode()),
        ("a.parquet", as_parquet(ROWS)),
        ("a.csv.gz", gzip.compress(as_csv(ROWS))),
        ("a.jsonl.xz", lzma.compress(as_jsonl(ROWS))),
        ("a.zip", as_zip(inner_csv=as_csv(ROWS))),
        ("a.zip", as_zip(one_jsonl_gz=gzip.compress(as_jsonl(ROWS[:1])), two_parquet=as_parquet(ROWS[1:]))),
    ],
)
def test_every_kind_of_table_gives_the_same_articles(tmp_path, name, raw):
    articles, left_out = read_articles(write(tmp_path, name, raw))
    assert articles["article"].tolist() == ["x1", "x2"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["date_precision"].tolist() == ["day", "month"]
    assert articles["label"].tolist() == ["2012-02", "2012-03"]
    assert articles["published_evidence"].iloc[0] == "'2012-02-27' (the column date)"
    assert left_out.empty
    assert [file.name for file in tmp_path.iterdir()] == [name], "nothing is written beside the source"


def test_a_folder_may_mix_kinds_and_what_it_holds_besides_is_told(tmp_path):
    write(tmp_path, "2012/page.html.gz", gzip.compress(PAGE.encode()))
    write(tmp_path, "table.csv", as_csv(ROWS))
    write(tmp_path, "story.txt", f"A headline of five words\n\n{ONE}")
    write(tmp_path, "scan.tif", b"II*\0")
    write(tmp_path, ".DS_Store", b"\0")
    write(tmp_path, "_SUCCESS", b"")
    write(tmp_path, "_notes.tex", b"notes")
    write(tmp_path, "saved.html", PAGE)
    write(tmp_path, "saved_files/frame.html", PAGE)
    articles, left_out = read_articles(tmp_path)
    assert sorted(articles["article"]) == ["2012/page", "saved", "story", "x1", "x2"]
    assert left_out[["file", "row"]].to_numpy().tolist() == [["_notes.tex", 0], ["scan.tif", 0]]
    assert "this kind of file is not read" in left_out["why"].iloc[0]
    pages = articles[articles["file"].str.contains("html")]
    assert set(pages["file"]) == {"2012/page.html.gz", "saved.html"}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.tar.gz", "Unpack it"),
        ("a.7z", "Unpack it"),
        ("a.DOC", "Save it as .docx or .txt"),
        ("a.xlsb", "Save it as .xlsx or .csv"),
        ("a.eml", "Save it as .txt"),
        ("a.mhtml", "Save the page as .html"),
        ("a.xyz", "Save it as one of: .txt, .csv"),
    ],
)
def test_a_kind_that_is_not_read_is_told_with_its_remedy(tmp_path, name, remedy):
    write(tmp_path, "b.jl", as_jsonl(ROWS))
    write(tmp_path, name, gzip.compress(b"x"))
    assert [why.partition(remedy)[:2] for _, _, why in reasons(tmp_path)] == [
        ("this kind of file is not read. ", remedy)
    ]
    assert len(load_articles(tmp_path)) == 2


def test_an_archive_within_an_archive_is_to_be_unpacked(tmp_path):
    file = write(tmp_path, "a.zip", as_zip(b_csv=as_csv(ROWS), c_zip=as_zip(d_csv=as_csv(ROWS))))
    assert reasons(file) == [(0, False, "this kind of file is not read. Unpack it")]


def test_files_that_are_broken_too_large_or_locked_are_told(tmp_path, monkeypatch):
    write(tmp_path, "a.jsonl", as_jsonl(ROWS))
    write(tmp_path, "b.csv.gz", gzip.compress(as_csv(ROWS))[:-20])
    write(tmp_path, "c.zip", b"no archive")
    write(tmp_path, "d.parquet", b"no table")
    write(tmp_path, "e.zip", as_zip(bomb_txt=b"0" * 20_000))
    write(tmp_path, "f.txt.xz", lzma.compress(b"0" * 20_000))
    monkeypatch.setattr(containers, "LIMIT", 10_000)
    articles, left_out = read_articles(tmp_path)
    assert articles["article"].tolist() == ["x1", "x2"]
    assert left_out["file"].tolist() == ["b.csv.gz", "c.zip", "d.parquet", "e.zip/bomb.txt", "f.txt.xz"]
    assert left_out["why"].iloc[3:].str.startswith("larger than").all()


def test_a_broken_articles_csv_in_an_archive_stops_nothing(tmp_path):
    raw = as_zip(articles_csv="article,outlet\na,Daily\n", a_txt=f"A headline of five words\n\n{ONE}")
    articles, left_out = read_articles(write(tmp_path, "a.zip", raw.replace(b"a,Daily", b"a,Dairy")))
    assert articles[["article", "outlet"]].to_numpy().tolist() == [["a", ""]]
    assert left_out["file"].tolist() == ["articles.csv"]
    assert "CRC" in left_out["why"].iloc[0]


def test_a_name_that_points_outside_the_archive_reaches_nothing(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../outside.txt", f"A headline of five words\n\n{ONE}")
    (tmp_path / "deep").mkdir()
    assert load_articles(write(tmp_path / "deep", "a.zip", file.getvalue()))["text"].tolist() == [ONE]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


def test_the_source_is_the_argument_else_the_environment_else_the_seeds(tmp_path, monkeypatch):
    file = write(tmp_path, "a.csv", as_csv(ROWS))
    monkeypatch.setenv("SOURCE", str(file))
    assert len(load_articles()) == 2
    assert len(load_articles(write(tmp_path, "b.csv", as_csv(ROWS[:1])))) == 1
    monkeypatch.setenv("SOURCE", "")
    assert len(load_articles()) == 5


def test_beside_an_articles_csv_only_the_txt_files_are_articles(tmp_path):
    write(tmp_path, "my story.txt", f"A headline of five words\n\n{ONE}")
    write(tmp_path, "sentences.csv", f"article,sentence,text\nmy_story,1,{ONE}\n")
    write(tmp_path, "news.csv", as_csv(ROWS))
    write(tmp_path, "articles.csv", "article,outlet\nmy story,Daily\n")
    articles, left_out = read_articles(tmp_path)
    assert articles[["article", "outlet"]].to_numpy().tolist() == [["my_story", "Daily"]]
    assert left_out["file"].tolist() == ["news.csv"]  # a table of articles; the other is a note about one


def test_an_articles_csv_that_holds_texts_is_a_table_of_articles(tmp_path):
    write(tmp_path, "story.txt", f"A headline of five words\n\n{ONE}")
    write(tmp_path, "articles.csv", as_csv(ROWS))
    assert len(load_articles(tmp_path)) == 3


TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80), min_size=1)


@settings(max_examples=25)
@given(texts=TEXTS, kind=st.sampled_from(["csv", "jsonl", "parquet"]))
def test_any_texts_come_back_as_cleaning_leaves_them_or_are_told_of(tmp_path_factory, texts, kind):
    rows = [{"key": f"k{n}", "text": text} for n, text in enumerate(texts)]
    rows.append({"key": "last", "text": ONE})
    raw = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}[kind](rows)
    articles, left_out = read_articles(write(tmp_path_factory.mktemp("any"), f"a.{kind}", raw))
    said = {row["key"]: row["text"].strip() for row in rows}
    said = {key: "" if text.lower() in NOTHING else document.without_markup(text) for key, text in said.items()}
    wanted = {key: "" if has_no_sentence(text) else clean_text(text)["text"] for key, text in said.items()}
    assert dict(zip(articles["article"], articles["text"], strict=True)) == {k: v for k, v in wanted.items() if v}
    assert (~left_out["kept"]).sum() == sum(not text for text in wanted.values())


def test_a_codebook_and_its_definitions_beside_the_articles_are_no_articles(tmp_path, monkeypatch):
    for name in ("a.txt", "words.csv", "words.md", "notes.md"):
        (tmp_path / name).write_text("Officers stopped two trucks at the bridge.")
    monkeypatch.setenv("CODEBOOK", str(tmp_path / "words.csv"))
    documents, left_out, _ = read_source(tmp_path)
    assert [document["file"] for document in documents] == ["a.txt"]
    assert [fault["file"] for fault in left_out] == ["notes.md"]
