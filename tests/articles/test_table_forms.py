"""Tables as other programs write them: joined, dumped, escaped, with the first paragraph in a column of its own."""

import io
import json

import pandas as pd
import pytest

from helpers.articles.document import without_markup
from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, TWO, as_csv, as_parquet, reasons, write

DAY = "2012-02-27"


@pytest.mark.parametrize("again", ["id,date,text", "Id, Date ,TEXT"])
def test_the_header_of_a_joined_file_is_no_article(tmp_path, again):
    file = write(tmp_path, "a.csv", f'id,date,text\nx1,{DAY},"{ONE}"\n{again}\nx2,{DAY},"{TWO}"\n')
    articles, left_out = read_articles(file)
    assert articles["article"].tolist() == ["x1", "x2"]
    assert left_out[["row", "kept", "why"]].to_numpy().tolist() == [
        [3, False, "not an article: the names of the columns once more"]
    ]


def test_two_tables_with_other_columns_are_not_read_as_one(tmp_path):
    file = write(tmp_path, "a.csv", f'id,date,text\nx1,{DAY},"{ONE}"\ntext,title,date\n"{TWO}",A title,{DAY}\n')
    articles, left_out = read_articles(file)
    assert articles["article"].tolist() == ["x1"]
    assert left_out["why"].str.startswith("row 3 names other columns").tolist() == [True]


def test_a_header_with_names_of_no_field_ends_a_joined_table(tmp_path):
    file = write(tmp_path, "a.csv", f'id,date,text,sheet\nx1,{DAY},"{ONE}",1\nid,date,sheet,text\nx2,{DAY},2,"{TWO}"\n')
    articles, left_out = read_articles(file)
    assert articles["article"].tolist() == ["x1"]
    assert left_out["why"].str.startswith("row 3 names other columns").tolist() == [True]


NO_SENTENCE = ["n.a.", "[NULL]", "#VALUE!", "#NAME?", "Not available", "<null>", "Total", "1", "--", ".", "12 4 3"]


@pytest.mark.parametrize("write_as", [as_csv, as_parquet])
def test_a_cell_without_a_sentence_is_no_article(tmp_path, write_as):
    rows = [{"title": f"T{n}", "text": words} for n, words in enumerate([ONE, *NO_SENTENCE])]
    articles, left_out = read_articles(write(tmp_path, f"a.{write_as.__name__[3:]}", write_as(rows)))
    assert articles["text"].tolist() == [ONE]
    assert left_out["kept"].tolist() == [False] * len(NO_SENTENCE)


@pytest.mark.parametrize(
    "words", ["Trucks left.", "“Nobody knew.”", "Trucks left again", "Halt!", "他们走了。", "Они ушли."]
)
def test_a_short_sentence_is_a_text(tmp_path, words):
    assert load_articles(write(tmp_path, "a.csv", as_csv([{"text": words}])))["received"].tolist() == [words]


@pytest.mark.parametrize("name", ["subtitle", "text_continued", ""])
def test_a_column_of_sentences_that_are_not_read_is_told(tmp_path, name):
    rows = [{"date": DAY, "outlet": "The Argus", "text": text, name: more} for text, more in [(ONE, TWO), (TWO, ONE)]]
    told = [why for _, _, why in reasons(write(tmp_path, "a.csv", as_csv(rows)))]
    assert [repr(name) in why or "without a name" in why for why in told] == [True]
    rows = [row | {name: f"Seen by two coders, number {row['text'][:9]}"} for row in rows]
    assert reasons(write(tmp_path, "b.csv", as_csv(rows))) == []
    rows = [row | {name: row["text"]} for row in rows]
    assert reasons(write(tmp_path, "c.csv", as_csv(rows))) == []


@pytest.mark.parametrize("write_as", [as_csv, as_parquet])
@pytest.mark.parametrize("cut", ["… {0} … {1} …", "...{0}...{1}", "{0} … {1}"])
def test_pieces_of_the_text_that_a_search_shows_add_nothing(tmp_path, write_as, cut):
    pieces = cut.format(ONE[12:30], ONE[41:70])
    rows = [{"snippet": pieces, "text": ONE}, {"snippet": f"{pieces} … {TWO[:30]}", "text": f"{ONE} They left."}]
    articles = load_articles(write(tmp_path, f"a.{write_as.__name__[3:]}", write_as(rows)))
    assert [text.startswith(ONE) for text in articles.sort_values("row")["text"]] == [True, False]


@pytest.mark.parametrize("nothing", [r"\N", "<NA>", "NULL", "NaN", "N/A", "None", "#N/A", "(null)", "-"])
@pytest.mark.parametrize("column", ["text", "outlet", "date"])
def test_what_programs_write_for_nothing_is_nothing(tmp_path, nothing, column):
    row = {"id": "x2", "text": TWO, "date": DAY, "outlet": "The Daily"} | {column: nothing}
    for name, write_as in [("a.csv", as_csv), ("a.tsv", lambda rows: as_csv(rows, "\t")), ("a.parquet", as_parquet)]:
        articles = load_articles(write(tmp_path, name, write_as([row | {"id": "x1", "text": ONE}, row])))
        assert nothing not in articles[["text", "outlet"]].to_numpy()
        assert len(articles) == 2 - (column == "text")
        assert articles["date"].isna().all() == (column == "date")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br><br/>Two.", "One.\n\nTwo."),
        ("&lt;p&gt;One &amp;amp; a half.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One & a half.\n\nTwo."),
        ("&#60;p&#62;One.&#60;/p&#62;&#x3C;p&#x3E;Two.&#x3C;/p&#x3E;", "One.\n\nTwo."),
        (r"The\xa0one of M\xc3\xa9xico\xe9.", "The one of Méxicoé."),
        ("&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;", "One."),
        ('One <img src="a.jpg" width=290> half.', "One half."),
        (r"One.\n\nTwo.\r\nThree.\tFour.", "One.\n\nTwo.\n\nThree. Four."),
        (r"\"One,\" he said of M\u00e9xico.", '"One," he said of México.'),
        (r"He opened C:\news\text.txt and read.", r"He opened C:\news\text.txt and read."),
        ("A 2 < 3, B > C.", "A 2 < 3, B > C."),
        ("<table><tr><td>2019</td><td>1,204</td></tr></table><p>One.</p>", "One."),
    ],
)
def test_tags_and_signs_of_programs_become_paragraphs_or_go(tmp_path, written, read):
    end = " Officials of both countries said so on Tuesday."
    for name, raw in [("a.csv", as_csv([{"text": written + end}])), ("a.json", json.dumps([{"text": written + end}]))]:
        text = load_articles(write(tmp_path, name, raw))["text"].iloc[0]
        assert " ".join(text.split()) == " ".join(f"{read}{end}".split())
        assert text.startswith(read.rpartition("\n")[0])


def test_a_tag_that_was_cut_off_goes_and_what_follows_one_stays():
    assert without_markup('One half. <a href="http') == "One half."
    assert ONE in without_markup(f'One half. <a href="http {ONE}')


def test_tags_are_taken_out_once_and_for_all():
    assert without_markup(without_markup("<p>One.</p>&lt;br&gt;Two.")) == "One.\n\n\n\nTwo."


@pytest.mark.parametrize("said", [r"He said \"no, never\" to them, twice.", r"\"No, never,\" he said; \"not once.\""])
def test_quotes_after_a_backslash_are_part_of_the_text(tmp_path, said):
    articles, left_out = read_articles(write(tmp_path, "a.csv", f'id,text\nx1,"{said}"\nx2,"{ONE}"\n'))
    assert articles["text"].tolist() == [said.replace("\\", ""), ONE]
    assert left_out.empty


def test_quotes_after_a_backslash_are_read_where_a_row_lacks_its_last_value(tmp_path):
    raw = f'date,outlet,text,note\n{DAY},A,"He said \\"no, never\\", and left.",\n{DAY},B,"{ONE}"\n'
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert articles["text"].tolist() == ['He said "no, never", and left.', ONE]
    assert left_out.empty


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("text", [ONE, TWO])
def test_utf_16_is_read_with_and_without_its_mark(tmp_path, encoding, text):
    raw = f'id,text\nx1,"{text}"\n'.encode(encoding)
    assert load_articles(write(tmp_path, "a.csv", raw))["text"].tolist() == [text]
    assert load_articles(write(tmp_path, "b.txt", text.encode(encoding)))["text"].tolist() == [text]


@pytest.mark.parametrize("lead", ["lead", "Standfirst", "snippet", "entradilla", "LP"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_first_paragraph_in_a_column_of_its_own_begins_the_text(tmp_path, lead, kind):
    cut_short = f"{TWO[:40]}…"
    rows = [{lead: ONE, "body": TWO}, {lead: TWO, "body": f"{TWO} {ONE}"}, {lead: cut_short, "body": TWO}]
    rows += [{lead: "", "body": ONE}, {lead: ONE, "body": ""}]
    raw = as_csv(rows) if kind == "csv" else as_parquet(rows)
    articles, left_out = read_articles(write(tmp_path, f"a.{kind}", raw))
    texts = articles.set_index("row")["text"].sort_index().tolist()
    assert texts == [f"{ONE}\n\n{TWO}", f"{TWO} {ONE}", TWO, ONE, ONE]
    told = [why for why in left_out["why"] if why.startswith("only the beginning")]
    assert len(told) == (lead != "LP"), "Factiva's short articles have nothing else"


def test_a_summary_that_is_no_part_of_the_text_is_told(tmp_path):
    file = write(tmp_path, "a.csv", as_csv([{"abstract": f"Of {ONE}", "text": TWO}] * 2))
    assert load_articles(file)["text"].tolist() == [TWO, TWO]
    assert [why for _, _, why in reasons(file) if "'abstract' is taken for a summary" in why]
    same = write(tmp_path, "b.csv", as_csv([{"abstract": TWO, "text": f"{TWO} {ONE}"}] * 2))
    assert not [why for _, _, why in reasons(same) if "summary" in why]


@pytest.mark.parametrize("name", ["newspaper_title", "Newspaper Name", "paper", "diario", "Zeitungsname", "SN"])
def test_a_papers_column_is_known_by_what_archives_call_it(tmp_path, name):
    assert load_articles(write(tmp_path, "a.csv", as_csv([{"text": ONE, name: "The Argus"}])))["outlet"].tolist() == [
        "The Argus"
    ]


def test_factivas_codes_are_names_of_columns(tmp_path):
    row = {"HD": "A headline", "BY": "Jane Doe", "PD": "4 March 2012", "SN": "The Argus", "LP": ONE, "TD": TWO}
    articles = load_articles(write(tmp_path, "a.csv", as_csv([row])))
    assert articles[["title", "byline", "outlet", "text"]].to_numpy().tolist() == [
        ["A headline", "Jane Doe", "The Argus", f"{ONE}\n\n{TWO}"]
    ]
    assert articles["date"].tolist() == [pd.Timestamp("2012-03-04")]


def test_a_table_of_excel_with_cells_of_nothing_keeps_its_dates(tmp_path):
    file = io.StringIO()
    pd.DataFrame({"text": [ONE, TWO], "date": [pd.Timestamp(DAY), pd.NaT]}).to_csv(file, na_rep="<NA>")
    assert load_articles(write(tmp_path, "a.csv", file.getvalue()))["date"].notna().tolist() == [True, False]
