"""Texts are mended, and plain lines left as they are."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.cleaning import clean_text
from helpers.articles.load import load_articles
from helpers.articles.mending import REPAIRS, ftfy, repair
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
