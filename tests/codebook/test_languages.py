"""Articles in a language without terms are left out, by one rule, and the others do not notice them."""

import shutil

import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits
from helpers.codebook.languages import languages_of, list_unmeasured, measured_articles, terms_searched
from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS
from helpers.text.split import split_sentences
from tests.newswire import write_articles

ROWS = [("a", "army", "English"), ("a", "ejército", "Spanish"), ("b", "money", ""), ("none", "no", "Dutch")]


def book_of(*rows):
    return pd.DataFrame(rows, columns=["frame", "term", "language"])


def articles_in(*languages):
    rows = {"article": [f"x{i}" for i in range(len(languages))], "label": "x", "language": languages}
    return pd.DataFrame(rows | {"date": pd.NaT, "date_precision": ""})


@pytest.mark.parametrize(
    ("rows", "languages"),
    [
        (ROWS, {"English"}),
        ([*ROWS, ("b", "dinero", "Spanish")], {"English", "Spanish"}),
        ([("a", "plan", "English Spanish Portuguese")], {"English", "Spanish", "Portuguese"}),
        ([("a", "army", "English"), ("b", "dinero", "Spanish")], set()),
    ],
)
def test_a_codebook_has_a_language_if_every_frame_has_a_term_in_it(rows, languages):
    assert languages_of(book_of(*rows)) == languages


def test_a_list_without_languages_is_english():
    assert languages_of(load_codebook()) == languages_of(pd.DataFrame({"verb": ["say"]})) == {"English"}
    assert languages_of(pd.DataFrame({"verb": ["say", "decir"], "language": ["", "Spanish"]})) == {"English", "Spanish"}


def test_articles_are_kept_in_the_languages_that_all_lists_have():
    loaded = articles_in("English", "Spanish", "Portuguese", "Spanish")
    both, spanish = book_of(("a", "plan", "English Spanish")), book_of(("a", "ejército", "Spanish"))
    assert measured_articles(loaded, both)["language"].tolist() == ["English", "Spanish", "Spanish"]
    assert measured_articles(loaded, both, spanish)["article"].tolist() == ["x1", "x3"]
    kept = measured_articles(loaded, both, spanish)
    assert list_unmeasured(loaded, kept)[["article", "language", "of"]].to_numpy().tolist() == [
        ["x0", "English", 4],
        ["x2", "Portuguese", 4],
    ]


def test_a_term_is_searched_in_its_languages_and_where_none_is_known():
    cells = pd.Series(["", "Spanish", "English Spanish"])
    assert terms_searched(cells, ["English", "Spanish", ""]).tolist() == [
        [True, False, True], [False, True, True], [True, True, True],
    ]  # fmt: skip
    assert terms_searched(cells, []).shape == (0, 3)


def test_no_word_of_one_language_is_found_as_a_word_of_another():
    """And the longest match of an article is the longest of its own terms."""
    book = book_of(("a", "once", ""), ("b", "once de marzo", "Spanish"), ("a", "marzo", "Spanish"))
    articles = articles_in("English", "Spanish", "").assign(text="The once de marzo plan.")
    hits = find_hits(split_sentences(articles), book, scope="codebook")
    found = hits.groupby("article")["term"].agg(list).to_dict()
    assert found == {"x0": ["once"], "x1": ["once de marzo"], "x2": ["once de marzo"]}
    assert find_hits(split_sentences(articles.head(0)), book).empty


def test_an_article_too_short_to_tell_goes_with_most_of_the_others():
    book = load_codebook()
    assert len(measured_articles(articles_in("", "English", "English", "Spanish"), book)) == 3
    assert len(measured_articles(articles_in("", "Spanish", "Spanish", "English"), book)) == 1
    assert len(measured_articles(articles_in("", ""), book)) == 2


@pytest.mark.parametrize("language", ["Spanish", "Portuguese"])
def test_articles_in_another_language_change_nothing_for_those_that_are_measured(tmp_path, articles, language):
    """All that the notebooks compute comes from this table."""
    for file in [*SEEDS.glob("*.txt"), SEEDS / "articles.csv"]:
        shutil.copy(file, tmp_path)
    others = load_articles(write_articles(tmp_path / "others.jsonl", language, 60))
    for row in others.itertuples():
        (tmp_path / f"{row.article}.txt").write_text(f"{row.date:%Y-%m-%d}\n\n{row.text}", "utf-8")
    (tmp_path / "others.jsonl").unlink()
    loaded = load_articles(tmp_path)
    kept = measured_articles(loaded, load_codebook())
    pd.testing.assert_frame_equal(kept, articles)
    left = list_unmeasured(loaded, kept)
    assert len(left) == 60 and set(left["language"]) == {language} and set(left["of"]) == {65}


def test_a_codebook_of_two_languages_is_read_and_an_unknown_language_refused(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text("frame,term,language\na,army,\na,ejército,Spanish\n", "utf-8")
    assert languages_of(load_codebook(file)) == {"English", "Spanish"}
    file.write_text("frame,term,language\na,army,\na,ejército,español\n", "utf-8")
    with pytest.raises(ValueError, match=r"line 3: the language 'español' is not known"):
        load_codebook(file)
