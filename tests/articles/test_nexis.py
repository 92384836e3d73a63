"""Documents of Nexis Uni and LexisNexis: what begins or ends one, and what only looks like a label."""

import pytest

from helpers.articles.load import list_removed, read_articles
from tests.articles.made import ONE, TWO, write
from tests.articles.test_archives import ENGLISH, FRENCH, GERMAN, lexis, nexis

END = """---- End of Request ----
Print Request:   Selected Document(s): 1-2
Time of Request: March 9, 2021  09:02 AM EST
Job Number: 1826:571234567
"""


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        (GERMAN, "{n} von 2 DOKUMENTEN"),
        (FRENCH, "{n} de 2 DOCUMENTS"),
        (ENGLISH, "{n} de 2 DOCUMENTOS"),
        (ENGLISH, "{n} van 2 DOCUMENTEN"),
    ],
)
def test_documents_are_counted_in_the_languages_of_lexisnexis(tmp_path, language, mark):
    articles, _ = read_articles(write(tmp_path, "a.txt", "".join(lexis(language, n, mark=mark) for n in (1, 2))))
    assert articles["text"].tolist() == [ONE, TWO]


def test_two_heads_in_one_document_are_told(tmp_path):
    text = lexis(ENGLISH, 1) + lexis(ENGLISH, 2, mark="Another document")
    _, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert left_out["why"].str.startswith("has the head of another document").tolist() == [True]


def test_the_page_at_the_end_of_a_request_ends_the_last_document(tmp_path):
    articles, left_out = read_articles(write(tmp_path, "a.txt", lexis(ENGLISH, 1) + lexis(ENGLISH, 2) + END))
    assert articles["text"].tolist() == [ONE, TWO]
    assert left_out["why"].tolist() == ["not an article: the cover or the end of an export"]


@pytest.mark.parametrize(
    "amid",
    [
        f"Photo: A bridge.\n\n{TWO}\n\n{TWO}\n\nHe left.",
        f"Notes: he kept them in a box.\n\n{TWO}",
        "Source: Ministry of the Interior. It counted every rifle.",
        "Country: Mexico pays for the guards.\n\nState: Texas pays for the scanners.",
    ],
)
def test_what_reads_on_from_a_label_is_text(tmp_path, amid):
    articles, _ = read_articles(
        write(tmp_path, "a.txt", lexis(ENGLISH, 1, text=f"{ONE}\n\n{amid}") + lexis(ENGLISH, 2))
    )
    assert articles["text"].tolist() == [f"{ONE}\n\n{amid}", TWO]


@pytest.mark.parametrize("title", ["UPDATE: Rifles stopped", "Correction: Border story", "Photo: The bridge"])
def test_a_headline_may_begin_like_a_label(tmp_path, title):
    articles, _ = read_articles(write(tmp_path, "a.txt", lexis(ENGLISH, 1, title=title) + lexis(ENGLISH, 2)))
    assert articles["title"].tolist() == [title, "Arms wanted"]


def test_one_document_needs_no_length_if_it_has_a_copyright_and_a_body(tmp_path):
    text = nexis().replace("Length:\u00a0 1,120 words\n", "").replace("End of Document", "")
    articles, _ = read_articles(write(tmp_path, "a.txt", text))
    assert articles[["title", "outlet", "text"]].to_numpy().tolist() == [["Rifles stopped", "The Daily Argus", ONE]]


def test_a_heading_below_the_text_needs_no_empty_line(tmp_path):
    text = nexis(text=f"{ONE}\nGraphic\nPHOTO: A bridge.") + nexis(text=TWO)
    articles, _ = read_articles(write(tmp_path, "a.txt", text))
    assert articles["text"].tolist() == [ONE, TWO]
    assert "PHOTO: A bridge." in list_removed(articles)["text"].tolist()


@pytest.mark.parametrize(("label", "author"), [("Verfasser", "Byline"), ("Date de chargement", "Load-Date")])
def test_labels_of_other_languages_are_known(tmp_path, label, author):
    text = (nexis() + nexis(text=TWO)).replace(f"{author}:", f"{label}:")
    articles, _ = read_articles(write(tmp_path, "a.txt", text))
    assert articles["text"].tolist() == [ONE, TWO]
    assert set(articles["byline"]) == {"Ana Ruiz"}
