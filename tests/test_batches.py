"""At scale articles come in by the rules by which load_articles reads them, a piece at a time."""

import ast
import io
import json
import lzma
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import batches, scale
from helpers.batches import check_columns, list_files, plan_batches, read_batch
from helpers.corpus import load_articles
from helpers.dates import read_dates
from helpers.run import ROOT
from helpers.scale import code_corpus, read_coded

BOOK = pd.DataFrame([("a", "arms"), ("b", "US")], columns=["frame", "term"])
ARTICLES = [
    {"id": "The Post /1", "published": "2012-03-04", "text": "Peña asked for “arms”; the US, he said, had none."},
    {"id": "7", "published": "2013-05", "text": 'Arms again.\nA "second" line.'},
    {"id": "", "published": "2014", "text": "No arms at all."},
    {"id": "x:y", "published": "", "text": "<p>The US sold arms.</p><p>It did.</p>"},
    {"id": "no text", "published": "2015", "text": " "},
]


def code(source, out, **settings):
    with ThreadPoolExecutor(1) as pool:
        return code_corpus(source, out, pool, codebook=BOOK, **settings)


def csv_of(articles, divider=","):
    sink = io.StringIO()
    pd.DataFrame(articles).to_csv(sink, index=False, sep=divider)
    return sink.getvalue()


def jsonl_of(articles):
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def parquet_of(articles):
    sink = io.BytesIO()
    pd.DataFrame(articles).to_parquet(sink)
    return sink.getvalue()


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
    monkeypatch.setattr(batches, "BATCH", size)
    monkeypatch.setattr(batches, "LARGEST", 1_000_000)
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / file).write_bytes(KINDS[file])
    (file,), _ = list_files(str(tmp_path / "in"))
    parts = [part for batch in plan_batches([file], {}) for part in read_batch(batch, {}, "year")]
    assert len(parts) == 1 if size > 1_000 else size > 1 or max(len(part.texts) for part in parts) == 1
    names = [name for part in parts for name in part.names.to_pylist()]
    loaded = load_articles(tmp_path / "in").set_index("article").loc[names]
    assert len(names) == len(loaded) == 4
    assert [text for part in parts for text in part.texts.to_pylist()] == loaded["received"].tolist()
    assert [year for part in parts for year in part.periods.to_pylist()] == loaded["date"].dt.strftime("%Y").fillna(
        ""
    ).tolist()
    left_out = pa.concat_tables(part.left_out for part in parts).to_pylist()
    row = 6 if file.name.lower().endswith(("csv", "tsv")) else 5
    why = "no text in the column 'text'"
    assert left_out == [{"file": file.name, "row": row, "article": "", "kept": False, "why": why}]


def test_parquet_of_any_type_gives_the_text_that_other_files_give(tmp_path):
    table = {
        "id": pa.array([1330819200.0, None, 12.5]),
        "date": pa.array(["2012", "2013", "2012"]).dictionary_encode(),
        "text": pa.array([["Arms.", "US arms."], ["US."], None]),
    }
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    (tmp_path / "b.jsonl").write_text(jsonl_of(pa.table(table).to_pylist()))
    files, _ = list_files(str(tmp_path))
    (a,), (b,) = (list(read_batch(batch, {}, "year")) for batch in plan_batches(files, {}))
    assert a.names.to_pylist() == ["1330819200", "a-2"]
    assert b.names.to_pylist() == ["1330819200", "b-2"]
    assert a.texts.to_pylist() == b.texts.to_pylist()
    assert a.texts[1].as_py() == "US."
    assert a.periods.to_pylist() == b.periods.to_pylist() == ["2012", "2013"]


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
    with pytest.raises(ValueError, match=r"columns names 'body', which is no field\. Fields are: article, date, text"):
        code(tmp_path / "a.csv", tmp_path / "out", columns={"body": "Volltext"})
    with pytest.raises(ValueError, match="names 'date' twice: it is the same field as 'published'"):
        check_columns({"published": "a", "date": "b"})


NO_DATES = """1330819200 04032012 0403 40972 1234 2200 2012-13 2012-13-01 2012-00-04 2012-02-30 20120230 201203
12/03/2012 2012-03-04/2013-01-01 n/a""".split()
DATES = """20120304 2012 2012.0 2012-3 2012/03/04 2012.3.4 2012-03-04T10:00:00.5Z 2012-03-04T10:00+02:00 201203041530
2012-03-04Z 1500 1812-06-18 2012-03-04T05:00:00+00""".split()


@pytest.mark.parametrize("words", [*NO_DATES, "2012-03-04 and 2013-01-01", "March 4, 2012", ""])
def test_what_is_no_date_that_begins_with_its_year_gives_no_period(words):
    assert [batches._periods(pa.array([words]), period)[0].as_py() for period in ("year", "month")] == ["", ""]


@pytest.mark.parametrize("words", [*DATES, "2012-03-04 10:00", "2012-03-04, 10:00 AM", "2012-03-04 05:00:00+00"])
def test_a_date_gives_the_period_that_read_dates_finds_in_it(words):
    year, month = (batches._periods(pa.array([words]), period)[0].as_py() for period in ("year", "month"))
    read = read_dates(pd.Series([words])).iloc[0]
    assert year == str(read["date"].year)
    assert month == ("" if read["precision"] == "year" else f"{read['date']:%Y-%m}")


@pytest.mark.parametrize("value", [date(2012, 3, 4), datetime(2012, 3, 4, 23), datetime(2012, 3, 4, tzinfo=UTC)])
def test_parquets_own_dates_give_their_month(tmp_path, value):
    pq.write_table(pa.table({"text": ["Arms."] * 2, "date": [value, None]}), tmp_path / "a.parquet")
    code(tmp_path / "a.parquet", tmp_path / "out", period="month")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["2012-03", "2012-03", "", ""]


def test_an_events_date_goes_before_that_of_publication(tmp_path):
    (tmp_path / "a.csv").write_text("text,event date,published\nArms.,2011,2012\nArms.,,2012\nArms.,soon,2012\n")
    code(tmp_path / "a.csv", tmp_path / "out")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["2011", "2011", "2012", "2012", "2012", "2012"]
    assert read_coded(tmp_path / "out", "left_out").empty


def test_dates_that_are_not_understood_are_counted_and_listed(tmp_path):
    dates = ["1330819200", "2012-03-04", "unknown", "04032012", "40972", "1234"]
    pq.write_table(pa.table({"text": ["Arms."] * 6, "date": dates}), tmp_path / "a.parquet", row_group_size=2)
    with pytest.warns(UserWarning, match=r"a.parquet: faults in what is kept: 4 \(row 1: the date '1330819200' gives"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    left_out = read_coded(tmp_path / "out", "left_out")
    assert left_out["row"].tolist() == [1, 4, 5, 6]
    assert left_out["article"].tolist() == ["a-1", "a-4", "a-5", "a-6"]
    assert left_out["kept"].all()
    assert left_out["why"].iloc[0] == "the date '1330819200' gives no year: write 2012-02-27, 2012-02 or 2012"
    assert read_coded(tmp_path / "out").drop_duplicates("article")["period"].tolist() == ["", "2012", "", "", "", ""]


def test_broken_rows_are_told_by_file_and_row_and_the_rest_is_kept(tmp_path):
    (tmp_path / "in").mkdir()
    rows = [{"text": "Arms.", "article": number, "date": 2012} for number in range(3)]
    (tmp_path / "in" / "a.jsonl").write_text(jsonl_of(rows[:2]) + '{"text": "x\n' + jsonl_of(rows[2:]))
    (tmp_path / "in" / "b.csv").write_text("text,date\nOne, two, arms.,2012\nArms.,2012\n")
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
    (tmp_path / "in" / "b.csv").write_text("body of text\nArms.\n")
    (tmp_path / "in" / "c.jsonl.xz").write_bytes(lzma.compress(b'{"text": "Arms."}\n')[:-9])
    (tmp_path / "in" / "d.parquet").write_bytes(parquet_of(ARTICLES[:2]))
    (tmp_path / "in" / "e.parquet").write_bytes(parquet_of([{"words": "Arms."}]))
    with pytest.warns(UserWarning) as warned:
        table = code(tmp_path / "in", tmp_path / "out")
    named = [str(warning.message).partition("): ")[0].rpartition("/")[2] for warning in warned]
    assert named == ["a.parquet", "b.csv", "c.jsonl.xz", "e.parquet"]
    assert table["fault"].str.contains("Mend the file, write it anew or take it away|columns={").sum() == 4
    assert read_coded(tmp_path / "out", partial=True)["article"].unique().tolist() == ["The_Post_/1", "d-7"]
    with pytest.raises(ValueError, match=r"a.parquet: .*Mend the file, write it anew or take it away\."):
        code(tmp_path / "in" / "a.parquet", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_files_not_read_are_named_but_for_those_of_the_system(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ["a.csv", "a.txt", "b.json", "c.zip", "d.html", ".DS_Store", "._a.csv"]:
        (folder / name).write_text("text\nArms.\n")
    with pytest.warns(
        UserWarning, match=r"^not read: a\.txt, b\.json, c\.zip and 1 more\. code_corpus reads \.parquet"
    ):
        table = code(folder, tmp_path / "out")
    assert table["name"].tolist() == ["a.csv"]
    with pytest.raises(FileNotFoundError, match=r"no file that ends in \.parquet, .*There are: a\.txt\."):
        code(folder / "a.txt", tmp_path / "other")
    code(f"{tmp_path}/i*/a.c*", tmp_path / "pattern")
    assert read_coded(tmp_path / "pattern")["article"].tolist() == ["in/a-2"] * 2


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
        r"^names that stand more than once: 2\. 'same_id' in a\.parquet, b\.parquet; 'z' in c\.parquet\. All are kept"
    )
    with pytest.warns(UserWarning, match=said):
        code(tmp_path / "in", tmp_path / "out")
    assert len(read_coded(tmp_path / "out")) == 14


def test_a_mark_that_is_never_closed_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 100)
    (tmp_path / "a.csv").write_text('text\nArms.\n"Arms' + "\nMore of them." * 200)
    with pytest.warns(UserWarning, match="never closed in the row that begins '\"Arms.*Close it or take it away"):
        code(tmp_path / "a.csv", tmp_path / "out")


def test_the_rules_are_all_modules_on_which_the_output_depends():
    """What they import is one of them, or has no say: it checks tables, reads codebooks or cleans pages."""
    no_say = {"tables", "codebook_formats", "cleaning"}
    for name in scale.RULES:
        tree = ast.parse((ROOT / "helpers" / f"{name}.py").read_text("utf-8"))
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        imported = {module.removeprefix("helpers.") for module in modules if module.startswith("helpers.")}
        assert imported <= no_say | set(scale.RULES), name


def test_quotation_marks_of_the_texts_own_shift_no_rows_of_later_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 300)
    said = ['"' * (number in (3, 20)) + f"Arms number {number} are sold again and again" for number in range(40)]
    (tmp_path / "a.tsv").write_text("text\tdate\n" + "".join(f"{text}\t2012\n" for text in said))
    code(tmp_path / "a.tsv", tmp_path / "out")
    names = read_coded(tmp_path / "out")["article"].drop_duplicates().tolist()
    assert names == sorted(load_articles(tmp_path / "a.tsv")["article"], key=names.index)
    assert len(names) == 40


def test_names_are_no_texts(tmp_path):
    table = {"article": ["x0", "arms-1"], "date": ["2012"] * 2, "Volltext": ["The US sold arms."] * 2}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match="left out: 2"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    assert read_coded(tmp_path / "out").empty


def test_what_was_written_into_the_source_is_no_article_and_the_run_goes_on(tmp_path):
    (tmp_path / "a.csv").write_text("text\nArms.\n")
    code(tmp_path, tmp_path / "coded" / "one")
    code(tmp_path, tmp_path / "coded" / "one")
    code(tmp_path, tmp_path / "coded" / "two")
    assert read_coded(tmp_path / "coded" / "two")["article"].tolist() == ["a-2"] * 2


@pytest.mark.parametrize("name", ["b.jsonl", "b.csv"])
def test_an_empty_file_is_left_out_and_the_rest_can_be_read(tmp_path, name):
    (tmp_path / "a.csv").write_text("text\nArms.\n")
    (tmp_path / name).write_text("")
    with pytest.warns(UserWarning, match=f"{name}: left out: 1 .no rows with named values"):
        code(tmp_path, tmp_path / "out")
    assert read_coded(tmp_path / "out")["article"].tolist() == ["a-2"] * 2
