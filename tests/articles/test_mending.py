"""Texts are mended, and plain lines left as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.cleaning import clean_text
from helpers.articles.load import load_articles
from helpers.articles.mending import REPAIRS, ftfy, paragraphs, repair
from tests.articles.made import ONE, as_csv, as_jsonl, write


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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the arms traf-\nficking of the north", "the arms trafficking of the north"),
        ("the arms traf\u00ad\nficking of the north", "the arms trafficking of the north"),
        ("the arms traf\u2010\nficking of the north", "the arms trafficking of the north"),
        ("a cross-\nborder bridge", "a cross-border bridge"),
        ("a gulf-\nwide search, a gulf-wide one", "a gulf-wide search, a gulf-wide one"),
        ("the many long meetings of the US-\nMexico group", "the many long meetings of the US-Mexico group"),
        ("an US-\nbacked raid", "an US-backed raid"),
        ("an U.S.-\nbacked raid", "an U.S.-backed raid"),
        ("a 24-\nyear-old and a 24-year-\nold", "a 24-year-old and a 24-year-old"),
        ("talks face-to-\nface", "talks face-to-face"),
        ("a Mexico-\nbased gang", "a Mexico-based gang"),
        ("a ban on arms-\ntrafficking", "a ban on arms-trafficking"),
        ("border-\nsecurity: the security of the border", "border-security: the security of the border"),
        ("a news-\npaper is a newspaper, news on paper", "a newspaper is a newspaper, news on paper"),
        ("the state of Guer-\nrero", "the state of Guerrero"),
        ("Officers go with-\nout guns, with or out", "Officers go without guns, with or out"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_one_word(written, read):
    assert [text for _, text in paragraphs(written)] == [read]


def test_a_dash_at_the_end_of_a_line_joins_nothing():
    lines = ["A list -", "of two", "- one", "- two", "Children of 5-", "to 11-year-olds"]
    assert [text for _, text in paragraphs("\n".join(lines))] == lines
