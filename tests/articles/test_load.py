"""A folder of articles: dates with their uncertainty, encodings, and clear words where something is wrong."""

import json
import shutil

import pandas as pd
import pytest

from helpers.articles.load import list_dates, list_left_out, list_oddities, list_removed, load_articles, read_articles

TEXT = (
    "Mexico and the United States agreed on Tuesday to share intelligence on cartels.\n\nBoth sides praised the deal."
)
HEADER = "article,event,event_precision,event_evidence,published,published_precision,outlet\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"A headline of five words for {name}\n\n{TEXT}", encoding="utf-8")
    return tmp_path


def test_articles_are_ordered_by_event_then_publication_the_undated_last(folder):
    (folder / "articles.csv").write_text(
        HEADER + "a,,,,2020-05-04,day,Daily\nb,2020-05,month,'in May',2020-06-01,day,\n", encoding="utf-8"
    )
    articles = load_articles(folder)
    assert articles["article"].tolist() == ["b", "a", "c"]
    assert articles["label"].tolist() == ["2020-05", "2020-05-04", "c"]
    assert articles["date_basis"].tolist() == ["event", "published", ""]
    assert articles["date_precision"].tolist() == ["month", "day", ""]
    assert articles["date_latest"].iloc[0] == pd.Timestamp("2020-05-31")
    assert articles["outlet"].tolist() == ["", "Daily", ""]


def test_a_label_has_no_sign_that_markdown_takes_for_its_own(tmp_path):
    names = ["$x$", "_a_ b_c", "<b>bold</b>", "*", "[link](x)", "x"]
    rows = [{"id": name, "text": f"{TEXT} {name}"} for name in names]
    (tmp_path / "odd.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    labels = load_articles(tmp_path / "odd.jsonl").set_index("article")["label"]
    assert sorted(labels) == ["a__b_c", "article", "bbold/b", "link(x)", "x·1", "x·2"]


def test_without_articles_csv_the_pages_own_dates_serve_and_a_stamp_never_does(folder):
    (folder / "a.txt").write_text(f"A headline of five words\n\nFebruary 28, 2012\n\n{TEXT}", encoding="utf-8")
    (folder / "b.txt").write_text(f"A headline of five words\n\n{TEXT}\n\nUpdated: 2021-04-11 03:12", encoding="utf-8")
    articles = load_articles(folder).set_index("article")
    assert articles.loc["a", ["label", "date_basis"]].tolist() == ["2012", "published"]
    assert pd.isna(articles.loc["b", "date"])
    assert articles.loc["b", "updated"] == pd.Timestamp("2021-04-11")
    dates = list_dates(load_articles(folder))
    assert dates[["article", "what", "words"]].to_numpy().tolist() == [
        ["a", "published", "published 28 February 2012"],
        ["b", "updated", "updated 11 April 2021"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,2020,year,,,,\na,2021,year,,,,\n", "line 2: 'a' has two rows"),
        ("a,2020-05,day,,,,\n", "line 2: event is '2020-05', precision 'day'"),
        ("a,2020-13,month,,,,\n", "line 2: event is '2020-13', precision 'month': there is no such day"),
        ("a,May 2020,day,,,,\n", "line 2: event is 'May 2020', precision 'day'"),
        ("a,04/05/2020,,,,,\n", "line 2: event is '04/05/2020'.*day and month cannot be told apart"),
        ("a,04/05/2020,,,,,\nb,25/05/2020,month,,,,\n", "line 3: event is '25/05/2020', precision 'month'"),
        ("a,2020,decade,,,,\n", "line 2: event is '2020', precision 'decade'"),
        ("a,spring 2020,,,,,\n", "line 2: event is 'spring 2020', precision ''.*understood.*Write 2012-02-27"),
    ],
)
def test_a_bad_row_of_articles_csv_is_told_where(folder, rows, said):
    (folder / "articles.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_articles(folder)


def test_rows_without_a_file_and_files_without_a_row_are_told(folder):
    (folder / "articles.csv").write_text(f"{HEADER}a,2020,year,,,,\nz,2020,year,,,,\n", encoding="utf-8")
    told = list_left_out(folder)
    told = told[told["file"].eq("articles.csv")]
    assert told["row"].tolist() == [0, 3]
    assert "b.txt" in told["why"].iloc[0] and "z.txt" in told["why"].iloc[1]


@pytest.mark.parametrize(
    ("date", "precision"),
    [("2020-05-04", "day"), ("2020-05", "month"), ("2020", "year"), ('"May 4, 2020"', "day"), ("May 2020", "month")],
)
def test_a_judged_date_shows_its_precision_and_a_file_may_be_named_with_its_ending(folder, date, precision):
    (folder / "articles.csv").write_text(f"article,event\na.TXT,{date}\n", encoding="utf-8")
    article = load_articles(folder).set_index("article").loc["a"]
    assert article["date_precision"] == precision
    assert article["date"] == pd.Timestamp(
        {"day": "2020-05-04", "month": "2020-05-01", "year": "2020-01-01"}[precision]
    )


def test_articles_csv_may_be_as_a_spreadsheet_saves_it_and_hold_more(folder):
    rows = "article;published;outlet;my notes\na;04/05/2020;El País;x\nb;25/05/2020;;\nc;;;\n"
    (folder / "articles.csv").write_bytes(rows.encode("cp1252"))
    articles, left_out = read_articles(folder)
    assert articles["published"].tolist() == [pd.Timestamp("2020-05-04"), pd.Timestamp("2020-05-25"), pd.NaT]
    assert articles["published_evidence"].str.startswith("inferred: the day first").tolist() == [True, False, False]
    assert articles["outlet"].tolist() == ["El País", "", ""]
    assert left_out[["file", "kept"]].to_numpy().tolist() == [["articles.csv", True]]
    assert "'my notes'. Known are: article event" in left_out["why"].iloc[0]


def test_an_articles_csv_that_names_no_files_is_told(folder):
    (folder / "articles.csv").write_text("filename,outlet\na,Daily\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"column article.*Rename one of filename, outlet"):
        load_articles(folder)


def test_each_folders_articles_csv_judges_its_own_files_and_what_is_not_read_beside_it_is_told(folder):
    for place in ("one", "two/three"):
        (folder / place).mkdir(parents=True)
        (folder / place / "DOC.TXT").write_text(f"A headline of {place} words\n\n{TEXT}", encoding="utf-8")
        (folder / place / "articles.csv").write_text(f"article,outlet\nDOC,{place}\n", encoding="utf-8")
    (folder / "one" / "notes.csv").write_text(f"text\n{TEXT}", encoding="utf-8")
    (folder / "one" / "more.jsonl").write_text("{}", encoding="utf-8")
    (folder / "one" / "below").mkdir()
    (folder / "one" / "below" / "d.txt").write_text(f"A headline of five words for d\n\n{TEXT}", encoding="utf-8")
    articles, left_out = read_articles(folder)
    outlets = {"a": "", "b": "", "c": "", "one/DOC": "one", "one/below/d": "", "two/three/DOC": "two/three"}
    assert articles.set_index("article")["outlet"].to_dict() == outlets
    assert left_out["file"].tolist() == ["one/more.jsonl"]
    assert "only .txt files are articles" in left_out["why"].iloc[0]
    packed = shutil.make_archive(str(folder / "packed"), "zip", folder, "one")
    assert load_articles(packed).set_index("article")["outlet"].to_dict() == {"one/DOC": "one", "one/below/d": ""}


def test_a_judgement_overrides_nothing_of_another_folders_articles(folder):
    (folder / "one").mkdir()
    (folder / "one" / "d.txt").write_text(f"A headline of five words for d\n\n{TEXT}", encoding="utf-8")
    (folder / "one" / "articles.csv").write_text("article,outlet\nd,Daily\n", encoding="utf-8")
    (folder / "t.csv").write_text(f'id,text,date,outlet\nt,"{TEXT}",2012-03,Post\n', encoding="utf-8")
    articles = load_articles(folder).set_index("article")
    assert articles.loc["t", ["outlet", "label", "date_precision"]].tolist() == ["Post", "2012", "month"]
    assert articles.loc["one/d", "outlet"] == "Daily"


def test_an_empty_folder_and_an_empty_file_are_told(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        load_articles(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match=r"no file in this folder"):
        load_articles(tmp_path / "empty")
    (tmp_path / "empty" / "d.txt").write_text("Share\n\n* * *\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no article can be used\. d\.txt: nothing is left after cleaning"):
        load_articles(tmp_path / "empty")
    (folder / "d.txt").write_text("Share\n\n* * *\n", encoding="utf-8")
    assert load_articles(folder)["article"].tolist() == ["a", "b", "c"]
    assert list_left_out(folder)[["file", "kept", "why"]].to_numpy().tolist() == [
        ["d.txt", False, "nothing is left after cleaning"],
        ["empty/d.txt", False, "nothing is left after cleaning"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_its_encoding(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(TEXT.replace("Mexico", "México").encode(encoding))
    assert load_articles(tmp_path)["text"].iloc[0].startswith("México and")


def test_cut_lines_and_oddities_are_tables_even_when_empty(folder):
    articles = load_articles(folder)
    assert list_removed(articles).columns.tolist() == ["article", "line", "reason", "text"]
    assert list_removed(articles).empty
    sentences = pd.DataFrame({"article": ["a"], "sentence": [1], "text": ["All is well."]})
    assert list_oddities(sentences).empty


def test_a_date_that_a_page_does_not_state_is_told_as_inferred(tmp_path):
    body = "".join(f"<p>{TEXT}</p>" for _ in range(3))
    page = "<html><head>{}<title>Ties</title></head><body><article><h1>Ties</h1>{}" + body + "</article></body></html>"
    stated = '<meta property="article:published_time" content="2012-03-04">'
    beside = '<time itemprop="datePublished" datetime="2012-03-05">5 March</time>'
    (tmp_path / "a.html").write_text(page.format(stated, ""), "utf-8")
    (tmp_path / "b.html").write_text(page.format("", beside), "utf-8")
    dates = list_dates(load_articles(tmp_path)).set_index("article")
    assert dates["inferred"].to_dict() == {"a": False, "b": True}
    assert dates["words"].str.endswith("(inferred)").to_dict() == {"a": False, "b": True}


def test_what_kind_of_text_an_article_is_comes_along_from_any_of_its_names(tmp_path):
    """Tags come as lists; a text file says nothing."""
    rows = [
        {"Rubrik": "Politik", "Document Type": "news", "text": TEXT},
        {"sección": "El País", "tipo": "", "categories": ["Border", "Drugs"], "text": f"{TEXT} Once more."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / "b.txt").write_text(f"{TEXT} Again.", "utf-8")
    kinds = load_articles(tmp_path).set_index("file")[["category", "section", "type"]]
    assert kinds.loc["a.jsonl"].to_numpy().tolist() == [["", "Politik", "news"], ["Border, Drugs", "El País", ""]]
    assert kinds.loc["b.txt"].tolist() == ["", "", ""]


def test_two_articles_pasted_into_one_file_are_told(tmp_path):
    one = "Guards wanted\n\nMarch 8, 2021\n\nOfficers stopped two trucks at the bridge of the north.\n"
    two = "Troops leave\n\nMarch 9, 2021\n\nBy Ana Ruiz\n\nA senator from Texas called the plan a waste of money.\n"
    (tmp_path / "a.txt").write_text(one)
    assert list_left_out(tmp_path).empty
    (tmp_path / "a.txt").write_text(f"{one}\n{two}")
    assert "two dates stand above paragraphs" in list_left_out(tmp_path)["why"].iloc[0]
    (tmp_path / "a.txt").write_text(f"{one}Updated on March 9, 2021\n\nMore stories\n\nTroops leave\n\nMarch 9, 2021\n")
    assert list_left_out(tmp_path).empty
