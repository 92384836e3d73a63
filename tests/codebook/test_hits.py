"""Hits and what is counted from them: properties that hold for any text, and worked examples."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, list_sentences, pool_articles, rate_per_1000_words, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.text.split import split_sentences, split_words

WORDS = [
    "arms",
    "Arms",
    "trafficking",
    "US",
    "us",
    "trade",
    "no",
    "not",
    "war",
    "on",
    "drugs",
    "drug",
    "México",
    "U.S.",
]
TEXTS = st.lists(st.sampled_from([*WORDS, ",", ".", "-", "’s", "\n\n", "addict", "addictions"]), max_size=30).map(
    " ".join
)
TERMS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "none"]),
        st.lists(st.sampled_from([*WORDS, "addict*", "*king", "drug*"]), min_size=1, max_size=3).map(" ".join),
    ),
    min_size=1,
    max_size=8,
    unique=True,
).filter(lambda rows: any(frame != "none" for frame, _ in rows))


def articles_of(*texts):
    return pd.DataFrame({"article": [f"x{i}" for i in range(len(texts))], "text": texts})


def codebook_of(rows):
    return pd.DataFrame(rows, columns=["frame", "term"])


def means(term, words):
    """An independent reading of what a term means: word by word, no regular expression."""
    if term == term.lower():
        words = words.lower()
    pieces, parts = term.split(" "), words.split(" ")
    return len(pieces) == len(parts) and all(
        (part == piece.strip("*"))
        or (piece.endswith("*") and part.startswith(piece.strip("*")) and part[len(piece) - 1 :].isalnum())
        or (piece.startswith("*") and part.endswith(piece.strip("*")) and part[: 1 - len(piece)].isalnum())
        for piece, part in zip(pieces, parts, strict=True)
    )


@given(TEXTS, TERMS)
def test_every_hit_says_what_its_term_means_and_touches_no_letter(text, rows):
    hits = find_hits(split_sentences(articles_of(text)), codebook_of(rows))
    for hit in hits.itertuples():
        assert text[hit.start : hit.end] == hit.words
        assert means(hit.term, hit.words), (hit.term, hit.words)
        assert not text[: hit.start][-1:].isalnum()
        assert not text[hit.end :][:1].isalnum()


@given(TEXTS, st.sampled_from(["arms", "US", "drug", "war on drugs", "U.S."]))
def test_no_place_is_missed(text, term):
    """An independent search: every place where the term stands with no letter touching it, within one sentence."""
    sentences = split_sentences(articles_of(text))
    places = set()
    for row in sentences.itertuples():
        where = row.text if term != term.lower() else row.text.lower()
        for i in range(len(where)):
            after = where[i + len(term) : i + len(term) + 1]
            if where[i : i + len(term)] == term and not where[i - 1 : i].isalnum() and not after.isalnum():
                places.add(row.start + i)
    assert set(find_hits(sentences, codebook_of([("a", term)]))["start"]) == places


@given(TEXTS, TERMS, st.randoms(use_true_random=False))
def test_the_order_of_the_codebooks_rows_changes_nothing(text, rows, random):
    sentences = split_sentences(articles_of(text))
    other = rows.copy()
    random.shuffle(other)
    pd.testing.assert_frame_equal(find_hits(sentences, codebook_of(rows)), find_hits(sentences, codebook_of(other)))


@given(TEXTS, TEXTS, TERMS)
def test_hits_of_two_articles_joined_are_the_hits_of_each(one, other, rows):
    def spans(text, shift=0):
        hits = find_hits(split_sentences(articles_of(text)), codebook_of(rows))
        return [(h.frame, h.term, h.start + shift, h.negated) for h in hits.itertuples()]

    assert spans(f"{one}\n\n{other}") == spans(one) + spans(other, len(one) + 2)


@given(TEXTS, TERMS)
def test_in_one_frame_no_two_hits_overlap_and_in_the_codebooks_scope_none_but_equals(text, rows):
    sentences = split_sentences(articles_of(text))
    for scope in ("frame", "codebook"):
        hits = find_hits(sentences, codebook_of(rows), scope=scope)
        for a in hits.itertuples():
            for b in hits.itertuples():
                if a.Index < b.Index and (a.frame == b.frame or scope == "codebook"):
                    equal = (a.start, a.end) == (b.start, b.end) and a.frame != b.frame
                    assert a.end <= b.start or b.end <= a.start or equal


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("“No more weapons!” it read", True),
        ("there would be no mass deportation of weapons", True),
        ("they don't want weapons", True),
        ("they don’t want weapons", True),
        ("without any new weapons", True),
        ("neither drugs nor weapons", True),
        ("not one of the many rusty weapons", True),  # five words between: the last within reach
        ("not one of the many old rusty weapons", False),  # six: out of reach
        ("there are no 2,400 of the U.S. illegal weapons", True),  # five words between
        ("no, 400 weapons", False),
        ("the cartel's No. 2 had weapons", False),
        ("drugs, not to mention weapons", False),
        ("it is not over, weapons come", False),  # a comma ends the reach
        ("not only weapons", False),
        ("no doubt weapons", False),
        ("no fewer than 40 weapons", False),
        ("no more than 40 weapons", False),
        ("no more weapons than before", True),
        ("no matter how many weapons", False),
        ("not since 1914 were weapons sold", False),
        ("with no end in sight to weapons", False),
        ("there is no question that weapons flow", False),
        ("there is no question of weapons", True),
        ("whether or not weapons flow", False),
        ("the governor not seeing weapons", True),
        ("with or without weapons", False),
        ("with little or no weapons", True),
        ("nobody has weapons", True),
        ("nothing but weapons", False),
        ("no-one has weapons", True),
        ("a no-fly zone and weapons", False),
        ("a yes-or-no vote on weapons", False),
        ("a never-ending flow of weapons", False),
        ("not drugs but weapons", False),
        ("weapons are not welcome", False),  # the reach is forward
        ("a notable weapons depot", False),
        ("nothing here", None),
    ],
)
def test_a_negation_marks_what_it_reaches(text, negated):
    hits = find_hits(split_sentences(articles_of(text)), codebook_of([("a", "weapons")]))
    assert hits["negated"].tolist() == ([] if negated is None else [negated])


@pytest.mark.parametrize(("letters", "negated"), [(290, True), (310, False)])
def test_a_negation_reaches_no_farther_than_three_hundred_characters(letters, negated):
    hits = find_hits(
        split_sentences(articles_of(f"there is no {'x' * letters} weapons")), codebook_of([("a", "weapons")])
    )
    assert hits["negated"].tolist() == [negated]


def test_in_a_sentence_without_end_a_negation_reaches_no_farther_than_in_a_short_one():
    text = "they have no arms and more arms then it was others who had arms " * 10_000
    sentences = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    hits = find_hits(sentences, codebook_of([("a", "arms")]))
    assert hits["negated"].tolist() == [True, True, False] * 10_000


def test_shares_count_sentences_once_zeros_included():
    sentences = split_sentences(articles_of("Arms and arms. Trade. Nothing.\n\nNo arms.", "Quiet."))
    hits = find_hits(sentences, codebook_of([("a", "arms"), ("b", "trade")]))
    shares = share_of_sentences(hits, sentences)
    assert shares.to_dict("list") == {
        "article": ["x0", "x0", "x1", "x1"],
        "frame": ["a", "b", "a", "b"],
        "carrying": [2, 1, 0, 0],
        "sentences": [4, 4, 1, 1],
        "share": [0.5, 0.25, 0, 0],
        "ids": ["x0:1 x0:4", "x0:2", "", ""],
    }
    pooled = pool_articles(shares)
    assert pooled[["article", "frame", "carrying", "sentences", "ids"]].to_numpy().tolist() == [
        ["all", "a", 2, 5, "x0:1 x0:4"],
        ["all", "b", 1, 5, "x0:2"],
    ]
    assert pool_articles(shares.assign(label="2008")).equals(pooled)
    rates = rate_per_1000_words(hits, split_words(sentences))
    assert rates[["hits", "negated", "words"]].to_numpy().tolist() == [[3, 1, 7], [1, 0, 7], [0, 0, 1], [0, 0, 1]]
    assert rates["rate"].tolist() == [3000 / 7, 1000 / 7, 0, 0]


def test_without_a_single_hit_every_share_is_zero():
    sentences = split_sentences(articles_of("Quiet.", "Quiet too."))
    hits = find_hits(sentences, codebook_of([("a", "arms")]))
    assert share_of_sentences(hits, sentences)["share"].tolist() == [0, 0]
    assert rate_per_1000_words(hits, split_words(sentences))["rate"].tolist() == [0, 0]
    assert list_sentences(hits, sentences).empty


def test_rows_of_hits_add_up_to_every_count_made_of_them():
    sentences = split_sentences(load_articles())
    hits = find_hits(sentences, load_codebook())
    shares = share_of_sentences(hits, sentences)
    rates = rate_per_1000_words(hits, split_words(sentences))
    assert rates["hits"].sum() == len(hits)
    assert rates["negated"].sum() == hits["negated"].sum() > 0
    assert shares["carrying"].sum() == len(list_sentences(hits, sentences))
    assert list_sentences(hits, sentences)["places"].sum() == len(hits)
    for row in shares.itertuples():
        assert row.ids.split() == [
            f"{row.article}:{n}"
            for n in sorted(set(hits[(hits["article"] == row.article) & (hits["frame"] == row.frame)]["sentence"]))
        ]


def test_a_table_of_the_wrong_kind_is_told_what_it_lacks():
    with pytest.raises(ValueError, match="find_hits: sentences, from split_sentences: missing sentence, start"):
        find_hits(articles_of("x"), codebook_of([("a", "x")]))
    with pytest.raises(ValueError, match="find_hits: codebook, from load_codebook: missing frame"):
        find_hits(split_sentences(articles_of("x")), pd.DataFrame({"term": ["x"]}))
