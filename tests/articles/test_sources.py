"""A reader's own articles: every kind of file, columns as people name them, and nothing dropped in silence."""

import csv
import gzip
import io
import json
import lzma
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.articles import document, sources
from helpers.articles.cleaning import clean_text
from helpers.articles.dates import NOTHING
from helpers.articles.load import list_left_out, load_articles, read_articles
from helpers.articles.mending import REPAIRS, ftfy, repair
from helpers.articles.naming import name_of
from helpers.files.encodings import decode

ONE = "Mexico and the United States agreed on Tuesday to share intelligence on cartels."
TWO = "Peña Nieto’s officials said that arms go south; “we shall act,” they said."
ROWS = [{"id": "x1", "text": ONE, "date": "2012-02-27"}, {"id": "x2", "text": TWO, "date": "2012-03"}]
PAGE = f"""<html><head><title>A summit | The Daily</title><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2012-02-27T23:10:00-06:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "dateModified": "2012-03-01"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>A summit</h1>
{"".join(f"<p>{ONE} {TWO} This is paragraph {n} of the story, and long enough to be one.</p>" for n in range(5))}
</article><footer>Copyright The Daily. All rights reserved.</footer></body></html>"""


def as_csv(rows, delimiter=","):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_jsonl(rows):
    return "\n".join(map(json.dumps, rows)).encode()


def as_parquet(rows):
    file = io.BytesIO()
    pd.DataFrame(rows).to_parquet(file)
    return file.getvalue()


def as_zip(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("_", "."), raw)
    return file.getvalue()


def write(folder, name, raw):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return folder / name


def reasons(source, **options):
    return [(row.row, row.kept, row.why) for row in list_left_out(source, **options).itertuples()]


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
    write(tmp_path, "scan.pdf", b"%PDF")
    write(tmp_path, ".DS_Store", b"\0")
    write(tmp_path, "_SUCCESS", b"")
    write(tmp_path, "_notes.pdf", b"%PDF")
    write(tmp_path, "saved.html", PAGE)
    write(tmp_path, "saved_files/frame.html", PAGE)
    articles, left_out = read_articles(tmp_path)
    assert sorted(articles["article"]) == ["2012/page", "saved", "story", "x1", "x2"]
    assert left_out[["file", "row"]].to_numpy().tolist() == [["_notes.pdf", 0], ["scan.pdf", 0]]
    assert "this kind of file is not read" in left_out["why"].iloc[0]
    pages = articles[articles["file"].str.contains("html")]
    assert set(pages["file"]) == {"2012/page.html.gz", "saved.html"}


def test_a_saved_page_gives_text_title_outlet_and_its_own_dates(tmp_path):
    page = load_articles(write(tmp_path, "page.html", PAGE)).iloc[0]
    assert page["text"].split("\n\n")[0].startswith(ONE)
    assert "Copyright" not in page["text"]
    assert "Home" not in page["text"]
    assert page["title"] == "A summit"
    assert (page["outlet"], page["outlet_evidence"]) == ("The Daily", "the page names its site")
    assert (page["published"], page["updated"]) == (pd.Timestamp("2012-02-27"), pd.Timestamp("2012-03-01"))
    assert page["date"] == page["published"]
    assert "article:published_time" in page["published_evidence"]


def test_a_page_that_names_latin_1_is_read_as_browsers_read_it(tmp_path):
    page = PAGE.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">')
    article = load_articles(write(tmp_path, "a.html", page.encode("cp1252"))).iloc[0]
    assert article["text"].startswith(f"{ONE} {TWO}"), "its quotation marks are no control characters"


def test_what_the_wayback_machine_puts_into_a_page_is_none_of_it(tmp_path):
    begin, end = (f"<!-- {mark} WAYBACK TOOLBAR INSERT -->" for mark in ("BEGIN", "END"))
    archived = "https://web.archive.org/web/20120304050607/http://www.daily.org/summit"
    page = PAGE.replace("<body>", f"<body>{begin}<div><p>42 captures of it are kept.</p></div>{end}")
    page = page.replace('property="og:site_name" content="The Daily"', f'property="og:url" content="{archived}"')
    page = page.replace(" | The Daily", "")
    article = load_articles(write(tmp_path, "a.html", page)).iloc[0]
    assert article["text"].startswith(ONE)
    assert article["outlet"] == "daily.org"
    row = load_articles(write(tmp_path, "a.csv", as_csv([{**ROWS[0], "url": archived}]))).iloc[0]
    assert (row["outlet"], row["url"]) == ("daily.org", archived)


@pytest.mark.parametrize(
    ("title", "head", "outlet"),
    [
        ("U.S., Mexico agree - The Daily", '<meta name="hdl" content="U.S., Mexico agree">', ""),
        ("DAILY | A U.S. summit", '<meta name="title" content="A U.S. summit">', ""),
        ("A summit - Daily.com", "", "Daily.com"),
        ("St. Louis Daily | A summit", '<meta property="og:site_name" content="St. Louis Daily">', "St. Louis Daily"),
    ],
)
def test_a_headline_with_a_point_is_not_taken_for_the_sites_name(tmp_path, title, head, outlet):
    page = re.sub("<title>.*\n", f"<title>{title}</title>{head}\n", PAGE)
    assert load_articles(write(tmp_path, "a.html", page))["outlet"].tolist() == [outlet]


def test_a_head_without_quotation_marks_states_its_dates(tmp_path):
    bare = re.sub(r'="(article:published_time|2012-02-27[^"]*)"', r"=\1", PAGE)
    assert "content=2012-02-27T23:10:00-06:00>" in bare
    evidence = load_articles(write(tmp_path, "a.html", bare))["published_evidence"].iloc[0]
    assert evidence == "'2012-02-27T23:10:00-06:00' (stated: article:published_time in the page's head)"


def test_a_page_of_frames_is_told_and_is_no_article(tmp_path):
    frames = "<html><frameset><frame src=a.html></frameset><noframes><p>Your browser has no frames.</p></noframes>"
    write(tmp_path, "a.html", PAGE.replace("<body>", '<body><script>document.write("<frameset>")</script>'))
    write(tmp_path, "b.html", frames)
    articles, left_out = read_articles(tmp_path)
    assert articles["file"].tolist() == ["a.html"]
    assert left_out["why"].str.contains("a page of frames").tolist() == [True]


def test_a_page_without_an_article_is_told(tmp_path):
    write(tmp_path, "a.html", PAGE)
    write(tmp_path, "b.html", "<html><body></body></html>")
    write(tmp_path, "c.html", "<html><body><nav>Home</nav></body></html>")
    nothing = "no article found on the page"
    assert reasons(tmp_path) == [(0, False, nothing), (0, False, f"{nothing}, only 'Home'")]


DATA = '<script type="application/ld+json">%s</script>'
VIDEO = '{"@type": "VideoObject", "datePublished": "2019-01-01"}'
STORY = '{"@type": "NewsArticle", "datePublished": "2012-03-04", "dateModified": "2015-06-01"}'
ITEM = '<div><time itemprop="datePublished" datetime="2020-09-09">x</time></div>'


@pytest.mark.parametrize(
    ("head", "body", "published", "updated", "evidence"),
    [
        (DATA % f'{{"@graph": [{VIDEO}, {STORY}]}}', ITEM, "2012-03-04", "2015-06-01", "stated: datePublished"),
        (DATA % f"<!-- {STORY} -->", "", "2012-03-04", "2015-06-01", "stated: datePublished"),
        (DATA % VIDEO, "", "", "", ""),
        ('<script>x("<body>")</script><meta name="date" content="2012-03-04">', ITEM, "2012-03-04", "", "stated: date"),
        ('<meta property="article:modified_time" content="2015-06-01T10:00:00Z">', "", "", "2015-06-01", ""),
        ("", ITEM, "2020-09-09", "", "inferred: the first datePublished in the page's body"),
        ("", f"{ITEM}<p>Published March 4, 2012</p>", "2012-03-04", "", "a date line of the page"),
    ],
)
def test_a_pages_date_is_its_articles_and_what_may_be_of_another_item_is_inferred_at_most(
    tmp_path, head, body, published, updated, evidence
):
    page = PAGE[PAGE.index("<article>") :].replace("</h1>", f"</h1>{body}")
    article = load_articles(write(tmp_path, "a.html", f"<html><head>{head}</head><body>{page}")).iloc[0]
    assert ["" if pd.isna(article[what]) else f"{article[what]:%F}" for what in ("published", "updated")] == [
        published,
        updated,
    ]
    assert evidence in article["published_evidence"]
    assert bool(evidence) == bool(article["published_evidence"])


@pytest.mark.parametrize(
    ("text", "published", "outlet"),
    [
        ("Full Text", "Publish Date", "Newspaper"),
        ("BODY", "pubDate", "source"),
        ("content", "published_at", "publication"),
        ("article", "datetime", "publisher"),
        ("texto", "Fecha de publicación", "Periódico"),
        ("Volltext", "Datum", "Zeitung"),
        ("Texte", "Date de parution", "Journal"),
        ("Texto", "Data de publicação", "Jornal"),
        ("Testo", "Data", "Testata"),
        ("Full text", "pubdate", "pubtitle"),
        ("fields.bodyText", "Date", "Publication Title"),
    ],
)
def test_columns_are_known_by_the_names_people_give_them(tmp_path, text, published, outlet):
    file = write(tmp_path, "a.csv", as_csv([{outlet: "Daily", "extra": "1", published: "5 May 2012", text: ONE}]))
    article = load_articles(file).iloc[0]
    assert [article[name] for name in ("text", "outlet")] == [ONE, "Daily"]
    assert article["published"] == pd.Timestamp("2012-05-05")
    assert article["article"] == "a-2", "the row as a spreadsheet numbers it"


def test_columns_can_be_told(tmp_path):
    file = write(tmp_path, "a.csv", as_csv([{"Wortlaut": ONE, "Tag": "27.02.2012", "text": "a note"}]))
    article = load_articles(file, columns={"text": "Wortlaut", "published": "Tag"}).iloc[0]
    assert (article["text"], article["label"]) == (ONE, "2012")


@pytest.mark.parametrize(
    ("row", "columns", "said"),
    [
        ({"body": ONE, "content": TWO}, None, "'body' and 'content' could both be the text.*columns={'text': 'body'}"),
        ({"Wortlaut": ONE}, None, "known to be the text. The columns are: 'Wortlaut'. Call the column text"),
        ({"text": ONE}, {"text": "Wortlaut"}, "no column 'Wortlaut', which columns=.* names. The columns are: 'text'"),
        ({"text": ONE}, {"words": "text"}, "columns names 'words', which is not a field. Fields are: text, title"),
    ],
)
def test_columns_that_cannot_be_told_apart_or_are_not_there_are_named(tmp_path, row, columns, said):
    with pytest.raises(ValueError, match=said):
        load_articles(write(tmp_path, "a.csv", as_csv([row])), columns=columns)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "no rows with named values"),
        ("text,date\n", "no rows below the names"),
        ("text,text\na,b\n", "the column 'text' is given twice"),
        (f'1,2012-02-03,"{ONE}"\n', "no column is known to be the text"),
    ],
)
def test_a_table_without_names_or_rows_is_told(tmp_path, raw, said):
    with pytest.raises(ValueError, match=said):
        load_articles(write(tmp_path, "a.csv", raw))


def test_names_of_articles_are_not_taken_for_their_texts(tmp_path):
    rows = [{"article": name, "published": "2012"} for name in ("doc1", "one.txt", ONE)]
    articles, left_out = read_articles(write(tmp_path, "articles.csv", as_csv(rows)))
    assert articles["text"].tolist() == [ONE]
    assert left_out[["row", "kept"]].to_numpy().tolist() == [[2, False], [3, False]]
    assert "no text but a name in the column 'article'" in left_out["why"].iloc[0]
    assert len(load_articles(tmp_path / "articles.csv", columns={"text": "article"})) == 3


@pytest.mark.parametrize(
    ("more", "columns", "said"),
    [
        ({}, None, "the date or the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"date": "2012"}, None, "the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"url": "https://www.daily.com/1"}, {"published": ""}, "the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"date": "2012"}, {"outlet": "Blatt"}, ""),
        ({"date": "2012"}, {"outlet": ""}, ""),
        ({"date": "2012", "a": "1", "b": "2", "c": "3", "d": "4"}, None, "'Blatt', 'Seite', 'a', 'b', 'c' and 1 more"),
    ],
)
def test_columns_not_used_are_told_only_where_one_may_be_what_is_lacking(tmp_path, more, columns, said):
    rows = [{"text": ONE, "Blatt": "Daily", "Seite": "1", **more}, {"text": TWO, "Blatt": "Post", "Seite": "2", **more}]
    told = reasons(write(tmp_path, "a.csv", as_csv(rows)), columns=columns)
    assert [(row, kept) for row, kept, _ in told] == [(0, True)] * bool(said)
    assert all(why.startswith("no column is known to be") and said in why for _, _, why in told)
    one = write(tmp_path, "b.json", json.dumps(rows[0]))
    assert reasons(one, columns=columns) == [], "a folder of many such files would say it as often"


@pytest.mark.parametrize(("names", "told"), [("Year,Month,Day", 1), ("año,mes,día", 1), ("Date,Month,Day", 0)])
def test_a_month_beside_a_column_of_years_is_told_not_to_be_used(tmp_path, names, told):
    table = f'{names},Source,Text\n2012,3,4,The Daily,"{ONE}"\n2013,5,6,The Daily,"{TWO}"\n'
    articles, left_out = read_articles(write(tmp_path, "a.csv", table))
    assert articles["date_precision"].tolist() == ["year", "year"]
    told_of = left_out["why"].str.contains(f"{names.split(',')[1]!r} is not used. Write each date in one column")
    assert told_of.tolist() == [True] * told


def test_the_ids_that_quanteda_gives_count_within_their_file_only(tmp_path):
    for name, text in [("a.csv", ONE), ("b.csv", TWO)]:
        write(tmp_path, name, as_csv([{"doc_id": "text1", "text": text}]))
    articles, left_out = read_articles(tmp_path)
    assert (articles["article"].tolist(), len(left_out)) == (["a-text1", "b-text1"], 0)


def test_an_outlet_given_as_an_address_is_its_site(tmp_path):
    rows = [{"text": text, "source": f"https://www.daily.org/{n}"} for n, text in enumerate((ONE, TWO))]
    rows.append({"text": f"{ONE} {TWO}", "source": "www.daily.org"})
    assert set(load_articles(write(tmp_path, "a.csv", as_csv(rows)))["outlet"]) == {"daily.org"}


def test_our_own_table_comes_back_by_its_names(tmp_path):
    file = write(tmp_path, "a.csv", as_csv([{"article": "one", "text": ONE}, {"article": "two", "text": TWO}]))
    assert load_articles(file)["article"].tolist() == ["one", "two"]


def test_published_and_updated_are_told_apart(tmp_path):
    rows = [
        {"text": ONE, "date": "2012-02-27", "last_modified": "2021-04-11"},
        {"text": TWO, "date": "Updated: April 11, 2021", "last_modified": ""},
    ]
    articles = load_articles(write(tmp_path, "a.csv", as_csv(rows)))
    assert articles["updated"].tolist() == [pd.Timestamp("2021-04-11")] * 2
    assert articles["date_basis"].tolist() == ["published", ""]
    assert articles["updated_evidence"].tolist() == [
        "'2021-04-11' (the column last_modified)",
        "'April 11, 2021' (the column date)",
    ]


def test_a_row_is_read_from_the_first_of_its_columns_that_says_something(tmp_path):
    rows = [
        {"text": ONE, "published": "", "date": "2012-03-04", "created_at": "2020-01-01"},
        {"body": TWO, "published": "03/04/2013", "created_at": "2020-01-01"},
        {"text": f"{ONE} {TWO}", "date": "25/04/2014", "created_at": "2020-01-01"},
        {"text": f"{TWO} {ONE}", "created_at": "2020-01-01"},
    ]
    articles, left_out = read_articles(write(tmp_path, "a.jsonl", as_jsonl(rows)))
    days = {"a-1": "2012-03-04", "a-2": "", "a-3": "2014-04-25", "a-4": ""}
    assert articles.set_index("article")["date"].dt.strftime("%F").fillna("").to_dict() == days
    assert articles["published_evidence"].iloc[0] == "'2012-03-04' (the column date)"
    assert left_out["article"].tolist() == ["a-2"], "the order of one column says nothing of another's"
    assert load_articles(write(tmp_path, "b.csv", as_csv([{"text": ONE, "created_at": "2012"}])))["label"][0] == "2012"


def test_what_a_database_writes_for_a_date_and_lists_of_paragraphs_are_read(tmp_path):
    dates = [{"$date": "2012-02-27T00:00:00Z"}, {"$date": {"$numberLong": "1330300800000"}}]
    dates += [{"year": 2012, "month": 2, "day": 27}, {"day_of_year": 58}]
    rows = [
        {"_id": {"$oid": f"x{n}"}, "text": [ONE, "It is so."] + ["No."] * n, "date": d} for n, d in enumerate(dates)
    ]
    articles, left_out = read_articles(write(tmp_path, "a.jsonl", as_jsonl(rows)))
    assert articles["article"].tolist() == ["x0", "x1", "x2", "x3"]
    assert articles["published"].tolist() == [pd.Timestamp("2012-02-27")] * 3 + [pd.NaT]
    assert articles["text"].iloc[1] == f"{ONE}\n\nIt is so.\n\nNo."
    assert reasons(tmp_path) == [
        (4, True, "the column 'date' holds {'day_of_year': 58}, which cannot be read. Make it text")
    ]
    assert len(left_out) == 1


def test_an_object_over_several_lines_is_told_to_be_no_line_of_json(tmp_path):
    with pytest.raises(ValueError, match=r"line 1: not JSON.*each article on a line of its own"):
        load_articles(write(tmp_path, "a.jsonl", "\n".join(json.dumps(row, indent=1) for row in ROWS)))


def test_each_row_that_cannot_be_used_is_told_and_does_not_stop_the_rest(tmp_path):
    rows = [
        {"id": "a", "text": ONE, "date": "03/04/2012"},
        {"id": "b", "text": " ", "date": ""},
        {"id": "c", "text": "Share", "date": ""},
        {"id": "a", "text": ONE, "date": ""},
        {"id": "a", "text": TWO, "date": ""},
    ]
    raw = as_csv(rows) + b"e,one, two,three\r\n"
    articles, left_out = read_articles(write(tmp_path, "t.csv", raw))
    assert articles["article"].tolist() == ["a"]
    assert articles["date"].isna().all()
    assert "day and month cannot be told apart" in articles["published_evidence"].iloc[0]
    assert left_out[["row", "article", "kept"]].to_numpy().tolist() == [
        [2, "a", True],
        [3, "", False],
        [4, "", False],
        [5, "", False],
        [6, "", False],
        [7, "", False],
    ]
    said = [
        "03/04/2012",
        "no text in the column 'text'",
        "nothing is left",
        "the same text",
        "another text",
        "4 values",
    ]
    for why, words in zip(left_out["why"], said, strict=True):
        assert words in why
    assert len(rows) + 1 == len(articles) + (~left_out["kept"]).sum(), "every row is an article or told of"


def test_lines_of_json_that_are_broken_are_told(tmp_path):
    raw = as_jsonl(ROWS) + b'\n{"id": \n[1, 2]\n'
    assert [(row, why[:8]) for row, _, why in reasons(write(tmp_path, "a.jsonl", raw))] == [
        (3, "not JSON"),
        (4, "not an o"),
    ]


def test_half_a_character_stops_nothing(tmp_path):
    articles, left_out = read_articles(
        write(tmp_path, "a.jsonl", json.dumps({"text": f"\ud83d {ONE} \U0001f600"}).encode())
    )
    assert articles["received"].tolist() == [f"\ufffd {ONE} \U0001f600"]
    assert left_out.empty


def test_a_quotation_mark_left_open_is_told(tmp_path):
    raw = b'text,date\n"' + ONE.encode() + b'",2012\n"' + TWO.encode() + b",2013\n"
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert len(articles) == 2
    assert "a quotation mark is never closed" in left_out["why"].iloc[0]


@pytest.mark.parametrize("divider", [",", "\t", ";"])
def test_quotation_marks_of_the_text_swallow_no_rows(tmp_path, divider):
    rows = [("title", "text"), ("T1", '"We fight, he said.'), ("T2", "Arms grew."), ("T3", '"Fine." And "so".')]
    rows = [*rows, ("T4", '"It is over ""now""."')]
    raw = "\n".join(divider.join(row).replace("fight,", "fight" if divider == "," else "fight,") for row in rows)
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert articles["title"].tolist() == ["T1", "T2", "T3", "T4"]
    assert articles["text"].iloc[2:].tolist() == ['"Fine." And "so".', 'It is over "now".']
    assert left_out.empty


def test_rows_that_may_have_run_together_are_told(tmp_path):
    raw = 'title,text,date\nT1,"We must fight, he said.,2012\nT2,Arms grew.,2012\nT3,"Fine",2013\nT4,One, two,2013\n'
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert articles["title"].tolist() == ["T1"]
    told = left_out[["row", "kept"]].to_numpy().tolist()
    assert told == [[0, True], [2, True], [3, False]]
    assert left_out["why"].iloc[:2].str.contains("rows (?:after it )?may have run together").all()


def test_a_first_line_of_excels_is_passed_by_and_any_other_is_asked_about(tmp_path):
    assert load_articles(write(tmp_path, "a.csv", b"sep=;\r\n" + as_csv(ROWS, ";")))["article"].tolist() == ["x1", "x2"]
    with pytest.raises(ValueError, match=r"'Factiva export'.*the first line must hold the names"):
        load_articles(write(tmp_path, "a.csv", b"Factiva export\n\n" + as_csv(ROWS)))


@pytest.mark.parametrize(
    "beside",
    [
        {"comments": [{"author": "x", "text": "First comment!", "date": "2019-01-01"}]},
        {"related": [{"title": "Another", "text": TWO}]},
        {"tags": [{"name": "arms"}]},
    ],
)
def test_one_object_that_has_a_text_is_the_article_whatever_lists_it_holds(tmp_path, beside):
    articles, left_out = read_articles(write(tmp_path, "a.json", json.dumps({**ROWS[0], **beside})))
    assert articles[["article", "text"]].to_numpy().tolist() == [["x1", ONE]]
    assert left_out.empty


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [("1 of 2 DOCUMENTS\n\n", "2 of 2 DOCUMENTS\n\n", [3, 8]), ("", "End of Document\n\n", [1, 6])],
)
def test_an_archives_export_of_several_articles_is_read_one_by_one(tmp_path, first, second, rows):
    text = f"{first}The first headline here\n\n{ONE}\n{second}The second headline here\n\n{TWO}\n\n\n"
    articles = load_articles(write(tmp_path, "a.txt", text))
    assert articles["title"].tolist() == ["The first headline here", "The second headline here"]
    assert articles["row"].tolist() == rows
    assert [text.splitlines()[row - 1] for row in rows] == articles["title"].tolist()
    alone = load_articles(write(tmp_path, "b.txt", f"1 of 1 DOCUMENT\n\nThe headline of it here\n\n{ONE}"))
    assert alone[["article", "text", "row"]].to_numpy().tolist() == [["b", ONE, 0]]


PROQUEST = """{bar}

The army goes north, page A1

Author: Doe, Jane

Abstract: A summary of the story.

Full text: {text}

Reason: we shall act, they said. It goes on.

{text}

Subject: Drug trafficking; Cartels

Title: The army goes north

Publication title: The Daily; New York

Publication year: 2012

Publication date: Mar 4, 2012

Publisher: A Company

ISSN: 03624331

ProQuest document ID: {number}

Last updated: 2017-11-15

"""


def test_an_export_of_proquest_is_read_by_its_labels(tmp_path):
    records = [PROQUEST.format(bar="_" * 60, text=text, number=number) for text, number in [(ONE, 4306), (TWO, 4307)]]
    short = PROQUEST.replace("Full text: ", "")
    records.append(short.format(bar="_" * 60, text=ONE, number=4308))
    text = f"{''.join(records)}{'_' * 60}\nContact us at: http://www.proquest.com/help\n"
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["article"].tolist() == ["a-4306", "a-4307"]
    assert articles["text"].iloc[0] == f"{ONE}\n\nReason: we shall act, they said. It goes on.\n\n{ONE}"
    assert set(articles["title"]) == {"The army goes north"}
    assert set(articles["outlet"]) == {"The Daily; New York"}
    assert articles["byline"].tolist() == ["Doe, Jane"] * 2
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04")] * 2
    places = [text.splitlines()[row - 1] for row in [*articles["row"], *left_out["row"]]]
    assert places == ["The army goes north, page A1"] * 3 + ["Contact us at: http://www.proquest.com/help"]
    assert left_out["why"].str.contains("none of its lines begins with Full text:").all()


LINKED = PROQUEST.replace(
    "ProQuest document ID: {number}", "ProQuest document link: https://www.proquest.com/docview/7"
)


def test_an_export_of_proquest_without_ids_is_known_by_two_full_texts(tmp_path):
    records = [LINKED, re.sub("Full text: .*?\n\nSubject", "Full text: Not available.\n\nSubject", LINKED, flags=re.S)]
    text = "".join(records).format(bar="_" * 20, text=ONE)
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["text"].str.startswith(ONE).tolist() == [True]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04")]
    assert articles["url"].tolist() == ["https://www.proquest.com/docview/7"]
    assert left_out["why"].tolist() == ["no text: ProQuest says 'Not available'"]


@pytest.mark.parametrize("head", ["", "Report Information from ProQuest\n25 November 2026 10:00\n"])
def test_one_record_of_proquest_is_known_by_the_head_of_its_export(tmp_path, head):
    text = f"{'_' * 20}\n{head}{LINKED}".format(bar="_" * 20, text=ONE)
    article = load_articles(write(tmp_path, "a.txt", text)).iloc[0]
    assert article["text"].startswith(ONE) == bool(head), "else it is a page"
    assert (article["title"] == "The army goes north") == bool(head)


FACTIVA = """World News
Mexico and the United States agree

By Jane Doe
612 words
{day} March 2012
10:30
The Wall Street Journal
J
A{day}
English
(Copyright (c) 2012, Dow Jones & Company, Inc.)

{text}

Document J000000020120305e8350000{day}

"""


def test_an_export_of_factiva_is_read_document_by_document(tmp_path):
    documents = "".join(FACTIVA.format(day=day, text=text) for day, text in [(4, ONE), (5, TWO)])
    articles, left_out = read_articles(write(tmp_path, "a.txt", f"{documents}Search Summary\nText  mexico\n"))
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["row"].tolist() == [1, 18]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States agree"}
    assert set(articles["outlet"]) == {"The Wall Street Journal"}
    assert left_out[["row", "kept", "why"]].to_numpy().tolist() == [[35, False, "not an article: the end of an export"]]
    alone = load_articles(write(tmp_path, "2011-01-01.txt", FACTIVA.format(day=4, text=ONE))).iloc[0]
    assert (alone["text"], alone["row"], alone["date"]) == (ONE, 0, pd.Timestamp("2012-03-04"))


TAGGED = """HD {cell}
Mexico and the United States agree
BY {cell}By Jane Doe
WC {cell}612 words
PD {cell}{day} March 2012
SN {cell}The Wall Street Journal
CY {cell}(Copyright (c) 2012, Dow Jones & Company, Inc.)
LP {cell}
{text}

TD {cell}
IN short, it goes on.
CO {cell}
usmex : Mexico
AN {cell}Document J000000020120305e8350000{day}

"""


def test_an_export_of_factiva_with_its_tags_is_read_by_them(tmp_path):
    documents = [TAGGED.format(cell="\t", day=day, text=text) for day, text in [(4, ONE), (5, TWO)]]
    articles = load_articles(write(tmp_path, "a.txt", "".join(documents).replace("\n", "\r\n")))
    assert articles["text"].tolist() == [f"{text}\n\nIN short, it goes on." for text in (ONE, TWO)]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States agree"}
    assert set(articles["outlet"]) == {"The Wall Street Journal"}
    assert load_articles(write(tmp_path, "b.txt", documents[0]))["outlet"].tolist() == ["The Wall Street Journal"]


NEXIS = """Mexico and the United States Agree on a Pact

The New York Times

{date}

Copyright 2012 The New York Times Company All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 6

Length: 1,612 words

Byline: By JANE DOE

Highlight: A summary of the story.

Body


{text}

URL: http://www.nytimes.com/2012/03/04/a.html

Graphic

PHOTO: Soldiers march. (PHOTOGRAPH BY JANE DOE)

Classification


Load-Date: March 6, 2012


End of Document


"""


LEXIS = """                 {n} of 2 DOCUMENTS

                    The Guardian (London)

                    March {n}, 2012 Sunday
                    Final Edition

A headline of the story here

BYLINE: By JANE DOE

LENGTH: 612 words

{text}

LOAD-DATE: March 6, 2012

"""


def test_an_older_export_of_nexis_gives_outlet_and_date(tmp_path):
    documents = [LEXIS.format(n=n, text=text) for n, text in [(1, ONE), (2, TWO)]]
    for name, text in [("a.txt", "".join(documents)), ("b.txt", documents[0])]:
        articles = load_articles(write(tmp_path, name, text))
        assert articles["text"].tolist() == [ONE, TWO][: len(articles)]
        assert set(articles["title"]) == {"A headline of the story here"}
        assert set(articles["outlet"]) == {"The Guardian (London)"}
        assert articles["published"].iloc[0] == pd.Timestamp("2012-03-01")
        assert articles["published_evidence"].iloc[0] == "'March 1, 2012' (the head of LexisNexis's document)"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_export_of_nexis_gives_outlet_date_and_body(tmp_path, end):
    dates = ["March 4, 2012 Sunday, Late Edition - Final", "5 de marzo de 2012 lunes 10:35 AM EST"]
    documents = [NEXIS.format(date=date, text=text) for date, text in zip(dates, [ONE, TWO], strict=True)]
    articles = load_articles(write(tmp_path, "a.txt", "".join(documents).replace("\n", end)))
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States Agree on a Pact"}
    assert set(articles["outlet"]) == {"The New York Times"}
    assert set(articles["byline"]) == {"JANE DOE"}
    alone = f"Page 1 of 2\nMexico and the United States Agree on a Pact\n\n{documents[0]}".replace("\n", end)
    alone = load_articles(write(tmp_path, "b.txt", alone)).iloc[0]
    assert (alone["row"], alone["outlet"], alone["text"]) == (0, "The New York Times", ONE)


def test_a_text_file_may_hold_a_table_as_a_spreadsheet_saves_it(tmp_path):
    table = as_csv(ROWS, "\t").decode()
    assert load_articles(write(tmp_path, "a.txt", table.encode("utf-16")))["text"].tolist() == [ONE, TWO]
    page = load_articles(write(tmp_path, "b.txt", f"Date and text of the pact\n{table.split(chr(10), 1)[1]}"))
    assert len(page) == 1


def test_a_line_of_underscores_divides_no_other_page(tmp_path):
    text = f"A headline of five words\n\n{ONE}\n{'_' * 40}\n{TWO}"
    assert load_articles(write(tmp_path, "a.txt", text))["text"].tolist() == [f"{ONE}\n\n{TWO}"]


@pytest.mark.parametrize(
    ("name", "line", "date", "evidence"),
    [
        ("2012-03-04 - El Universal - headline.txt", "", "2012-03-04", "'2012-03-04' (inferred: the file's name)"),
        ("20120304_headline.txt", "", "2012-03-04", "'2012-03-04' (inferred: the file's name)"),
        ("2012-03-04.txt", "Published March 5, 2012\n", "2012-03-05", "a date line of the page"),
        ("20121399-1.txt", "", "", ""),
        ("430631112.txt", "", "", ""),
    ],
)
def test_a_day_at_the_beginning_of_a_files_name_is_inferred_at_most(tmp_path, name, line, date, evidence):
    article = load_articles(write(tmp_path, name, f"A headline of five words\n{line}\n{ONE}")).iloc[0]
    assert ["" if pd.isna(article["date"]) else f"{article['date']:%F}", article["published_evidence"]] == [
        date,
        evidence,
    ]


GUARDIAN = [
    {"id": f"world/{n}", "webTitle": f"Title {n}", "webPublicationDate": "2012-03-04", "fields": {"bodyText": text}}
    for n, text in enumerate((ONE, TWO))
]


@pytest.mark.parametrize(
    "whole",
    [
        {"response": {"status": "ok", "results": GUARDIAN}},
        {"response": {"results": GUARDIAN, "facets": [{"count": n} for n in range(5)]}},
        {"a": {"b": {"c": GUARDIAN}}, "others": GUARDIAN[:1]},
        GUARDIAN,
    ],
)
def test_the_list_of_articles_is_found_however_deep_in_objects(tmp_path, whole):
    articles, left_out = read_articles(write(tmp_path, "a.json", json.dumps(whole)))
    assert articles["article"].tolist() == ["world/0", "world/1"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["title"].tolist() == ["Title 0", "Title 1"]
    assert not left_out["why"].str.contains("Title").any()


def test_what_the_guardian_keeps_in_its_fields_is_known_as_it_is_beside_them(tmp_path):
    more = {"byline": "Jo Tuckman", "publication": "The Observer", "lastModified": "2012-03-05"}
    rows = [{**row, "fields": {**row["fields"], **more}} for row in GUARDIAN]
    flat = [{"fields.bodyText": ONE, **{f"fields.{name}": value for name, value in more.items()}}]
    for name, raw in [("a.json", json.dumps({"response": {"results": rows}})), ("b.csv", as_csv(flat))]:
        article = load_articles(write(tmp_path, name, raw)).iloc[0]
        assert article[["text", "byline", "outlet"]].tolist() == [ONE, "Jo Tuckman", "The Observer"]
        assert article["updated"] == pd.Timestamp("2012-03-05")


def test_of_the_guardians_two_texts_the_one_without_markup_is_taken(tmp_path):
    both = {"body": f"<p>{ONE}</p><figure><figcaption>Soldiers march.</figcaption></figure>", "bodyText": ONE}
    source = write(tmp_path, "a.json", json.dumps({"response": {"results": [{"webTitle": "A", "fields": both}]}}))
    assert load_articles(source)["text"].tolist() == [ONE]


def test_captions_and_asides_are_no_part_of_a_text_that_holds_markup(tmp_path):
    aside = "<aside><p>Related: <a href='x'>Guns flow south.</a></p></aside>"
    text = f"<p>{ONE}</p><figure><img><figcaption>Soldiers march.</figcaption></figure>{aside}<p>{TWO}</p>"
    assert load_articles(write(tmp_path, "a.csv", as_csv([{"text": text}])))["text"].tolist() == [f"{ONE}\n\n{TWO}"]


def test_event_registrys_date_is_that_of_publication_and_not_of_its_own_finding(tmp_path):
    row = {"date": "2022-01-29", "dateTime": "2022-01-29T00:30:00Z", "dateTimePub": "2022-01-28T23:45:00Z", "body": ONE}
    whole = {"articles": {"results": [row]}}
    assert load_articles(write(tmp_path, "a.json", json.dumps(whole)))["date"].iloc[0] == pd.Timestamp("2022-01-28")


def test_a_name_below_another_is_not_taken_for_the_articles_own(tmp_path):
    row = {"text": ONE, "author.url": "https://www.other.com/jo", "image.title": "A picture", "source.id": "s"}
    article = load_articles(write(tmp_path, "a.csv", as_csv([row]))).iloc[0]
    assert article[["article", "title", "outlet"]].tolist() == ["a-2", "", ""]


def test_json_without_a_text_is_told_by_the_names_of_its_list(tmp_path):
    docs = [{"abstract": ONE, "lead_paragraph": ONE, "headline": {"main": "A title"}, "pub_date": "2012-03-04"}]
    file = write(tmp_path, "a.json", json.dumps({"status": "OK", "response": {"docs": docs, "meta": {"hits": 1}}}))
    with pytest.raises(ValueError, match=r"The columns are: 'abstract', 'lead_paragraph', .* In JSON each article is"):
        load_articles(file)
    article = load_articles(file, columns={"text": "lead_paragraph"}).iloc[0]
    assert (article["text"], article["title"]) == (ONE, "A title")


def test_words_that_stand_for_nothing_are_neither_text_nor_name_nor_outlet(tmp_path):
    rows = [{"id": "NA", "text": text, "outlet": "NaN", "title": "n/a"} for text in (ONE, "NA", TWO)]
    articles, left_out = read_articles(write(tmp_path, "a.csv", as_csv(rows)))
    assert articles[["article", "outlet", "title"]].to_numpy().tolist() == [["a-2", "", ""], ["a-4", "", ""]]
    assert left_out[["row", "why"]].to_numpy().tolist() == [[3, "no text in the column 'text'"]]


def test_stubs_of_newsapi_are_left_out_or_told(tmp_path):
    rows = [{"text": f"{ONE} The army wen… [+3012 chars]"}, {"text": "[Removed]"}, {"text": f"{TWO} [+12 chars] {ONE}"}]
    file = write(tmp_path, "a.jsonl", as_jsonl(rows))
    assert load_articles(file)["text"].tolist() == [f"{ONE} The army wen…", rows[2]["text"]]
    assert reasons(file) == [
        (1, True, "only the beginning of the article: 3012 more characters are missing"),
        (2, False, "no text: its source has removed it"),
    ]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.tar.gz", "Unpack it"),
        ("a.7z", "Unpack it"),
        ("a.DOCX", "Save it as .txt"),
        ("a.xlsx", "Save it as .csv (Excel: CSV UTF-8)"),
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
    monkeypatch.setattr(sources, "LIMIT", 10_000)
    articles, left_out = read_articles(tmp_path)
    assert articles["article"].tolist() == ["x1", "x2"]
    assert left_out["file"].tolist() == ["b.csv.gz", "c.zip", "d.parquet", "e.zip", "f.txt.xz"]
    assert left_out["why"].iloc[3].startswith("unpacked it would be")
    assert left_out["why"].iloc[4].startswith("larger than")


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


def test_names_hold_no_space_are_unique_and_bare_numbers_count_within_their_file(tmp_path):
    write(tmp_path, "a b.csv", as_csv([{"id": "1", "text": ONE}, {"id": "2", "text": TWO}]))
    write(tmp_path, "c.csv", as_csv([{"id": "1", "text": TWO}, {"id": "guid: 7 8", "text": ONE}]))
    write(tmp_path, "d.csv", as_csv([{"text": ONE}, {"text": TWO}]))
    names = load_articles(tmp_path)["article"].tolist()
    assert names == ["a_b-1", "a_b-2", "c-1", "d-2", "d-3", "guid_7_8"]


def test_labels_stay_short_where_many_share_a_day_or_have_none(tmp_path):
    rows = [{"id": f"the-very-long-name-of-an-article-{n}", "text": f"{ONE} {n}.", "date": ""} for n in range(2)]
    rows += [{"id": f"day{n}", "text": f"{TWO} {n}.", "date": "2012-02-27"} for n in range(2)]
    rows += [{"id": "month", "text": ONE, "date": "2012-02"}]
    labels = load_articles(write(tmp_path, "a.csv", as_csv(rows)))["label"]
    undated = ["the-very-long-name-of-a…·1", "the-very-long-name-of-a…·2"]
    assert labels.tolist() == ["2012-02", "2012-02-27·1", "2012-02-27·2", *undated]
    assert labels.is_unique


def test_the_source_is_the_argument_else_the_environment_else_the_seeds(tmp_path, monkeypatch):
    file = write(tmp_path, "a.csv", as_csv(ROWS))
    monkeypatch.setenv("SOURCE", str(file))
    assert len(load_articles()) == 2
    assert len(load_articles(write(tmp_path, "b.csv", as_csv(ROWS[:1])))) == 1
    monkeypatch.setenv("SOURCE", "")
    assert len(load_articles()) == 5


def test_beside_an_articles_csv_only_the_txt_files_are_articles(tmp_path):
    write(tmp_path, "my story.txt", f"A headline of five words\n\n{ONE}")
    write(tmp_path, "sentences.csv", as_csv(ROWS))
    write(tmp_path, "articles.csv", "article,outlet\nmy story,Daily\n")
    articles, left_out = read_articles(tmp_path)
    assert articles[["article", "outlet"]].to_numpy().tolist() == [["my_story", "Daily"]]
    assert left_out.empty


def test_an_articles_csv_that_holds_texts_is_a_table_of_articles(tmp_path):
    write(tmp_path, "story.txt", f"A headline of five words\n\n{ONE}")
    write(tmp_path, "articles.csv", as_csv(ROWS))
    assert len(load_articles(tmp_path)) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman"])
@pytest.mark.parametrize("text", ["El presidente Enrique Peña Nieto se reunió con José Meade.", f"{ONE} {TWO}"])
def test_bytes_are_read_in_the_encoding_they_were_written_in(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_latin_1_russian_and_a_file_of_two_encodings_are_read():
    spanish, russian = "México y Michoacán, según Peña", "Президент встретился с министром обороны в понедельник."
    assert decode(spanish.encode("latin-1")) == spanish
    assert decode(russian.encode("cp1251")) == russian
    mixed = f"{spanish}\n{spanish}\n".encode() + spanish.encode("cp1252")
    assert decode(mixed) == f"{spanish}\n{spanish}\n{spanish}"
    assert decode(spanish.encode()[:-3] + b"\xc3\nPe\xc3\xb1a\nPe\xc3\xb1a").endswith("Peña\nPeña")


def test_mojibake_is_mended_and_markup_taken_out(tmp_path):
    rows = [
        {"text": "Peña Nieto’s men said that arms go south.".encode().decode("cp1252")},
        {"text": f"<p>{ONE}</p>\n<script>x()</script><p>Arms &amp; drugs go both ways<br/>they said.</p>"},
    ]
    texts = load_articles(write(tmp_path, "a.csv", as_csv(rows)))["text"].tolist()
    assert texts == ["Peña Nieto’s men said that arms go south.", f"{ONE}\n\nArms & drugs go both ways\n\nthey said."]


def test_titles_and_names_are_mended_as_texts_are(tmp_path):
    row = {
        "text": "Arms go south\x0band north.",
        "title": "<b>Arms</b> &amp; drugs\u00a0now",
        "outlet": "Caf\u00c3\u00a9",
    }
    article = load_articles(write(tmp_path, "a.jsonl", as_jsonl([row]))).iloc[0]
    assert article[["text", "title", "outlet"]].tolist() == ["Arms go south and north.", "Arms & drugs now", "Café"]


def test_a_tables_text_keeps_its_first_and_last_lines(tmp_path):
    text = f"A line of seven words opens here\n{ONE}\nA table of figures\nThree words more"
    assert clean_text(text)["text"] == text.replace("\n", "\n\n")
    assert clean_text(f"The headline\n{text}", "The headline")["text"] == text.replace("\n", "\n\n")
    assert clean_text("The headline", "The headline")["text"] == "The headline"


@given(st.text(alphabet="aZéñü“”‘’–— &;<>ÃÂ€™œ\x1b\r\n\t…ﬁ\x07.\xa0", max_size=60))
def test_plain_lines_are_passed_by_without_a_change_in_what_ftfy_mends(text):
    assert repair(text) == ftfy.fix_text(text, REPAIRS)


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
    wanted = {key: clean_text(text)["text"] for key, text in said.items()}
    assert dict(zip(articles["article"], articles["text"], strict=True)) == {k: v for k, v in wanted.items() if v}
    assert (~left_out["kept"]).sum() == sum(not text for text in wanted.values())


@given(st.text())
def test_a_name_holds_no_space(words):
    assert len(f"x{name_of(words)}".split()) == 1
