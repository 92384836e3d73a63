"""At scale articles come in by the rules by which load_articles reads them, a piece at a time."""

import io
import json
import lzma
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from unittest.mock import patch

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.dates import read_dates
from helpers.articles.load import load_articles, read_articles
from helpers.articles.mending import mend
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS
from helpers.scale import code_corpus, pieces, read_coded, work
from helpers.scale.batches import check_columns, plan_batches, read_batch
from helpers.scale.layout import periods_of
from helpers.scale.mending import mend_texts
from helpers.scale.source_files import list_files
from helpers.text.split import split_sentences

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


@pytest.mark.parametrize("kind", [parquet_of, lambda rows: jsonl_of(rows).encode()])
def test_stray_spaces_invisible_signs_and_wrong_decodings_hide_no_hit(tmp_path, kind):
    texts = ["US\u00a0 arms.", "<p>US&nbsp;arms.</p>", "US ar\u00adms.", "US\u200b arms.", "US  arms.", "US\tarms."]
    texts += [
        "US\x0barms.",
        "US arms &#8212; now.",
        "Pe\u00c3\u00b1a: US arms.",
        "US arms\u2028US arms.",
        "Plain US arms.",
    ]
    name = "a.parquet" if kind is parquet_of else "a.jl"
    (tmp_path / name).write_bytes(kind([{"id": f"x{n}", "text": text} for n, text in enumerate(texts)]))
    book = pd.DataFrame([("a", "US arms"), ("b", "Peña")], columns=["frame", "term"])
    with ThreadPoolExecutor(1) as pool:
        code_corpus(tmp_path, tmp_path / "out", pool, codebook=book, hits=True)
    hits = find_hits(split_sentences(load_articles(tmp_path / name)), book)
    found, columns = read_coded(tmp_path / "out", "hits"), ["article", "sentence", "frame", "term", "words"]
    assert sorted(found[columns].astype(str).to_numpy().tolist()) == sorted(
        hits[columns].astype(str).to_numpy().tolist()
    )
    assert hits["article"].nunique() == len(texts)


SIGNS = [
    *"aZ éñ“”’—<.&;",
    *"\u00a0\t\n\x1b\x0b\x85\u200b\u2028\u0301\u00adﬁ．",
    "  ",
    "&amp;",
    "Ã©",
    "â€™",
    "‚Äô",
    "√©",
    "ðŸ˜€",
    "È™",
    "Ê»",
    "ï»¿",
    "Â ",
    "a\rb",
    " \r\n",
]


@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)), st.sampled_from([1, 2, 7, pieces.STEP]))
def test_texts_are_mended_as_cleaning_does(texts, step):
    texts = [text.strip() for text in texts]
    with patch.object(pieces, "STEP", step):
        mended = mend_texts(pa.array(texts, pa.string())).to_pylist()
    assert mended == list(map(mend, texts))


def test_signs_of_every_script_are_mended_as_cleaning_does():
    codes = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0x11000, 0x12000), *range(0x1D100, 0x1D200), 0x2F800]
    texts = [f"a{chr(code)}b" for code in codes] + ["ка́к", "شَّ", "וּׁ", "ア゚", "각ᆨ"]
    assert mend_texts(pa.array(texts)).to_pylist() == list(map(mend, texts))


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


NO_DATES = """04032012 0403 40972 1234 2200 2012-13 2012-13-01 2012-00-04 2012-02-30 20120230 201203 12/03/2012
03–04–2012 25/04/12 10:00:00 2012-03-04/2013-01-01 n/a""".split()
DATES = """20120304 2012 2012.0 2012-3 2012/03/04 2012.3.4 2012-03-04T10:00:00.5Z 2012-03-04T10:00+02:00 201203041530
2012-03-04Z 1500 1812-06-18 2012-03-04T05:00:00+00 2012,02,27 2012–02–27 25/04/2012 04.04.2012 6/2012 1330819200
1330819200000""".split()
SPELLED = [
    "March 4, 2012",
    "March 2012",
    "Mon, 27 Feb 2012 10:00:03 GMT",
    "Mon Feb 27 10:00:03 +0000 2012",
    "Published: March 5, 2012 at 10:15 a.m. EST",
    "27 de febrero de 2012, 5:30pm",
    "04/25/2012 10:00 PM",
]


@pytest.mark.parametrize("words", [*NO_DATES, "2012-03-04 10:00 and 2013-01-01 10:00", "soon", ""])
def test_what_does_not_say_its_day_by_itself_gives_no_period(words):
    """Not even where another date shows whether the day stands first: that may be in another piece of work."""
    for period in ("year", "month"):
        assert periods_of(pa.array([words, "25/04/2012"]), period)[0].as_py() == ""


@pytest.mark.parametrize(
    "words", [*DATES, *SPELLED, "2012-03-04 10:00", "2012-03-04, 10:00 AM", "2012-03-04 05:00:00+00"]
)
def test_a_date_gives_the_period_that_read_dates_finds_in_it(words):
    year, month = (periods_of(pa.array([words]), period)[0].as_py() for period in ("year", "month"))
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
    dates = ["12/03/2012", "2012-03-04", "unknown", "04032012", "40972", "1234"]
    pq.write_table(pa.table({"text": ["Arms."] * 6, "date": dates}), tmp_path / "a.parquet", row_group_size=2)
    with pytest.warns(UserWarning, match=r"kept in spite of a fault: 4 \(row 1: the date .12/03/2012. gives"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    left_out = read_coded(tmp_path / "out", "left_out")
    assert left_out["row"].tolist() == [1, 4, 5, 6]
    assert left_out["article"].tolist() == ["a-1", "a-4", "a-5", "a-6"]
    assert left_out["kept"].all()
    assert left_out["why"].iloc[0] == "the date '12/03/2012' gives no year: write 2012-02-27, 2012-02 or 2012"
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
    assert table["fault"].str.contains("Repair the file|columns={").sum() == 4
    assert read_coded(tmp_path / "out", partial=True)["article"].unique().tolist() == ["The_Post_/1", "d-7"]
    with pytest.raises(ValueError, match=r"a.parquet: .*Repair the file"):
        code(tmp_path / "in" / "a.parquet", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_files_not_read_are_named_but_for_those_of_the_system(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ["a.csv", "a.docx", "b.pdf", "c.zip", "d.epub", ".DS_Store", "._a.csv"]:
        (folder / name).write_text("text\nArms.\n")
    with pytest.warns(
        UserWarning, match=r"^not read: a\.docx, b\.pdf, c\.zip and 1 more\. code_corpus reads \.parquet"
    ):
        table = code(folder, tmp_path / "out")
    assert table["name"].tolist() == ["a.csv"]
    with pytest.raises(FileNotFoundError, match=r"no file that ends in \.parquet, .*There are: a\.docx\."):
        code(folder / "a.docx", tmp_path / "other")
    code(f"{tmp_path}/i*/a.c*", tmp_path / "pattern")
    assert read_coded(tmp_path / "pattern")["article"].tolist() == ["in/a-2"] * 2


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
        (tmp_path / "in" / name).write_text(words)
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
    (saved / "judged" / "articles.csv").write_text(JUDGED.replace("2013-05", "2013-55"))
    with pytest.warns(UserWarning, match=r"in/judged/articles\.csv, line 3: published is '2013-55'"):
        code(saved, tmp_path / "out")


def test_another_articles_csv_makes_other_articles(saved, tmp_path):
    code(saved / "judged", tmp_path / "out")
    (saved / "judged" / "articles.csv").write_text(JUDGED.replace("2012", "2011"))
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


def test_a_file_whose_name_is_like_a_pattern_is_that_file(tmp_path):
    (tmp_path / "in [1]").mkdir()
    (tmp_path / "in [1]" / "a*.csv").write_text("text\nArms.\n")
    code(tmp_path / "in [1]" / "a*.csv", tmp_path / "out")
    (name,) = load_articles(tmp_path / "in [1]" / "a*.csv")["article"]
    assert read_coded(tmp_path / "out")["article"].tolist() == [name] * 2


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


def test_a_mark_that_is_never_closed_does_not_fill_the_memory_and_the_rest_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    lines = ["text\tdate", *(f"Arms number {number}.\t2012" for number in range(200))]
    lines[20] = '"' + lines[20]
    (tmp_path / "a.tsv").write_text("\n".join(lines) + "\n")
    code(tmp_path / "a.tsv", tmp_path / "out")
    loaded = load_articles(tmp_path / "a.tsv")
    names = read_coded(tmp_path / "out")["article"].drop_duplicates().tolist()
    assert names == [f"a-{row}" for row in range(2, 202)]
    assert sorted(names) == sorted(loaded["article"])


@pytest.mark.parametrize(("name", "line"), [("a.jsonl", '{"text": "ARMS"}'), ("a.csv", "text\nARMS")])
def test_a_line_too_long_to_be_held_is_told(tmp_path, monkeypatch, name, line):
    monkeypatch.setattr(work, "BATCH", 100)
    (tmp_path / name).write_text(line.replace("ARMS", "Arms. " * 100) + "\n")
    with pytest.warns(UserWarning, match=r"line \d is longer than 500 bytes\. Write each article on its own line"):
        code(tmp_path / name, tmp_path / "out")


def test_lines_that_are_no_json_are_told_one_by_one_however_many_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 100)
    good, bad = [f'{{"text": "Arms number {number}."}}\n' for number in range(20)], ["{broken\n"] * 60
    (tmp_path / "a.jsonl").write_text("\ufeff" + "".join([*bad, *good[:10], *bad, "[]\n", *good[10:], *bad]), "utf-8")
    with pytest.warns(UserWarning, match="a.jsonl: left out: 181"):
        code(tmp_path / "a.jsonl", tmp_path / "out")
    articles, left_out = read_articles(tmp_path / "a.jsonl")
    assert sorted(read_coded(tmp_path / "out")["article"].unique()) == sorted(articles["article"])
    pd.testing.assert_frame_equal(read_coded(tmp_path / "out", "left_out"), left_out)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.jsonl").write_text("".join(["{broken\n", "{}\n", *good]))
    with pytest.warns(UserWarning, match="left out: 2"):
        code(tmp_path / "empty", tmp_path / "all")
    assert read_coded(tmp_path / "all")["article"].nunique() == len(good)
    (tmp_path / "b.jsonl").write_text("".join(bad))
    with pytest.warns(UserWarning, match=r"line 1: not JSON .* Write each article on a line of its own"):
        code(tmp_path / "b.jsonl", tmp_path / "none")


@pytest.mark.parametrize("encoded", [True, False])
def test_texts_that_repeat_are_read_by_their_own_size_not_their_files(tmp_path, monkeypatch, encoded):
    """Parquet holds each text once; with them come the faults of their rows, in order."""
    monkeypatch.setattr(work, "BATCH", 20_000)
    texts = pa.array([f"Arms number {number % 3}. " + "x" * 1_000 if number % 100 else None for number in range(3_000)])
    dates = ["2012" if number % 70 else "soon" for number in range(3_000)]
    pq.write_table(
        pa.table({"text": texts.dictionary_encode() if encoded else texts, "date": dates}), tmp_path / "a.parquet"
    )
    (file,), _ = list_files(str(tmp_path))
    (batch,) = plan_batches([file], {})
    parts = list(read_batch(batch, {}, "year"))
    sizes = [pc.sum(pc.binary_length(part.texts)).as_py() for part in parts]
    assert max(sizes) < 20_000 + 1_100
    assert min(sizes[:-1]) >= 20_000
    assert pa.chunked_array([part.texts for part in parts]).to_pylist() == texts.drop_null().to_pylist()
    rows = pa.concat_tables(part.left_out for part in parts)["row"].to_pylist()
    assert rows == [number + 1 for number in range(3_000) if not number % 100 or not number % 70]


def test_a_large_row_group_is_cut_into_few_pieces_of_work_read_a_part_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    texts = [f"Arms number {number}." for number in range(1_000)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet", use_dictionary=False)
    (file,), _ = list_files(str(tmp_path))
    planned = plan_batches([file], {})
    assert len(planned) == work.SLICES
    parts = [list(read_batch(batch, {}, "year")) for batch in planned]
    assert {sum(len(part.texts) for part in some) for some in parts} == {100}
    assert max(len(part.texts) for some in parts for part in some) < 25
    assert [text for some in parts for part in some for text in part.texts.to_pylist()] == texts
    assert [name for some in parts for part in some for name in part.names.to_pylist()] == [
        f"a-{row}" for row in range(1, 1_001)
    ]


ODD = {
    "struct": [{"y": 2012}],
    "list of structs": [[{"y": 2012}]],
    "list": [["2012-01-01", "2013-01-01"]],
    "bool": [True],
    "decimal": [Decimal("2012.00")],
    "time": [time(10, 0)],
    "duration": [timedelta(seconds=1330819200)],
    "binary": [b"\x07\xdc"],
}


@pytest.mark.parametrize("kind", ODD)
def test_a_date_of_an_odd_kind_is_told(tmp_path, kind):
    pq.write_table(pa.table({"text": ["Arms."], "date": ODD[kind]}), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match=r"kept in spite of a fault: 1 \(row 1: the (date|column)"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["", ""]
    articles, left_out = read_articles(tmp_path / "a.parquet")
    assert articles["date"].isna().all()
    assert left_out[["row", "kept"]].to_numpy().tolist() == [[1, True]]


@pytest.mark.parametrize("kind", [pa.string_view(), pa.large_string(), pa.dictionary(pa.int8(), pa.large_string())])
def test_texts_of_any_of_arrows_kinds_are_read(tmp_path, kind):
    table = {"text.body": pa.array(["US arms.", None]).cast(kind), "date": pa.array(["2012", ""]).cast(kind)}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match="left out: 1 .row 2: no text in the column 'text.body'"):
        code(tmp_path / "a.parquet", tmp_path / "out", columns={"text": "text.body"})
    assert read_coded(tmp_path / "out")[["article", "period", "hits"]].to_numpy().tolist() == [["a-1", "2012", 1]] * 2


def test_a_folder_that_spark_or_dask_wrote_is_read_without_a_word(tmp_path):
    (tmp_path / "in" / "year=2012").mkdir(parents=True)
    (tmp_path / "in" / "_delta_log").mkdir()
    pq.write_table(pa.table({"text": ["Arms."]}), tmp_path / "in" / "year=2012" / "part-0.parquet")
    names = "_SUCCESS _metadata _common_metadata _committed_12 _delta_log/0.json _delta_log/1.checkpoint.parquet"
    for name in [*names.split(), "year=2012/.part-0.parquet.crc"]:
        (tmp_path / "in" / name).write_text("{}")
    code(tmp_path / "in", tmp_path / "out")
    articles, left_out = read_articles(tmp_path / "in")
    assert read_coded(tmp_path / "out")["article"].unique().tolist() == articles["article"].tolist()
    assert articles["article"].tolist() == ["year=2012/part-0-1"]
    assert left_out.empty


def test_quotation_marks_of_the_texts_own_shift_no_rows_of_later_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    said = ['"' * (number in (3, 20)) + f"Arms number {number} are sold again and again" for number in range(40)]
    (tmp_path / "a.tsv").write_text("text\tdate\n" + "".join(f"{text}\t2012\n" for text in said))
    code(tmp_path / "a.tsv", tmp_path / "out")
    names = read_coded(tmp_path / "out")["article"].drop_duplicates().tolist()
    assert names == sorted(load_articles(tmp_path / "a.tsv")["article"], key=names.index)
    assert len(names) == 40


def test_names_are_no_texts(tmp_path):
    table = {"article": ["x0", "arms-1"], "date": ["2012"] * 2, "Wortlaut": ["The US sold arms."] * 2}
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
