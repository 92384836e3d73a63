"""How little undoes a trend: what is left out is counted again in full, and sets are the smallest by brute force."""

from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.measures import loss
from helpers.measures.tests import trends_over_dates
from helpers.text.split import split_sentences

EXPECTED = ["militarised", "public_health", "finance"]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook()


@pytest.fixture(scope="module")
def hits(sentences, codebook):
    return find_hits(sentences, codebook)


@pytest.fixture(scope="module")
def shares(hits, sentences):
    return share_of_sentences(hits, sentences)


@pytest.fixture(scope="module")
def found(sentences, codebook):
    return loss.find_terms(sentences, codebook)


def articles_of(*texts):
    days = pd.to_datetime([f"{2000 + i}-01-01" for i in range(len(texts))])
    table = {"article": [f"x{i}" for i in range(len(texts))], "label": [str(2000 + i) for i in range(len(texts))]}
    return pd.DataFrame({**table, "text": texts, "date": days})


def codebook_of(*rows):
    return pd.DataFrame(rows, columns=["frame", "term"])


def tau_of(values, dates):
    return kendalltau(dates, values).statistic


def test_a_term_left_out_leaves_what_a_codebook_without_it_finds(articles, sentences, codebook, found):
    """Every term of the three frames that is found anywhere, against the full search with the rest of the codebook."""
    left = loss.share_without_terms(found, sentences, EXPECTED)
    taus = loss.leave_out_terms(found, sentences, articles, EXPECTED).set_index(["frame", "left_out"])["tau"]
    codebook = codebook[codebook["frame"].isin([*EXPECTED, "none"])]  # frames do not hide each other
    assert list(taus.index) == list(left.groupby(["frame", "left_out"], sort=False).groups)
    for (frame, term), own in left.groupby(["frame", "left_out"], sort=False):
        rest = codebook[~(codebook["frame"].eq(frame) & codebook["term"].eq(term))]
        again = share_of_sentences(find_hits(sentences, rest), sentences).query("frame == @frame")
        columns = ["article", "carrying", "sentences", "share", "ids"]
        assert own[columns].to_numpy().tolist() == again[columns].to_numpy().tolist(), term
        assert taus[frame, term] == pytest.approx(tau_of(again["share"], range(5)), nan_ok=True)


def test_a_shorter_term_counts_once_the_longer_one_is_gone():
    sentences = split_sentences(articles_of("Their joint fight against crime. More.", "Rain.", "A fight against it."))
    found = loss.find_terms(sentences, codebook_of(("a", "fight against"), ("a", "joint fight"), ("a", "snow")))
    left = loss.share_without_terms(found, sentences, ["a"])
    left = left.pivot(index="left_out", columns="article", values="carrying")
    assert left.index.tolist() == ["", "fight against", "joint fight"], "a term that is found nowhere changes nothing"
    assert left.to_numpy().tolist() == [[1, 0, 1], [1, 0, 0], [1, 0, 1]]


def test_masks_keep_their_right_when_terms_are_tried_alone():
    sentences = split_sentences(articles_of("The National Guard came.", "The commander of the National Guard came."))
    book = codebook_of(("a", "national guard"), ("none", "commander of the national guard"))
    assert loss.find_terms(sentences, book)["article"].tolist() == ["x0"]
    assert loss.find_terms(sentences, book.head(1))["article"].tolist() == ["x0", "x1"]


def test_names_of_articles_may_be_of_any_kind_of_string(articles, sentences, found):
    typed = sentences.astype({"article": "string[pyarrow]"})
    one, other = (loss.leave_out_terms(found, own, articles, EXPECTED)["tau"] for own in (sentences, typed))
    assert one.tolist() == pytest.approx(other.tolist(), nan_ok=True)


def test_an_article_left_out_leaves_the_trend_of_the_others(articles, shares):
    left = loss.leave_out_articles(shares, articles, EXPECTED)
    for row in left.itertuples():
        rest = trends_over_dates(shares[shares["article"] != row.article], articles, [row.frame]).iloc[0]
        assert row.tau == pytest.approx(rest["tau"], nan_ok=True)


def test_no_smaller_set_of_terms_undoes_a_finding(articles, sentences, codebook, found):
    """The sets found, against the full search: without them the sign is gone, with any one of them back it is there."""
    codebook = codebook[codebook["frame"].isin([*EXPECTED, "none"])]
    for row in loss.flip_terms(found, sentences, articles, EXPECTED).itertuples():
        terms = row.names.split("; ")
        assert len(terms) == row.size == row.searched

        def still(taken, frame=row.frame, tau=row.tau):
            rest = codebook[~(codebook["frame"].eq(frame) & codebook["term"].isin(taken))]
            table = share_of_sentences(find_hits(sentences, rest), sentences)
            return trends_over_dates(table, articles, [frame])["tau"].iloc[0] * tau > 0

        assert not still(terms)
        assert all(still([t for t in terms if t != back]) for back in terms)


@given(st.lists(st.lists(st.sampled_from(["one", "two", "three", "four"]), max_size=3), min_size=3, max_size=5))
@settings(max_examples=20)
def test_the_smallest_sets_are_those_of_a_search_by_hand(words):
    articles = articles_of(*(". ".join([*own, "Nothing"]) + "." for own in words))
    sentences, terms = split_sentences(articles), ["four", "one", "three", "two"]
    found = loss.find_terms(sentences, codebook_of(*(("a", term) for term in terms)))

    def tau(kept):
        carried = [
            sum(any(t in s.lower() for t in kept) for s in sentences.query("article == @a")["text"])
            for a in articles["article"]
        ]
        return tau_of(
            [c / n for c, n in zip(carried, sentences.groupby("article").size(), strict=True)], range(len(words))
        )

    there = [t for t in terms if any(t in own for own in words)]
    base, row = tau(there), loss.flip_terms(found, sentences, articles, ["a"]).iloc[0]
    assert row["of"] == len(there) and row["tau"] == pytest.approx(base, nan_ok=True)
    sets = chain.from_iterable(combinations(there, size) for size in range(1, len(there) + 1))
    undone = [s for s in sets if not tau([t for t in there if t not in s]) * base > 1e-9]
    if not abs(base) > 1e-9:
        assert pd.isna(row["size"]) and row["searched"] == 0
    else:
        smallest = [s for s in undone if len(s) == len(undone[0])]
        assert (row["size"], row["sets"], row["names"]) == (len(smallest[0]), len(smallest), "; ".join(smallest[0]))


def undone_by_recoding(codes, articles, size):
    """Changes of counts per article by which so many codes, turned over, undo a trend; codes: article, 0 or 1."""
    dates = range(len(set(articles)))
    tau = tau_of([np.mean(codes[articles == a]) for a in dates], dates)
    undone = set()
    for turned in combinations(range(len(codes)), size):
        again = codes.copy()
        again[list(turned)] = 1 - again[list(turned)]
        if not tau_of([np.mean(again[articles == a]) for a in dates], dates) * tau > 1e-9:
            undone.add(tuple(int(again[articles == a].sum() - codes[articles == a].sum()) for a in dates))
    return undone


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_no_fewer_sentences_undo_a_finding(counts):
    """Against every set of sentences turned over one by one."""
    articles, carrying, sizes = articles_of(*"abcd"[: len(counts)]), *map(np.array, zip(*counts, strict=True))
    sizes = np.maximum(carrying + sizes, 1)
    shares = articles[["article"]].assign(frame="a", carrying=carrying, sentences=sizes, share=carrying / sizes)
    row = loss.flip_sentences(shares, articles, ["a"]).iloc[0]
    codes = np.concatenate([[1] * k + [0] * (n - k) for k, n in zip(carrying, sizes, strict=True)])
    place = np.repeat(range(len(sizes)), sizes)
    if not abs(row["tau"]) > 0:
        assert pd.isna(row["size"])
        return
    assert not any(undone_by_recoding(codes, place, size) for size in range(1, row["size"]))
    assert len(undone_by_recoding(codes, place, row["size"])) == row["sets"]


def test_two_sentences_undo_what_seven_terms_do(articles, sentences, hits, shares):
    """One frame of the five articles, every set of sentences turned over; of the others, the sets at hand."""
    flips = loss.flip_sentences(shares, articles, EXPECTED).set_index("frame")
    place = sentences["article"].map({a: i for i, a in enumerate(articles["article"])}).to_numpy()
    keys = pd.MultiIndex.from_frame(sentences[["article", "sentence"]])
    own = hits[hits["frame"].eq("militarised")]
    codes = keys.isin(pd.MultiIndex.from_frame(own[["article", "sentence"]])).astype(int)
    assert not undone_by_recoding(codes, place, 1)
    assert undone_by_recoding(codes, place, 2) == {(0, 0, 0, 0, 2)}
    assert flips.loc["militarised", ["of", "size", "names", "sets"]].tolist() == [58, 2, "2 more in 2022", 1]
    assert flips.loc["finance", "names"] == "2 more in 2008; 1 fewer in 2022"
    assert not tau_of([2 / 13, 0, 1 / 13, 2 / 15, 1 / 8], range(5)) > 1e-9


def test_the_search_is_bounded_by_its_work_too(monkeypatch, articles, shares):
    monkeypatch.setattr(loss, "MOST_PAIRS", 5 * 5 * 54)
    row = loss.flip_sentences(shares, articles, ["finance"]).iloc[0]
    assert pd.isna(row["size"]) and row["searched"] == 1, "55 changes of two sentences"
    monkeypatch.setattr(loss, "MOST_PAIRS", 0)
    assert loss.flip_sentences(shares, articles, ["public_health"]).iloc[0]["size"] == 1


def test_sets_of_articles_leave_three(articles, shares):
    table = loss.flip_articles(shares, articles, EXPECTED).set_index("frame")
    assert table.loc["public_health", ["size", "names"]].tolist() == [1, "2021"], "the only article that has it"
    for frame in EXPECTED:
        values = shares[shares["frame"] == frame].set_index("article")["share"].reindex(articles["article"]).to_numpy()
        undone = [
            size
            for size in (1, 2)
            for gone in combinations(range(5), size)
            if not tau_of(np.delete(values, gone), np.delete(range(5), gone)) * table.loc[frame, "tau"] > 1e-9
        ]
        size = table.loc[frame, "size"]
        assert (size, table.loc[frame, "sets"]) == (undone[0], undone.count(undone[0])) if undone else pd.isna(size)
    two = shares[shares["article"].isin(articles["article"].head(2))]
    assert loss.flip_articles(two, articles, ["militarised"])["size"].isna().all()


def test_the_search_stops_at_its_limit_and_says_where(monkeypatch, articles, sentences, found):
    monkeypatch.setattr(loss, "MOST_SETS", 13 + 78)
    row = loss.flip_terms(found, sentences, articles, ["militarised"]).iloc[0]
    assert pd.isna(row["size"]) and row["searched"] == 2


@pytest.mark.parametrize("taken", [loss.flip_sentences, loss.flip_articles])
def test_what_need_not_be_tried_changes_no_result(monkeypatch, taken):
    """Twelve articles of a clear trend: small changes are ruled out by how far each can move Kendall's S."""
    carrying = np.array([0, 1, 1, 2, 4, 3, 5, 6, 6, 8, 9, 9])
    articles = articles_of(*"abcdefghijkl")
    shares = articles[["article"]].assign(frame="a", carrying=carrying, sentences=10, share=carrying / 10, ids="")
    quick = taken(shares, articles, ["a"])
    assert loss._ruled_out(carrying / 10, np.arange(12), 1) == 5
    monkeypatch.setattr(loss, "_ruled_out", lambda *about: 0)
    slow = taken(shares, articles, ["a"]).iloc[0]
    assert pd.isna(slow["size"]) or (quick["size"].iloc[0], quick["sets"].iloc[0]) == (slow["size"], slow["sets"])
    assert quick["searched"].iloc[0] >= slow["searched"] >= 2


def test_without_a_frame_nothing_is_tried(articles, sentences, shares, found):
    assert loss.flip_sentences(shares, articles, []).empty and loss.flip_articles(shares, articles, []).empty
    assert loss.flip_terms(found, sentences, articles, []).empty
    assert loss.leave_out_terms(found, sentences, articles, []).empty
    assert loss.leave_out_articles(shares, articles, []).empty
    assert loss.share_without_terms(found, sentences, []).empty
