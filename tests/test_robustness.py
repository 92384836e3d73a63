"""How fragile a finding is: what is left out is found again in full, sets are the smallest by brute force, chance is
counted by hand."""

import math
import re
from itertools import chain, combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from scipy.stats import kendalltau

from helpers import answers, robustness
from helpers.codebook import load_codebook
from helpers.compare import trends_over_dates
from helpers.corpus import load_articles
from helpers.figures import draw_chance, draw_leave_one_out, draw_specifications
from helpers.frames import find_hits, rate_per_1000_words, share_of_sentences
from helpers.tables import SEEDS
from helpers.text import split_sentences, split_words

EXPECTED = ["militarised", "public_health", "finance"]
NUMBERS = st.sampled_from([0, 0.1, 0.2, 0.25, 0.5])


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
    return robustness.find_terms(sentences, codebook)


@pytest.fixture(scope="module")
def specifications(articles, codebook):
    return robustness.run_specifications(articles, robustness.as_received(articles), codebook, EXPECTED)


def articles_of(*texts, dates=None):
    days = pd.to_datetime(dates or [f"{2000 + i}-01-01" for i in range(len(texts))])
    table = {"article": [f"x{i}" for i in range(len(texts))], "label": [str(2000 + i) for i in range(len(texts))]}
    return pd.DataFrame({**table, "text": texts, "date": days, "updated": pd.NaT, "outlet": ""})


def codebook_of(*rows):
    return pd.DataFrame(rows, columns=["frame", "term"])


def tau_of(values, dates):
    return kendalltau(dates, values).statistic


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 4)), min_size=2, max_size=7))
def test_tau_is_scipys_with_ties_on_either_side(pairs):
    values, dates = map(np.array, zip(*pairs, strict=True))
    ours = robustness.tau_b(np.array([values, values[::-1]], dtype=float), dates)
    assert ours == pytest.approx([tau_of(values, dates), tau_of(values[::-1], dates)], nan_ok=True)


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=3, max_size=7))
def test_what_is_missing_is_left_out_of_tau(pairs):
    values, missing = map(np.array, zip(*pairs, strict=True))
    dates = np.arange(len(values))
    ours = robustness.tau_b(np.where(missing, np.nan, values)[None, :], dates)[0]
    theirs = tau_of(values[~missing], dates[~missing]) if (~missing).sum() > 1 else math.nan
    assert ours == pytest.approx(theirs, nan_ok=True)


def test_a_term_left_out_leaves_what_a_codebook_without_it_finds(articles, sentences, codebook, found):
    """Every term of the three frames that stands anywhere, against the full search with the rest of the codebook."""
    left = robustness.leave_out_terms(found, sentences, articles, EXPECTED)
    codebook = codebook[codebook["frame"].isin([*EXPECTED, "none"])]  # frames do not hide each other
    for (frame, term), own in left.groupby(["frame", "left_out"], sort=False):
        rest = codebook[~(codebook["frame"].eq(frame) & codebook["term"].eq(term))]
        again = share_of_sentences(find_hits(sentences, rest), sentences).query("frame == @frame")
        columns = ["article", "carrying", "sentences", "share", "ids"]
        assert own[columns].to_numpy().tolist() == again[columns].to_numpy().tolist(), term
        assert set(own["tau"].round(9)) == {round(tau_of(again["share"], range(5)), 9)}


def test_a_shorter_term_counts_once_the_longer_one_is_gone():
    articles = articles_of("Their joint fight against crime. More.", "Rain.", "A fight against it.")
    sentences = split_sentences(articles)
    found = robustness.find_terms(sentences, codebook_of(("a", "fight against"), ("a", "joint fight"), ("a", "snow")))
    left = robustness.leave_out_terms(found, sentences, articles, ["a"]).pivot(
        index="left_out", columns="article", values="carrying"
    )
    assert left.index.tolist() == ["", "fight against", "joint fight"], "a term that stands nowhere changes nothing"
    assert left.to_numpy().tolist() == [[1, 0, 1], [1, 0, 0], [1, 0, 1]]


def test_masks_keep_their_right_when_terms_are_tried_alone():
    sentences = split_sentences(articles_of("The National Guard came.", "The commander of the National Guard came."))
    book = codebook_of(("a", "national guard"), ("none", "commander of the national guard"))
    assert robustness.find_terms(sentences, book)["article"].tolist() == ["x0"]
    assert robustness.find_terms(sentences, book.head(1))["article"].tolist() == ["x0", "x1"]


def test_an_article_left_out_leaves_the_trend_of_the_others(articles, shares):
    left = robustness.leave_out_articles(shares, articles, EXPECTED)
    for row in left.itertuples():
        rest = trends_over_dates(shares[shares["article"] != row.article], articles, [row.frame]).iloc[0]
        assert row.tau == pytest.approx(rest["tau"], nan_ok=True)


def test_no_smaller_set_of_terms_undoes_a_finding(articles, sentences, codebook, found):
    """The sets found, against the full search: without them the sign is gone, with any one of them back it is there."""
    codebook = codebook[codebook["frame"].isin([*EXPECTED, "none"])]
    for row in robustness.flip_terms(found, sentences, articles, EXPECTED).itertuples():
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
    found = robustness.find_terms(sentences, codebook_of(*(("a", term) for term in terms)))

    def tau(kept):
        carried = [
            sum(any(t in s.lower() for t in kept) for s in sentences.query("article == @a")["text"])
            for a in articles["article"]
        ]
        return tau_of(
            [c / n for c, n in zip(carried, sentences.groupby("article").size(), strict=True)], range(len(words))
        )

    there = [t for t in terms if any(t in own for own in words)]
    base, row = tau(there), robustness.flip_terms(found, sentences, articles, ["a"]).iloc[0]
    assert row["of"] == len(there) and row["tau"] == pytest.approx(base, nan_ok=True)
    sets = chain.from_iterable(combinations(there, size) for size in range(1, len(there) + 1))
    undone = [s for s in sets if not tau([t for t in there if t not in s]) * base > 1e-9]
    if not abs(base) > 1e-9:
        assert pd.isna(row["size"]) and row["searched"] == 0
    else:
        smallest = [s for s in undone if len(s) == len(undone[0])]
        assert (row["size"], row["sets"], row["names"]) == (len(smallest[0]), len(smallest), "; ".join(smallest[0]))


def test_sets_of_articles_leave_three(articles, shares):
    table = robustness.flip_articles(shares, articles, EXPECTED).set_index("frame")
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
    assert robustness.flip_articles(two, articles, ["militarised"])["size"].isna().all()


def test_the_search_stops_at_its_limit_and_says_where(monkeypatch, articles, sentences, found):
    monkeypatch.setattr(robustness, "MOST_SETS", 13 + 78)
    row = robustness.flip_terms(found, sentences, articles, ["militarised"]).iloc[0]
    assert pd.isna(row["size"]) and row["searched"] == 2
    assert "no set up to size 2 does" in answers.tell_flips(pd.DataFrame([row]))[0]


def test_every_combination_of_choices_is_a_specification(specifications):
    ways = math.prod(len(options) for options in robustness.CHOICES.values())
    keys = ["frame", *robustness.CHOICES]
    assert specifications.drop_duplicates(keys).groupby("frame").size().tolist() == [ways] * 3
    assert len(specifications) == 3 * ways * 5 and not specifications.duplicated([*keys, "article"]).any()


def test_specifications_are_what_each_choice_gives_by_itself(
    specifications, articles, codebook, sentences, hits, shares
):
    first = {choice: options[0] for choice, options in robustness.CHOICES.items()}

    def values(**other):
        own = specifications
        for choice, option in (first | other).items():
            own = own[own[choice].eq(option)]
        return own.set_index(["frame", "article"])

    def given_by(table, column):
        return table[table["frame"].isin(EXPECTED)].astype({"frame": str}).set_index(["frame", "article"])[column]

    def same(ours, theirs):
        assert ours.to_dict() == pytest.approx(theirs.reindex(ours.index).to_dict())

    same(values()["value"], given_by(shares, "share"))
    assert values()["ids"].to_dict() == given_by(shares, "ids").to_dict()
    words = split_words(sentences)
    same(values(counted="hits", per="1,000 words")["value"], given_by(rate_per_1000_words(hits, words), "rate"))
    codebook_wide = find_hits(sentences, codebook, scope="codebook")
    same(values(scope="codebook")["value"], given_by(share_of_sentences(codebook_wide, sentences), "share"))
    unmasked = find_hits(sentences, codebook[codebook["frame"].ne("none")])
    same(values(masks="off")["value"], given_by(share_of_sentences(unmasked, sentences), "share"))
    same(values(negated="left out")["value"], given_by(share_of_sentences(hits[~hits["negated"]], sentences), "share"))
    whole = split_sentences(robustness.as_received(articles))
    same(values(text="as received")["value"], given_by(share_of_sentences(find_hits(whole, codebook), whole), "share"))
    stamped = values(date="update stamp")["tau"].groupby(level="frame").first()
    tests = trends_over_dates(shares, robustness.date_by_stamp(articles), EXPECTED).set_index("frame")["tau"]
    same(stamped, tests)


def test_received_texts_keep_the_files_offsets_and_the_second_printing(articles):
    received = robustness.as_received(articles).set_index("article")["text"]
    raw = (SEEDS / "004_e39fc6890fd44e0a.txt").read_text("utf-8")
    assert received["004_e39fc6890fd44e0a"] == raw
    assert raw.count("Supplying narcotics to the United States") == 2
    sentences = split_sentences(robustness.as_received(articles))
    assert all(received[row.article][row.start : row.end] == row.text for row in sentences.itertuples())


def test_the_stamp_turns_the_article_of_2008_into_one_of_2021(articles):
    stamped = robustness.date_by_stamp(articles)
    moved = stamped["date"].ne(articles["date"])
    assert articles.loc[moved, "label"].tolist() == ["2008"] and stamped.loc[moved, "date"].dt.year.tolist() == [2021]


def test_courses_that_are_alike_are_counted_once(specifications):
    alike = robustness.count_alike(specifications)
    assert alike.groupby("frame")["specifications"].sum().tolist() == [128] * 3
    assert alike.groupby("frame")["own"].sum().tolist() == [1] * 3
    for (frame, _), own in specifications.groupby(["frame", "result"]):
        courses = own.groupby(list(robustness.CHOICES), sort=False)["value"].agg(tuple)
        assert courses.nunique() == 1 and own["tau"].nunique() == 1, frame
    for row in alike.itertuples():
        options = [getattr(row, choice).split(" or ") for choice in robustness.CHOICES]
        assert math.prod(map(len, options)) == row.specifications, "no combination stands in for one it is not"


def test_the_weight_of_a_choice_is_the_mean_over_its_pairs(specifications):
    weights = robustness.weigh_choices(specifications).set_index(["frame", "choice"])
    assert weights["pairs"].eq(64).all()
    own = specifications[specifications["frame"].eq("militarised")].drop_duplicates(list(robustness.CHOICES))
    rest = [choice for choice in robustness.CHOICES if choice != "date"]
    apart = own.groupby(rest)["tau"].agg(lambda taus: abs(taus.iloc[0] - taus.iloc[1]))
    assert weights.loc[("militarised", "date"), "moved"] == pytest.approx(apart.mean())


def test_kept_signs_turn_with_the_dates(articles, codebook, specifications, shares):
    flips = robustness.flip_articles(shares, articles, EXPECTED)
    kept = robustness.count_kept(specifications, flips).set_index("frame")
    assert kept["ways"].tolist() == [128] * 3 and (kept["low"] <= kept["tau"]).all()
    assert kept.loc["public_health", "ends"] == 0, "it is neither in the first article nor in the last"
    turned = robustness.count_kept(specifications.assign(tau=-specifications["tau"]), flips)
    assert turned["kept"].tolist() == [0] * 3


def test_placebo_words_are_as_frequent_as_the_terms(hits, sentences, articles):
    drawn = robustness.draw_placebos(hits, sentences, articles, EXPECTED, draws=20)
    words = (
        split_words(sentences)
        .assign(word=lambda t: t["token"].str.lower())
        .drop_duplicates(["article", "sentence", "word"])
    )
    spread = words["word"].value_counts()
    for frame in ("public_health", "finance"):
        own = hits[hits["frame"].eq(frame)].drop_duplicates(["term", "article", "sentence"])["term"].value_counts()
        taken = drawn[drawn["frame"].eq(frame)]["words"].str.split(", ")
        assert all(sorted(spread[row]) == sorted(own) for row in taken)
        assert all(len(set(row)) == len(row) for row in taken)
        own_words = {"finance": {"finances", "business", "costs"}, "public_health": {"addictions", "consumption"}}
        assert not set(chain.from_iterable(taken)) & own_words[frame]


def test_a_placebo_is_measured_as_the_frame_is(hits, sentences, articles):
    """The words of a draw, made a codebook, give the tau of the draw; the real one is that of notebook 03."""
    drawn = robustness.draw_placebos(hits, sentences, articles, ["finance"], draws=15)
    words = split_words(sentences).assign(word=lambda t: t["token"].str.lower())
    for row in drawn.itertuples():
        own = words[words["word"].isin(row.words.split(", "))]
        if row.measure.endswith("sentences"):
            counts = own.drop_duplicates(["article", "sentence"])["article"].value_counts()
            totals = sentences["article"].value_counts()
        else:
            counts, totals = own["article"].value_counts(), words["article"].value_counts()
        values = (counts.reindex(articles["article"], fill_value=0) / totals.reindex(articles["article"])).tolist()
        assert row.tau == pytest.approx(tau_of(values, range(5)), nan_ok=True)
    real = trends_over_dates(share_of_sentences(hits, sentences), articles, ["finance"])["tau"].iloc[0]
    assert drawn["real"].iloc[0] == pytest.approx(real)
    again = robustness.draw_placebos(hits, sentences, articles, ["finance"], draws=15)
    assert drawn.equals(again)


def test_shuffled_dates_give_the_p_of_the_trend_test(articles, shares):
    drawn = robustness.shuffle_dates(shares, articles, EXPECTED)
    chance, tests = robustness.compare_with_chance(drawn), trends_over_dates(shares, articles, EXPECTED)
    assert chance["draws"].tolist() == [math.factorial(5)] * 3
    assert (chance["as_clear"] / chance["draws"]).tolist() == pytest.approx(tests["p"].tolist())
    values = shares[shares["frame"] == "finance"].set_index("article")["share"].reindex(articles["article"])
    by_hand = sorted(round(tau_of(order, range(5)), 3) for order in permutations(values))
    counts = robustness.count_draws(drawn[drawn["frame"].eq("finance")])
    assert sorted(np.repeat(counts["tau"], counts["draws"])) == pytest.approx(by_hand)


def test_the_budget_is_what_holm_leaves():
    budget = robustness.count_budget(6).set_index("articles")
    assert budget.loc[5].tolist() == pytest.approx([120, 2 / 120, 3])
    for row in budget.itertuples():
        assert row.tests * row.floor <= 0.05 + 1e-12 < (row.tests + 1) * row.floor


def test_all_tests_are_corrected_together():
    trends = pd.DataFrame({"frame": ["public_health", "b"], "p": [0.01, 0.5], "floor": 0.01, "floor_ties": 0.02})
    splits = pd.DataFrame({"divergence": [0.5, 0.4, 0.3, 0.2], "own": [False, True, False, False]})
    tests = robustness.list_tests({"codebook": trends}, splits)
    assert tests["test"].tolist() == ["codebook: public health", "codebook: b", "words of two periods"]
    assert tests["p"].tolist() == [0.01, 0.5, 0.5] and tests["floor"].iloc[-1] == 0.25
    assert tests["p_holm"].tolist() == pytest.approx([0.03, 1, 1])
    assert len(robustness.list_tests({"codebook": trends}, splits.head(0))) == 2


BOOK = codebook_of(("a", "arms"), ("a", "wars"), ("b", "trade"), ("none", "arms race"))
STRANGE = {
    "one article": articles_of("Arms here. Trade there."),
    "no date": articles_of("Arms here.", "Trade there.", "Arms and wars.", dates=[None] * 3),
    "one date": articles_of("Arms here.", "Trade there.", "Arms.", dates=["2001-01-01"] * 3),
    "no hit": articles_of("Rain.", "Snow.", "Hail.", "Fog."),
    "two articles": articles_of("Arms here.", "Trade there."),
    "some undated": articles_of(
        "Arms here. Rain.",
        "Trade.",
        "Arms. Rain. Rain.",
        "Wars.",
        dates=["2001-01-01", None, "2003-01-01", "2004-01-01"],
    ),
    "nine articles": articles_of(*(f"Arms. {'Rain. ' * i}Trade." for i in range(9))),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_corpora_are_told_and_drawn_without_a_missing_value(name):
    articles, frames = STRANGE[name], ["a", "b"]
    sentences = split_sentences(articles)
    hits, found = find_hits(sentences, BOOK), robustness.find_terms(sentences, BOOK)
    shares = share_of_sentences(hits, sentences)
    flips = pd.concat(
        [robustness.flip_terms(found, sentences, articles, frames), robustness.flip_articles(shares, articles, frames)]
    )
    specifications = robustness.run_specifications(articles, articles, BOOK, frames)
    tests, kept = trends_over_dates(shares, articles, frames), robustness.count_kept(specifications, flips)
    left = robustness.leave_out_terms(found, sentences, articles, frames)
    without = robustness.leave_out_articles(shares, articles, frames)
    alike, weights = robustness.count_alike(specifications), robustness.weigh_choices(specifications)
    placebos = robustness.draw_placebos(hits, sentences, articles, frames, draws=10)
    drawn = pd.concat([placebos, robustness.shuffle_dates(shares, articles, frames)])
    chance, counts = robustness.compare_with_chance(drawn), robustness.count_draws(drawn)
    every = robustness.list_tests({"codebook": tests}, pd.DataFrame({"divergence": [], "own": []}))
    told = [
        answers.tell_fragility(kept, flips, tests),
        answers.tell_undoing_terms(flips[flips["taken"].eq("terms")], dict.fromkeys(frames, "stays")),
        *answers.tell_bands(robustness.bands(left), without),
        *answers.tell_flips(flips),
        *answers.tell_specifications(kept, alike, weights),
        *answers.tell_chance(chance),
        answers.tell_budget(every, tests),
        answers.tell_outlets(articles),
        answers.title_of_left_out(left, without),
    ]
    assert not [sentence for sentence in told if re.search(r"\b(nan|NA|NaN|NaT)\b", sentence)]
    draw_leave_one_out(left, without, frames, title="x").draw_without_rendering()
    draw_specifications(
        alike, robustness.CHOICES, frames, title=answers.title_of_specifications(kept)
    ).draw_without_rendering()
    draw_chance(counts, frames, title=answers.title_of_chance(chance)).draw_without_rendering()
    plt.close("all")


def test_sentences_turn_with_the_numbers():
    kept = pd.DataFrame(
        {
            "frame": ["a", "b"],
            "tau": [0.5, -0.5],
            "ways": [8, 8],
            "kept": [8, 3],
            "ends": [8, 3],
            "low": [0.1, -0.5],
            "high": [0.9, 0.2],
        }
    )
    assert (
        answers.title_of_specifications(kept) == "Of 8 ways to count, the trend keeps its sign in all for a and 3 for b"
    )
    columns = ["frame", "taken", "of", "tau", "size", "names", "sets", "tau_after", "searched"]
    flips = pd.DataFrame(
        [("a", "terms", 4, 0.5, 2, "x; y", 3, 0.0, 2), ("a", "articles", 5, 0.5, pd.NA, "", 0, math.nan, 2)],
        columns=columns,
    )
    tests = pd.DataFrame({"p_holm": [0.1], "floor_ties_holm": [0.1]})
    told = answers.tell_fragility(kept, flips, tests)
    assert "a 2 of 4 terms or no set of up to 2 of 5 articles. No test of trend can decide" in told
    assert "can decide" not in answers.tell_fragility(kept, flips, tests / 10)
    assert "2 must go (x; y, one of 3 such sets), then tau is 0.00" in answers.tell_flips(flips)[0]
    assert "“x” and “y” together" in answers.tell_undoing_terms(flips.head(1), {"a": "rises"})
    chance = pd.DataFrame(
        [("a", "random words: x", 200, 0.5, 0.0, 50, 20)],
        columns="frame measure draws real median as_clear same_way".split(),
    )
    assert "50 of 200 (25%), 20 of them in the same direction" in answers.tell_chance(chance)[0]


def test_an_outlet_of_two_years_is_named():
    articles = load_articles()
    assert "No outlet is known to be there in more than one year" in answers.tell_outlets(articles)
    assert "more than one year: X" in answers.tell_outlets(articles.assign(outlet="X"))
