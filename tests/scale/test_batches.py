"""At scale articles come in by the rules by which load_articles reads them, a piece at a time."""

import json
import lzma
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.articles.load import load_articles, read_articles
from helpers.articles.mending import mend
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS
from helpers.scale import code_corpus, read_coded, work
from helpers.scale.batches import check_columns, plan_batches, read_batch
from helpers.scale.source_files import list_files
from helpers.text.split import split_sentences
from tests.scale.made import ARTICLES, BOOK, code, csv_of, jsonl_of, parquet_of

KINDS = {
    "1.csv": csv_of(ARTICLES).encode("utf-8-sig"),
    "2.csv": csv_of(ARTICLES, ";").encode("cp1252"),
    "3.csv": csv_of(ARTICLES, "\t").encode("utf-16"),
    "4.csv": csv_of(ARTICLES).replace("\n", "\r").encode(),
    "5.TSV": csv_of(ARTICLES, "\t").encode(),
    "6.jsonl": jsonl_of(ARTICLES).encode(),
    "7.ndjson.xz": lzma.compress(jsonl_of(ARTICLES).encode("utf-16")),
    "8.parquet": parquet_of(ARTICLES),
}


@pytest.mark.parametrize("file", KINDS)
@pytest.mark.parametrize("size", [1, 100, 12_000_000])
def test_the_same_articles_come_in_as_by_load_articles(tmp_path, monkeypatch, file, size):
    """Names, texts, years and what is left out, whatever the size of a piece."""
    monkeypatch.setattr(work, "BATCH", size)
    monkeypatch.setattr(work, "LARGEST", 1_000_000)
    monkeypatch.setattr(work, "LONGEST", 1_000_000)
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / file).write_bytes(KINDS[file])
    (file,), _ = list_files(str(tmp_path / "in"))
    parts = [part for batch in plan_batches([file], {}) for part in read_batch(batch, {}, "year")]
    assert len(parts) == 1 if size > 1_000 else size > 1 or max(len(part.texts) for part in parts) == 1
    names = [name for part in parts for name in part.names.to_pylist()]
    loaded = load_articles(tmp_path / "in").set_index("article").loc[names]
    assert len(names) == len(loaded) == 4
    assert [text for part in parts for text in part.texts.to_pylist()] == list(map(mend, loaded["received"]))
    assert [year for part in parts for year in part.periods.to_pylist()] == loaded["date"].dt.strftime("%Y").fillna(
        ""
    ).tolist()
    left_out = pa.concat_tables(part.left_out for part in parts).to_pylist()
    row = 6 if file.name.lower().endswith(("csv", "tsv")) else 5
    why = "no text in the column 'text'"
    assert left_out == [{"file": file.name, "row": row, "article": "", "kept": False, "why": why}]


@pytest.mark.parametrize("file", ["a.parquet", "a.jsonl"])
def test_what_stands_for_nothing_is_no_text_name_or_date(tmp_path, file):
    said = [("nan", "N/A", "2012", "Arms."), ("b", "unknown", "2013", "NA"), ("c", "2014", "", "Null and void.")]
    rows = [dict(zip(("id", "event", "published", "text"), row, strict=True)) for row in said]
    (tmp_path / file).write_bytes(parquet_of(rows) if file == "a.parquet" else jsonl_of(rows).encode())
    files, _ = list_files(str(tmp_path))
    (part,) = (part for batch in plan_batches(files, {}) for part in read_batch(batch, {}, "year"))
    assert part.names.to_pylist() == ["a-1", "c"]
    assert part.texts.to_pylist() == ["Arms.", "Null and void."]
    assert part.periods.to_pylist() == ["2012", "2014"]
    assert load_articles(tmp_path / file)["article"].tolist() == part.names.to_pylist()


def test_a_row_takes_what_it_lacks_from_the_next_column_that_may_hold_it(tmp_path):
    table = {"text": ["Arms.", ""], "date": ["", "2013"], "published": ["2012", None]}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    pq.write_table(pa.table(table | {"body": ["", "US arms."]}), tmp_path / "b.parquet")
    pq.write_table(pa.table(table | {"body": ["Other arms.", "US arms."]}), tmp_path / "c.parquet")
    files, _ = list_files(str(tmp_path))
    _, b, c = plan_batches(files, {})
    (articles,) = read_batch(b, {}, "year")
    assert articles.texts.to_pylist() == ["Arms.", "US arms."]
    assert articles.periods.to_pylist() == ["2012", "2013"]
    with pytest.raises(ValueError, match="the columns 'text' and 'body' could both be the text"):
        list(read_batch(c, {}, "year"))


def test_columns_are_told_by_the_keys_of_load_articles_or_by_those_of_the_tables(tmp_path):
    pd.DataFrame([("h", "Arms.", "2012-03-04")], columns=["Kopf", "Volltext", "Datum"]).to_csv(tmp_path / "a.csv")
    for number, (name, date_) in enumerate([("id", "published"), ("article", "date")]):
        columns = {"text": "Volltext", name: "Kopf", date_: "Datum"}
        code(tmp_path / "a.csv", tmp_path / f"out{number}", columns=columns)
        assert read_coded(tmp_path / f"out{number}")[["article", "period"]].to_numpy().tolist() == [["h", "2012"]] * 2
    with pytest.raises(ValueError, match=r"columns names 'body'.* Fields are: article, date, text"):
        code(tmp_path / "a.csv", tmp_path / "out", columns={"body": "Volltext"})
    with pytest.raises(ValueError, match="gives 'date' twice: it is the same field as 'published'"):
        check_columns({"published": "a", "date": "b"})


def test_broken_rows_are_told_by_file_and_row_and_the_rest_is_kept(tmp_path):
    (tmp_path / "in").mkdir()
    rows = [{"text": "Arms.", "article": number, "date": 2012} for number in range(3)]
    (tmp_path / "in" / "a.jsonl").write_text(jsonl_of(rows[:2]) + '{"text": "x\n' + jsonl_of(rows[2:]), "utf-8")
    (tmp_path / "in" / "b.csv").write_text("text,date\nOne, two, arms.,2012\nArms.,2012\n", "utf-8")
    with pytest.warns(UserWarning) as warned:
        code(tmp_path / "in", tmp_path / "out")
    first, second = (str(warning.message) for warning in warned)
    assert first.startswith("a.jsonl: left out: 1 (row 3: not JSON")
    assert second.startswith("b.csv: left out: 1 (row 2: 4 values under 2 columns")
    frames = read_coded(tmp_path / "out").drop_duplicates("article")
    assert frames["article"].tolist() == ["a-0", "a-1", "a-2", "b-3"]
    assert frames["period"].eq("2012").all()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_kept(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.parquet").write_bytes(b"PAR1 torn")
    (tmp_path / "in" / "b.csv").write_text("body of text\nArms.\n", "utf-8")
    (tmp_path / "in" / "c.jsonl.xz").write_bytes(lzma.compress(b'{"text": "Arms."}\n')[:-9])
    (tmp_path / "in" / "d.parquet").write_bytes(parquet_of(ARTICLES[:2]))
    (tmp_path / "in" / "e.parquet").write_bytes(parquet_of([{"words": "Arms."}]))
    with pytest.warns(UserWarning) as warned:
        table = code(tmp_path / "in", tmp_path / "out")
    named = [str(warning.message).partition("): ")[0].rpartition("/")[2] for warning in warned]
    assert named == ["a.parquet", "b.csv", "c.jsonl.xz", "e.parquet"]
    assert table["fault"].str.contains("Repair the file|columns={").sum() == 4
    assert read_coded(tmp_path / "out", partial=True)["article"].unique().tolist() == ["The_Post_/1", "d-7"]
    with pytest.raises(ValueError, match=r"a.parquet: .*Repair the file"):
        code(tmp_path / "in" / "a.parquet", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_the_seeds_have_the_same_hits_as_everywhere(tmp_path, articles):
    with ThreadPoolExecutor(1) as pool:
        table = code_corpus(SEEDS, tmp_path / "out", pool, hits=True)
    hits = find_hits(split_sentences(articles), load_codebook())
    assert table["name"].tolist() == ["000_e30e53e14ba18f5f.txt"]
    columns = hits.columns.tolist()
    found = read_coded(tmp_path / "out", "hits").sort_values(["article", "sentence", "start"])
    told = hits.sort_values(["article", "sentence", "start"])
    assert found[columns].astype(str).to_numpy().tolist() == told[columns].astype(str).to_numpy().tolist()
    periods = read_coded(tmp_path / "out").drop_duplicates("article").set_index("article")["period"]
    assert periods.to_dict() == dict(zip(articles["article"], articles["date"].dt.strftime("%Y"), strict=True))


PAGE = "<html><head><title>T</title></head><body><article>" + "<p>US arms go south, officials said. {}</p>" * 4
JUDGED = "article,published\nb,2012-03-04\nsub/c,2013-05\n"


@pytest.fixture
def saved(tmp_path):
    """Pages in a folder, in another some that an articles.csv judges, and a file of articles."""
    files = {"pages/a.html": PAGE, "pages/d.json": json.dumps([{"id": "j1", "text": "US arms.", "date": "2014-01-02"}])}
    files |= {
        "pages/e.htm": "",
        "judged/articles.csv": JUDGED,
        "judged/notes.md": "x",
        "judged/more.csv": "text\narms\n",
    }
    files |= {"judged/b.txt": "US arms are many.\nThe US sold arms.", "judged/sub/c.txt": "No arms came here today."}
    for name, words in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(words, "utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize("size", [1, work.BATCH])
def test_pages_come_in_as_load_articles_reads_them(saved, tmp_path, monkeypatch, size):
    """In one batch or in as many as there are files."""
    monkeypatch.setattr(work, "BATCH", size)
    with pytest.warns(UserWarning, match="left out: 1"):
        table = code(saved, tmp_path / "out", period="month", hits=True)
    assert len(table) == (1 if size > 1 else 5)
    articles, left_out = read_articles(saved)
    assert articles["article"].tolist() == ["judged/b", "judged/sub/c", "j1", "pages/a"]
    hits = find_hits(split_sentences(articles), BOOK)
    found = read_coded(tmp_path / "out", "hits")
    assert sorted(found.astype(str).to_numpy().tolist()) == sorted(hits[found.columns].astype(str).to_numpy().tolist())
    periods = read_coded(tmp_path / "out").drop_duplicates("article").set_index("article")["period"]
    assert periods.to_dict() == {"judged/b": "2012-03", "judged/sub/c": "2013-05", "j1": "2014-01", "pages/a": ""}
    told = read_coded(tmp_path / "out", "left_out")
    assert told.to_dict("records") == left_out.to_dict("records")
    assert told["file"].tolist() == ["pages/e.htm"]


def test_a_date_that_an_articles_csv_gives_wrongly_is_told_by_its_file_and_line(saved, tmp_path):
    (saved / "judged" / "articles.csv").write_text(JUDGED.replace("2013-05", "2013-55"), "utf-8")
    with pytest.warns(UserWarning, match=r"in/judged/articles\.csv, line 3: published is '2013-55'"):
        code(saved, tmp_path / "out")


def test_another_articles_csv_makes_other_articles(saved, tmp_path):
    code(saved / "judged", tmp_path / "out")
    (saved / "judged" / "articles.csv").write_text(JUDGED.replace("2012", "2011"), "utf-8")
    with pytest.raises(ValueError, match="was made with other articles"):
        code(saved / "judged", tmp_path / "out")


@pytest.mark.parametrize("file", ["a.parquet", "a.jsonl"])
def test_texts_that_newsapi_cut_short_are_told_and_its_note_is_no_text(tmp_path, file):
    rows = [
        {"text": text} for text in ["US arms… [+3012 chars]", "Arms [1 chars]", "[+7 chars]", "x" + " " * 200_000 + "y"]
    ]
    (tmp_path / file).write_bytes(parquet_of(rows) if file == "a.parquet" else jsonl_of(rows).encode())
    with pytest.warns(UserWarning):
        code(tmp_path, tmp_path / "out")
    assert read_coded(tmp_path / "out").drop_duplicates("article")["words"].tolist() == [2, 3, 2]
    left_out = read_coded(tmp_path / "out", "left_out")
    pd.testing.assert_frame_equal(
        left_out.drop(columns="article"), read_articles(tmp_path / file)[1].drop(columns="article")
    )
    assert left_out["row"].tolist() == [1, 3, 3]


def test_a_file_without_rows_is_no_fault(tmp_path):
    pq.ParquetWriter(tmp_path / "a.parquet", pa.schema([("text", pa.string())])).close()
    pq.write_table(pa.table({"text": ["Arms."]}), tmp_path / "b.parquet")
    code(tmp_path / "a.parquet", tmp_path / "one")
    assert read_coded(tmp_path / "one").empty
    assert len(code(f"{tmp_path}/*.parquet", tmp_path / "two")) == 1


def test_names_that_several_articles_have_are_told_with_their_files(tmp_path):
    (tmp_path / "in").mkdir()
    for file, ids in {"a": ["x", "same id", "1"], "b": ["same id", "1"], "c": ["z", "z"]}.items():
        pq.write_table(pa.table({"id": ids, "text": ["Arms."] * len(ids)}), tmp_path / "in" / f"{file}.parquet")
    said = (
        r"^names that several articles have: 2\. 'same_id' in a\.parquet, b\.parquet; 'z' in c\.parquet\. All are kept"
    )
    with pytest.warns(UserWarning, match=said):
        code(tmp_path / "in", tmp_path / "out")
    assert len(read_coded(tmp_path / "out")) == 14


def test_names_are_no_texts(tmp_path):
    table = {"article": ["x0", "arms-1"], "date": ["2012"] * 2, "Wortlaut": ["The US sold arms."] * 2}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match="left out: 2"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    assert read_coded(tmp_path / "out").empty


@pytest.mark.parametrize("name", ["b.jsonl", "b.csv"])
def test_an_empty_file_is_left_out_and_the_rest_can_be_read(tmp_path, name):
    (tmp_path / "a.csv").write_text("text\nArms.\n", "utf-8")
    (tmp_path / name).write_text("", "utf-8")
    with pytest.warns(UserWarning, match=f"{name}: left out: 1 .no rows with named values"):
        code(tmp_path, tmp_path / "out")
    assert read_coded(tmp_path / "out")["article"].tolist() == ["a-2"] * 2
