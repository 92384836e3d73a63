"""Undertakings: the list and its words, the pattern over verbs, and what is counted from them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.load import load_articles
from helpers.codebook.terms import MASK
from helpers.files.tables import SEEDS
from helpers.readings.undertakings import (
    COLUMNS,
    FORCES,
    check_undertakings,
    find_commitments,
    find_strongest,
    load_undertakings,
    load_verbs,
    match_by_sentence,
    merge_reports,
    read_otherwise,
    score_pattern,
)
from helpers.text.split import split_sentences

REFUSED, ASKED, DISCUSSED, PLEDGED, AGREED, DONE = FORCES
ARTICLES = pd.DataFrame(
    {
        "article": ["x", "y"],
        "label": ["2001", "2002"],
        "date": pd.to_datetime(["2001-01-01", "2002-01-01"]),
        "text": ["They agreed to meet. He asked for help, and she promised it.\n\nShe promised help again.", "Quiet."],
    }
)
SENTENCES = split_sentences(ARTICLES)
ROW = {
    "article": "x", "sentence": "1", "who": "both", "actor": "They", "verb": "agreed to", "force": AGREED,
    "other_force": "", "negated": "", "what": "meeting", "words": "agreed to meet", "note": "",
}  # fmt: skip
ASKING = {**ROW, "sentence": "2", "who": "Mexico", "actor": "He", "verb": "asked", "force": ASKED, "what": "help"}
PROMISING = {**ASKING, "sentence": "3", "who": "United States", "actor": "She", "verb": "promised", "force": PLEDGED}
ROWS = [ROW, {**ASKING, "words": "asked for help"}, {**PROMISING, "words": "promised help again"}]


@pytest.fixture(scope="module")
def seeds():
    articles = load_articles()
    sentences = split_sentences(articles)
    return articles, sentences, check_undertakings(load_undertakings(), sentences)


def load(folder, *rows):
    file = folder / "list.csv"
    pd.DataFrame(rows, columns=COLUMNS.split()).to_csv(file, index=False)
    return load_undertakings(file)


def test_every_row_of_the_seeds_stands_in_its_sentence_and_none_is_lost(seeds):
    """An independent look: the words as a plain search in the numbered sentences that were coded."""
    texts = pd.read_csv(SEEDS / "sentences.csv").set_index(["article", "sentence"])["text"]
    raw = pd.read_csv(SEEDS / "undertakings.csv", keep_default_na=False)
    assert len(seeds[2]) == len(raw) > 0
    for row in raw.itertuples():
        for words in (row.words, row.actor, row.verb):
            assert words in texts[row.article, row.sentence], row
    assert set(raw["article"]) == {article for article, _ in texts.index}


def test_in_the_seeds_a_row_is_negated_when_its_words_say_no(seeds):
    says_no = seeds[2]["words"].str.contains(r"\b(?:no|not)\b", case=False) & ~seeds[2]["words"].str.contains(
        "not focus"
    )
    assert says_no.equals(seeds[2]["negated"])
    assert seeds[2].loc[seeds[2]["force"].eq(REFUSED), "negated"].all()


def test_in_the_seeds_reports_of_one_undertaking_lie_in_one_article_only(seeds):
    assert seeds[2].groupby("what")["article"].nunique().max() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": "agreed to  meet"}, "line 3: words: 'agreed to  meet'"),
        ({"words": "agreed to part"}, "line 3: words: .* sentence 1 of x, which reads 'They agreed to meet.'"),
        ({"actor": "We"}, "line 3: actor: 'We'"),
        ({"verb": "signed"}, "line 3: verb: 'signed'"),
        ({"sentence": "9"}, "line 3: x has no sentence 9"),
    ],
)
def test_words_that_do_not_stand_in_their_sentence_are_told_with_their_line(tmp_path, change, said):
    wrong = {**ROW, "what": "another", **change}
    with pytest.raises(ValueError, match=said):
        check_undertakings(load(tmp_path, ROW, wrong), SENTENCES)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sentence": "two"}, "line 3: the sentence is 'two'"),
        ({"who": "Canada"}, "line 3: the side 'Canada'"),
        ({"force": "sworn"}, "line 3: the force 'sworn'"),
        ({"other_force": AGREED}, "line 3: the other force is 'agreed'"),
        ({"negated": "1"}, "line 3: negated is '1'"),
        ({"words": ""}, "line 3: the words or the name"),
        ({"what": "meeting"}, "'meeting' is there twice"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path, change, said):
    with pytest.raises(ValueError, match=said):
        load(tmp_path, ROW, {**ROW, "what": "another", **change})


def test_rows_of_other_articles_are_left_out_and_the_rest_stands_in_the_order_of_the_text(tmp_path):
    listed = load(tmp_path, *ROWS[::-1], {**ROW, "article": "elsewhere"})
    checked = check_undertakings(listed, SENTENCES)
    assert checked["sentence"].tolist() == [1, 2, 3]
    assert checked["line"].tolist() == [4, 3, 2]


def test_reports_of_one_undertaking_are_one_at_its_strongest_and_of_both_sides(tmp_path):
    merged = merge_reports(check_undertakings(load(tmp_path, *ROWS), SENTENCES), ARTICLES)
    assert merged[["what", "who", "force", "verb", "ids"]].to_numpy().tolist() == [
        ["meeting", "both", AGREED, "agreed to", "x:1"],
        ["help", "both", PLEDGED, "promised", "x:2 x:3"],
    ]
    assert find_strongest(merged)[["label", "force", "undertakings", "what"]].to_numpy().tolist() == [
        ["2001", AGREED, 1, "meeting"]
    ]


def test_counts_add_up_to_the_rows_they_are_made_of(seeds):
    articles, _, listed = seeds
    merged = merge_reports(listed, articles)
    assert merged["ids"].str.split().str.len().sum() == len(listed)
    for row in find_strongest(merged).itertuples():
        assert FORCES.index(row.force) == max(
            FORCES.index(force) for force in listed.loc[listed["article"].eq(row.article), "force"]
        )


def test_the_other_reading_changes_the_doubtful_rows_only_and_drops_those_that_are_none(tmp_path):
    doubtful = [ROWS[0], {**ROWS[1], "other_force": PLEDGED}, {**ROWS[2], "other_force": MASK}]
    other = read_otherwise(check_undertakings(load(tmp_path, *doubtful), SENTENCES))
    assert other[["sentence", "force"]].to_numpy().tolist() == [[1, AGREED], [2, PLEDGED]]
    assert other["force"].cat.ordered


def verbs_of(*rows):
    return pd.DataFrame(rows, columns=["verb", "force"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They signed an accord.", [("signed", DONE, False)]),
        ("Both have agreed, the two SIGNED.", [("agreed", AGREED, False), ("SIGNED", DONE, False)]),
        ("They have not agreed on it.", [("agreed", AGREED, True)]),
        ("Mexico is not expecting talks.", [("not expecting", REFUSED, False)]),
        ("No sign of peace.", []),  # a mask
        ("They were asked about it.", []),  # a mask
        ("They disagreed and undersigned.", []),
        ("She promised, and urged him.", [("promised", PLEDGED, False), ("urged", ASKED, False)]),
    ],
)
def test_verbs_of_commitment_are_found_by_the_codebooks_rule(text, found):
    places = find_commitments(split_sentences(pd.DataFrame({"article": ["x"], "text": [text]})), load_verbs())
    assert [(row.words, row.force, row.negated) for row in places.itertuples()] == found


def test_of_two_verbs_that_overlap_the_longer_counts_whatever_its_force():
    verbs = verbs_of(("agreed", AGREED), ("agreed to discuss", DISCUSSED))
    sentences = split_sentences(pd.DataFrame({"article": ["x"], "text": ["They agreed to discuss it."]}))
    assert find_commitments(sentences, verbs)["force"].tolist() == [DISCUSSED]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("signed,sworn", "line 2: the force 'sworn' is not known"),
        (f"signed,{DONE}\nsi*gn,{DONE}", "line 3: 'si\\*gn' has a '\\*' inside a word"),
        (f"signed,{DONE}\n,{DONE}", "line 3: .* empty term"),
    ],
)
def test_a_bad_verb_is_told_with_its_line(tmp_path, lines, said):
    (tmp_path / "verbs.csv").write_text(f"verb,force\n{lines}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_verbs(tmp_path / "verbs.csv")


PLACES = st.lists(st.tuples(st.sampled_from("xy"), st.integers(1, 3), st.sampled_from(FORCES)), max_size=12)


@given(PLACES, PLACES)
def test_the_scores_are_those_of_going_through_the_pairs_one_by_one(listed, found):
    def table(rows):
        return pd.DataFrame(rows, columns=["article", "sentence", "force"])

    def compared(rows, others, force):
        own = [row for row in rows if row[2] == force]
        same = sum(row in others for row in own)
        there = sum(any(row[:2] == other[:2] for other in others) for row in own)
        return [len(own), same, there - same, len(own) - there]

    scores = score_pattern(table(listed), table(found))
    for row in scores.to_numpy().tolist():
        assert row[1:] == compared(listed, found, row[0]) + compared(found, listed, row[0])
    assert len(match_by_sentence(table(listed), table(found))) == len(listed)


def test_without_any_undertaking_every_step_is_empty():
    nothing = check_undertakings(load_undertakings(), SENTENCES)
    places = find_commitments(SENTENCES, load_verbs())
    assert nothing.empty and read_otherwise(nothing).empty
    assert find_strongest(merge_reports(nothing, ARTICLES)).empty
    assert score_pattern(nothing, places)["nothing listed"].sum() == 4
