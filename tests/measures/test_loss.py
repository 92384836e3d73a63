"""How fragile a finding is: what is left out is stands again in full, sets are the smallest by brute force, chance is
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

from helpers.articles.dates_shown import columns_of
from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, rate_per_1000_words, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.figures.fragility import draw_chance, draw_leave_one_out, draw_specifications
from helpers.files.tables import SEEDS
from helpers.findings import answers
from helpers.measures import chance as by_chance
from helpers.measures import keyness, loss
from helpers.measures import specifications as by_ways
from helpers.measures import tau as taus_of
from helpers.measures.tests import trends_over_dates
from helpers.text.split import split_sentences, split_words

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
def stands(sentences, codebook):
    return loss.find_terms(sentences, codebook)


@pytest.fixture(scope="module")
def specifications(articles, codebook):
    return by_ways.run_specifications(articles, by_ways.as_received(articles), codebook, EXPECTED)


def articles_of(*texts, dates=None):
    days = pd.to_datetime(dates or [f"{2000 + i}-01-01" for i in range(len(texts))])
    table = {"article": [f"x{i}" for i in range(len(texts))], "label": [str(2000 + i) for i in range(len(texts))]}
    return pd.DataFrame({**table, "text": texts, "date": days, "updated": pd.NaT, "outlet": ""})


def codebook_of(*rows):
    return pd.DataFrame(rows, columns=["frame", "term"])


def tau_of(values, dates):
    return kendalltau(dates, values).statistic


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 4)), min_size=2, max_size=40))
def test_tau_is_scipys_with_ties_on_either_side(pairs):
    values, dates = map(np.array, zip(*pairs, strict=True))
    ours = taus_of.tau_b(np.array([values, values[::-1]], dtype=float), dates)
    assert ours == pytest.approx([tau_of(values, dates), tau_of(values[::-1], dates)], nan_ok=True)


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=3, max_size=40))
def test_what_is_missing_is_left_out_of_tau(pairs):
    values, missing = map(np.array, zip(*pairs, strict=True))
    dates = np.arange(len(values))
    ours = taus_of.tau_b(np.where(missing, np.nan, values)[None, :], dates)[0]
    theirs = tau_of(values[~missing], dates[~missing]) if (~missing).sum() > 1 else math.nan
    assert ours == pytest.approx(theirs, nan_ok=True)


def test_a_term_left_out_leaves_what_a_codebook_without_it_finds(articles, sentences, codebook, stands):
    """Every term of the three frames that stands anywhere, against the full search with the rest of the codebook."""
    left = loss.leave_out_terms(stands, sentences, articles, EXPECTED)
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
    stands = loss.find_terms(sentences, codebook_of(("a", "fight against"), ("a", "joint fight"), ("a", "snow")))
    left = loss.leave_out_terms(stands, sentences, articles, ["a"]).pivot(
        index="left_out", columns="article", values="carrying"
    )
    assert left.index.tolist() == ["", "fight against", "joint fight"], "a term that stands nowhere changes nothing"
    assert left.to_numpy().tolist() == [[1, 0, 1], [1, 0, 0], [1, 0, 1]]


def test_masks_keep_their_right_when_terms_are_tried_alone():
    sentences = split_sentences(articles_of("The National Guard came.", "The commander of the National Guard came."))
    book = codebook_of(("a", "national guard"), ("none", "commander of the national guard"))
    assert loss.find_terms(sentences, book)["article"].tolist() == ["x0"]
    assert loss.find_terms(sentences, book.head(1))["article"].tolist() == ["x0", "x1"]


def test_names_of_articles_may_be_of_any_kind_of_string(articles, sentences, stands):
    typed = sentences.astype({"article": "string[pyarrow]"})
    one, other = (loss.leave_out_terms(stands, own, articles, EXPECTED)["tau"] for own in (sentences, typed))
    assert one.tolist() == pytest.approx(other.tolist(), nan_ok=True)


def test_an_article_left_out_leaves_the_trend_of_the_others(articles, shares):
    left = loss.leave_out_articles(shares, articles, EXPECTED)
    for row in left.itertuples():
        rest = trends_over_dates(shares[shares["article"] != row.article], articles, [row.frame]).iloc[0]
        assert row.tau == pytest.approx(rest["tau"], nan_ok=True)


def test_no_smaller_set_of_terms_undoes_a_finding(articles, sentences, codebook, stands):
    """The sets found, against the full search: without them the sign is gone, with any one of them back it is there."""
    codebook = codebook[codebook["frame"].isin([*EXPECTED, "none"])]
    for row in loss.flip_terms(stands, sentences, articles, EXPECTED).itertuples():
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
    stands = loss.find_terms(sentences, codebook_of(*(("a", term) for term in terms)))

    def tau(kept):
        carried = [
            sum(any(t in s.lower() for t in kept) for s in sentences.query("article == @a")["text"])
            for a in articles["article"]
        ]
        return tau_of(
            [c / n for c, n in zip(carried, sentences.groupby("article").size(), strict=True)], range(len(words))
        )

    there = [t for t in terms if any(t in own for own in words)]
    base, row = tau(there), loss.flip_terms(stands, sentences, articles, ["a"]).iloc[0]
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
    assert tau_of([2 / 13, 0, 1 / 13, 2 / 15, 1 / 8], range(5)) == pytest.approx(flips.loc["finance", "tau_after"])


def test_the_search_is_bounded_by_its_work_too(monkeypatch, articles, shares):
    monkeypatch.setattr(loss, "MOST_PAIRS", 5 * 5 * 60)
    row = loss.flip_sentences(shares, articles, ["finance"]).iloc[0]
    assert pd.isna(row["size"]) and row["searched"] == 1, "10 changes of one sentence, 55 of two"
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


def test_the_search_stops_at_its_limit_and_says_where(monkeypatch, articles, sentences, stands):
    monkeypatch.setattr(loss, "MOST_SETS", 13 + 78)
    row = loss.flip_terms(stands, sentences, articles, ["militarised"]).iloc[0]
    assert pd.isna(row["size"]) and row["searched"] == 2
    assert "no set up to size 2 does" in answers.tell_flips(pd.DataFrame([row]), TREND.assign(frame="militarised"))[0]


def test_every_combination_of_choices_is_a_specification(specifications):
    ways = math.prod(len(options) for options in by_ways.CHOICES.values())
    keys = ["frame", *by_ways.CHOICES]
    assert specifications.drop_duplicates(keys).groupby("frame").size().tolist() == [ways] * 3
    assert len(specifications) == 3 * ways * 5 and not specifications.duplicated([*keys, "article"]).any()


def test_specifications_are_what_each_choice_gives_by_itself(
    specifications, articles, codebook, sentences, hits, shares
):
    first = {choice: options[0] for choice, options in by_ways.CHOICES.items()}

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
    whole = split_sentences(by_ways.as_received(articles))
    same(values(text="as received")["value"], given_by(share_of_sentences(find_hits(whole, codebook), whole), "share"))
    stamped = values(date="update stamp")["tau"].groupby(level="frame").first()
    tests = trends_over_dates(shares, by_ways.date_by_stamp(articles), EXPECTED).set_index("frame")["tau"]
    same(stamped, tests)


def test_received_texts_keep_the_files_offsets_and_the_second_printing(articles):
    received = by_ways.as_received(articles).set_index("article")["text"]
    raw = (SEEDS / "004_e39fc6890fd44e0a.txt").read_text("utf-8")
    assert received["004_e39fc6890fd44e0a"] == raw
    assert raw.count("Supplying narcotics to the United States") == 2
    sentences = split_sentences(by_ways.as_received(articles))
    assert all(received[row.article][row.start : row.end] == row.text for row in sentences.itertuples())


def test_the_stamp_turns_the_article_of_2008_into_one_of_2021(articles):
    stamped = by_ways.date_by_stamp(articles)
    moved = stamped["date"].ne(articles["date"])
    assert articles.loc[moved, "label"].tolist() == ["2008"] and stamped.loc[moved, "date"].dt.year.tolist() == [2021]


def test_courses_that_are_alike_are_counted_once(specifications):
    alike = by_ways.count_alike(specifications)
    assert alike.groupby("frame")["specifications"].sum().tolist() == [128] * 3
    assert alike.groupby("frame")["own"].sum().tolist() == [1] * 3
    for (frame, _), own in specifications.groupby(["frame", "result"]):
        courses = own.groupby(list(by_ways.CHOICES), sort=False)["value"].agg(tuple)
        assert courses.nunique() == 1 and own["tau"].nunique() == 1, frame
    for row in alike.itertuples():
        options = [getattr(row, choice).split(" or ") for choice in by_ways.CHOICES]
        assert math.prod(map(len, options)) == row.specifications, "no combination stands in for one it is not"


def test_the_weight_of_a_choice_is_the_mean_over_its_pairs(specifications):
    weights = by_ways.weigh_choices(specifications).set_index(["frame", "choice"])
    assert weights["pairs"].eq(64).all()
    own = specifications[specifications["frame"].eq("militarised")].drop_duplicates(list(by_ways.CHOICES))
    rest = [choice for choice in by_ways.CHOICES if choice != "date"]
    apart = own.groupby(rest)["tau"].agg(lambda taus: abs(taus.iloc[0] - taus.iloc[1]))
    assert weights.loc[("militarised", "date"), "moved"] == pytest.approx(apart.mean())


def test_kept_signs_are_counted_by_different_courses(articles, specifications, shares):
    flips = loss.flip_articles(shares, articles, EXPECTED)
    kept, alike = (
        by_ways.count_kept(specifications, flips, shares, articles).set_index("frame"),
        by_ways.count_alike(specifications),
    )
    assert kept["ways"].tolist() == [128] * 3 and (kept["low"] <= kept["tau"]).all()
    assert kept["courses"].to_dict() == alike["frame"].value_counts().to_dict()
    touched = {"militarised": 2**5, "public_health": 2**4, "finance": 2**3}  # by so many choices, at most
    assert all(kept.loc[frame, "courses"] <= most for frame, most in touched.items())
    assert kept["kept"].tolist() == [
        int((alike["frame"].eq(f) & (alike["tau"] * kept["tau"][f] > 0)).sum()) for f in EXPECTED
    ]
    turned = by_ways.count_kept(specifications.assign(tau=-specifications["tau"]), flips, shares, articles)
    assert turned["kept"].tolist() == [0] * 3


def test_a_frame_of_one_article_has_no_trend_to_keep(articles, specifications, shares):
    flips = loss.flip_articles(shares, articles, EXPECTED)
    kept = by_ways.count_kept(specifications, flips, shares, articles)
    assert kept["without"].tolist() == ["", "in 2021 only", ""]
    title = answers.title_of_specifications(kept)
    assert title.endswith("; public health is in 2021 only: no trend to keep") and "public health rises" not in title


@pytest.mark.parametrize(
    ("values", "tau", "why"),
    [
        ([0.3, 0.2, 0.1], -0.7, ""),
        ([0.1, 0.2, 0.1], -0.7, "the same at the end as at the beginning"),
        ([1.0, 0.2, 0.4, 0.6, 0.8, 0.9], 0.3, "lower at the end, but not in most pairs of dates"),
        ([0.1, 0.2, 0.3], -0.1, "higher at the end, but not in most pairs of single articles"),
        ([0.2, 0.0, 0.0], -0.7, ""),
        ([0.2], -0.7, "of x0 alone"),
    ],
)
def test_a_trend_is_there_to_keep_where_course_and_tau_say_the_same(specifications, shares, articles, values, tau, why):
    """The words of notebook 03 (course_of) and those of notebook 09 rest on one rule."""
    years = pd.DataFrame({"article": [f"x{i}" for i in range(len(values))]})
    years = years.assign(label=years["article"], date=pd.date_range("2000", periods=len(values), freq="YS"))
    course = years.assign(frame="militarised", share=values, carrying=[round(10 * v) for v in values], sentences=10)
    flips = loss.flip_articles(shares, articles, ["militarised"]).assign(tau=tau)
    course = course.drop(columns=["label", "date"])
    kept = by_ways.count_kept(specifications, flips, course, years)
    assert kept["without"].tolist() == [why]
    told = answers.course_of(course, years, "militarised")
    assert told.startswith(("rises", "falls", "is in")) == (why == "" or "single" in why)
    assert (told == f"is {why}") == ("alone" in why)
    title = answers.title_of_specifications(kept)
    assert ("no trend to keep" in title) == bool(why) and ("falls in" in title) == (not why)


def test_placebo_words_are_as_frequent_as_the_terms(hits, sentences, articles):
    drawn = by_chance.draw_placebos(hits, sentences, articles, EXPECTED, draws=20)
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
    drawn = by_chance.draw_placebos(hits, sentences, articles, ["finance"], draws=15)
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
    again = by_chance.draw_placebos(hits, sentences, articles, ["finance"], draws=15)
    assert drawn.equals(again)


def test_shuffled_dates_give_the_p_of_the_trend_test(articles, shares):
    drawn = by_chance.shuffle_dates(shares, articles, EXPECTED)
    chance, tests = by_chance.compare_with_chance(drawn), trends_over_dates(shares, articles, EXPECTED)
    assert chance["draws"].tolist() == [math.factorial(5)] * 3
    assert (chance["as_clear"] / chance["draws"]).tolist() == pytest.approx(tests["p"].tolist())
    values = shares[shares["frame"] == "finance"].set_index("article")["share"].reindex(articles["article"])
    by_hand = sorted(round(tau_of(order, range(5)), 3) for order in permutations(values))
    counts = by_chance.count_draws(drawn[drawn["frame"].eq("finance")])
    assert sorted(np.repeat(counts["tau"], counts["draws"])) == pytest.approx(by_hand)


def test_the_budget_is_what_holm_leaves():
    budget = by_chance.count_budget(6).set_index("articles")
    assert budget.loc[5].tolist() == pytest.approx([120, 2 / 120, 3])
    for row in budget.itertuples():
        assert row.tests * row.floor <= 0.05 + 1e-12 < (row.tests + 1) * row.floor


def test_a_budget_is_told_without_the_limit_of_drawn_orders():
    tests = pd.DataFrame({"test": ["x"], "p": [0.5], "p_holm": [0.5], "floor_ties_holm": [0.5]})

    def told(articles, run):
        trends, floor = pd.DataFrame({"articles": [articles], "floor": [run]}), 2 / math.factorial(articles)
        return answers.tell_budget(tests, trends, floor)

    assert "bear no such test. " in told(4, 1 / 12)
    assert "bear 3 such tests, and only where no two values are alike. " in told(5, 1 / 60)
    assert "more than 1,000 such tests" in told(40, 0.0001) and "suffice for 500" in told(40, 0.0001)
    assert "bear" not in told(60, 1e-30) and "normal limit" in told(60, 1e-30)
    assert "normal limit" in told(1000, 0.0)


def test_all_tests_are_corrected_together():
    trends = pd.DataFrame({"frame": ["public_health", "b"], "p": [0.01, 0.5], "floor": 0.01, "floor_ties": 0.02})
    splits = pd.DataFrame({"divergence": [0.5, 0.4, 0.3, 0.2], "own": [False, True, False, False]})
    tests = by_chance.list_tests({"codebook": trends}, splits)
    assert tests["test"].tolist() == ["codebook: public health", "codebook: b", "words of two periods"]
    assert tests["p"].tolist() == [0.01, 0.5, 0.5] and tests["floor"].iloc[-1] == 0.25
    assert tests["p_holm"].tolist() == pytest.approx([0.03, 1, 1])
    assert len(by_chance.list_tests({"codebook": trends}, splits.head(0))) == 2


def test_halves_of_one_size_diverge_as_much_the_other_way_round():
    texts = ["arms wars", "arms rain", "trade snow", "trade hail"]
    counts = keyness.count_words(split_words(split_sentences(articles_of(*texts))))
    splits = keyness.compare_splits(counts, ["x0", "x1"], ["x2", "x3"])
    tests = by_chance.list_tests({}, splits)
    assert tests["floor"].tolist() == tests["floor_ties"].tolist() == [keyness.smallest_p(2, 2)] == tests["p"].tolist()
    assert f"{2 / 6:.3f} is the smallest" in answers.tell_splits(splits, splits, keyness.smallest_p(2, 2))


def test_by_chanceare_counted_once():
    """A draw that falls just short of the real tau is not counted as clear because both are shown to three places."""
    drawn = pd.DataFrame(
        {"frame": "a", "measure": "x", "draw": range(3), "tau": [0.10004, 0.1001, -0.3], "real": 0.1001}
    )
    counts, chance = by_chance.count_draws(drawn), by_chance.compare_with_chance(drawn).iloc[0]
    assert chance["as_clear"] == 2 == counts.loc[counts["as_clear"], "draws"].sum() and counts["draws"].sum() == 3
    fig = draw_chance(counts, ["a"], title="x")
    assert "2 of 3" in [text.get_text() for text in fig.axes[0].texts]
    plt.close("all")


def test_a_title_names_few_articles_and_counts_many():
    left = pd.DataFrame({"frame": "a", "left_out": [""], "tau": [0.5]})
    without = pd.DataFrame({"frame": "a", "left_out": list("wxyz"), "tau": [-0.1, -0.1, 0.0, 0.4]})
    title = answers.title_of_left_out(left, without)
    assert title == "One term left out undoes no trend; one article left out undoes a (without w, x or y)"
    assert answers.title_of_left_out(left, without.assign(tau=0.0)).endswith("undoes a (without any of 4)")


def test_many_articles_are_drawn_by_year():
    shares = pd.DataFrame(
        {"article": [f"x{i}" for i in range(40)], "frame": "a", "left_out": "", "tau": 0.1, "ids": ""}
    )
    shares = shares.assign(carrying=1, sentences=range(1, 41), date=pd.date_range("2001-01-15", periods=40, freq="ME"))
    shares = shares.assign(share=1 / shares["sentences"], label=shares["date"].dt.strftime("%Y-%m"))
    columns = columns_of(shares.assign(date_precision="day"))
    fig = draw_leave_one_out(shares, shares.assign(left_out=shares["label"]), columns, ["a"], title="x")
    assert fig.axes[0].lines[0].get_ydata().tolist() == pytest.approx([12 / 78, 12 / 222, 12 / 366, 4 / 154])
    plt.close("all")


TREND = pd.DataFrame({"frame": ["a"], "without": [""]})
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
    hits, stands = find_hits(sentences, BOOK), loss.find_terms(sentences, BOOK)
    shares = share_of_sentences(hits, sentences)
    flips = pd.concat(
        [
            loss.flip_sentences(shares, articles, frames),
            loss.flip_terms(stands, sentences, articles, frames),
            loss.flip_articles(shares, articles, frames),
        ]
    )
    specifications = by_ways.run_specifications(articles, articles, BOOK, frames)
    dated = articles.dropna(subset="date")
    tests, kept = (
        trends_over_dates(shares, articles, frames),
        by_ways.count_kept(specifications, flips, shares, dated),
    )
    left = loss.leave_out_terms(stands, sentences, articles, frames)
    without = loss.leave_out_articles(shares, articles, frames)
    alike, weights = by_ways.count_alike(specifications), by_ways.weigh_choices(specifications)
    placebos = by_chance.draw_placebos(hits, sentences, articles, frames, draws=10)
    drawn = pd.concat([placebos, by_chance.shuffle_dates(shares, articles, frames)])
    chance, counts = by_chance.compare_with_chance(drawn), by_chance.count_draws(drawn)
    every = by_chance.list_tests({"codebook": tests}, pd.DataFrame({"divergence": [], "own": []}))
    told = [
        answers.tell_fragility(kept, flips, tests),
        answers.tell_undoing_terms(flips[flips["taken"].eq("terms")], dict.fromkeys(frames, "stays")),
        *answers.tell_bands(loss.bands(left), without),
        *answers.tell_flips(flips, kept),
        *answers.tell_specifications(kept, weights),
        *answers.tell_chance(chance),
        answers.tell_rivals(chance),
        answers.tell_verdict(tests),
        answers.tell_tests(tests, shares, dated),
        answers.tell_budget(every, tests, 1 / 60),
        answers.tell_outlets(articles),
        answers.title_of_left_out(left, without),
    ]
    assert not [sentence for sentence in told if re.search(r"\b(nan|NA|NaN|NaT)\b", sentence)]
    draw_leave_one_out(left, without, columns_of(articles), frames, title="x").draw_without_rendering()
    draw_specifications(
        alike, by_ways.CHOICES, frames, title=answers.title_of_specifications(kept)
    ).draw_without_rendering()
    draw_chance(counts, frames, title=answers.title_of_chance(chance)).draw_without_rendering()
    plt.close("all")


def test_sentences_turn_with_the_numbers():
    kept = pd.DataFrame(
        [
            ("a", 0.5, 8, 4, 4, 4, 0.1, 0.9, ""),
            ("b", -0.5, 8, 5, 3, 3, -0.5, 0.2, ""),
            ("c", 0.3, 8, 2, 2, 0, 0.3, 0.3, "x"),
        ],
        columns="frame tau ways courses kept ends low high without".split(),
    )
    assert answers.title_of_specifications(kept) == (
        "Of different ways to count, a rises in all 4 (tau +0.10 to +0.90) and b falls in 3 of 5 (tau −0.50 to +0.20); "
        "c is x: no trend to keep"
    )
    near = answers.title_of_specifications(kept.head(1).assign(low=0.391, high=0.394))
    assert near == "Of different ways to count, a rises in all 4 (tau +0.39)"
    few = answers.title_of_specifications(kept.head(2).assign(courses=[1, 2], kept=[1, 2]))
    assert "a rises in the only course there is (" in few and "b falls in both (" in few
    flips = pd.DataFrame(
        [
            ("a", "sentences", 30, 0.5, 1, "1 more in 2008", 1, -0.1, 1),
            ("a", "terms", 4, 0.5, 2, "x; y", 3, 0.0, 2),
            ("a", "articles", 5, 0.5, pd.NA, "", 0, math.nan, 2),
            ("c", "sentences", 30, 0.3, 1, "1 more in 2008", 1, -0.1, 1),
        ],
        columns=loss.FLIPS,
    )
    tests = pd.DataFrame({"frame": ["a"], "p": [0.1], "p_holm": [0.1], "floor_ties_holm": [0.1]})
    told = answers.tell_fragility(kept, flips, tests)
    none = "no set of up to 2 of the 5 articles (three must remain) does"
    assert f"left out: a 1 of 30 sentences or 2 of 4 terms, but {none}. Of different ways" in told
    assert told.endswith(answers.tell_verdict(tests)) and "is 0.100: no test of trend can tell" in told
    assert "no test of trend" not in answers.tell_fragility(kept, flips, tests.assign(floor_ties_holm=0.01))
    many = flips.assign(size=pd.NA, searched=1, of=[3600, 4, 300, 30])
    assert "a no one of the 3,600 sentences, no one of the 4 terms and no one of the 300 articles does. " in (
        answers.tell_fragility(kept, many, tests)
    )
    each, apart = answers.tell_flips(flips, kept)
    assert apart == "**C** is x: no trend to undo."
    assert "of 30 sentences, 1 must be recoded (1 more in 2008), then tau is −0.10" in each
    assert "2 must go (x; y, one of 3 such sets), then tau is 0.00" in each
    one = flips.iloc[[1]].assign(of=1, size=1, names="x", sets=1)
    assert answers.tell_flips(one, kept)[0].startswith("**A** (tau +0.50): of 1 term, 1 must go (x)")
    assert "left out: a 1 of 1 term. " in answers.tell_fragility(kept, one, tests)
    few = flips.assign(of=flips["of"].where(flips["taken"].ne("articles"), 3), searched=0)
    assert "a 1 of 30 sentences or 2 of 4 terms. Articles: cannot be asked of 3. " in answers.tell_fragility(
        kept, few, tests
    )
    assert "none can be left out" in answers.tell_flips(flips.iloc[[2]].assign(of=3, searched=0), kept)[0]
    assert "“x” and “y” together, one of 3 such sets" in answers.tell_undoing_terms(flips.iloc[[1]], {"a": "rises"})
    chance = pd.DataFrame(
        [("a", "random words: x", 200, 0.5, 0.0, 50, 20)],
        columns="frame measure draws real median as_clear same_way".split(),
    )
    assert "50 of 200 (25%), 20 of them in the same direction" in answers.tell_chance(chance)[0]
    assert "no new support" in answers.tell_chance(chance)[-1]
    assert (
        ", 1 of 500 (below 1%), 0 of them" in answers.tell_chance(chance.assign(as_clear=1, draws=500, same_way=0))[0]
    )
    assert ", 0 of 200 (0%), median 0.00" in answers.tell_chance(chance.assign(as_clear=0, same_way=0))[0]
    named = chance.assign(measure="random words: share of sentences")
    assert answers.title_of_chance(named) == (
        "Random words give as clear a trend as a in 50 of 200 draws, 20 of them rising"
    )
    assert answers.title_of_chance(named.assign(real=-0.5)).endswith("20 of them falling")
    assert answers.title_of_chance(named.assign(as_clear=0, same_way=0)).endswith("as a in none of 200 draws")
    assert answers.title_of_chance(named.assign(as_clear=1, same_way=0)).endswith("1 of 200 draws, none of them rising")
    shuffled = named.assign(measure="shuffled dates: share of sentences", draws=120, as_clear=16)
    assert answers.tell_rivals(pd.concat([named, shuffled])).endswith("Shuffled dates do so for a in 16 of 120.")
    assert answers.tell_rivals(named.head(0)) == ""
    assert answers.title_of_chance(named.head(0)).startswith("No frame has a trend")


def test_an_end_that_changes_nothing_is_called_unchanged(articles, sentences, shares, stands):
    left = loss.leave_out_terms(stands, sentences, articles, EXPECTED)
    told = answers.tell_bands(loss.bands(left), loss.leave_out_articles(shares, articles, EXPECTED))
    for row, line in zip(loss.bands(left).itertuples(), told, strict=True):
        same = left[left["frame"].eq(row.frame) & (left["tau"] - row.tau).abs().lt(1e-9)]["left_out"].unique()
        assert not any(f"(without {term})" in line.split("; ")[0] for term in same)
    one = loss.bands(left).head(1).assign(terms=1)
    without = loss.leave_out_articles(shares, articles, EXPECTED)
    assert "without its one term" in answers.tell_bands(one, without)[0]


def test_an_outlet_of_two_years_is_named():
    articles = load_articles()
    assert "No outlet is known to be there in more than one year" in answers.tell_outlets(articles)
    assert "more than one year: X" in answers.tell_outlets(articles.assign(outlet="X"))
    undated = answers.tell_outlets(articles.assign(outlet="X", date=pd.NaT))
    assert undated.startswith("Outlets known by name: 1; articles whose outlet is unknown: 0. No two years")
    assert r"more than one year: \$El\$ \*País\*." in answers.tell_outlets(articles.assign(outlet="$El$ *País*"))


def test_what_moves_tau_by_less_than_is_told_is_not_told_as_none():
    kept = pd.DataFrame(
        [("a", 0.5, 8, 4, 4, 4, 0.121, 0.122, "")], columns="frame tau ways courses kept ends low high without".split()
    )
    weights = pd.DataFrame({"frame": "a", "choice": ["per", "text"], "moved": [0.002, 0.0]})
    told = answers.tell_specifications(kept, weights)[0]
    assert "(always +0.12)" in told and "moved most by “per” (below 0.01 on average), not at all by “text”." in told
    assert "“per” (0.02 on average)" in answers.tell_specifications(kept, weights.assign(moved=[0.02, 0]))[0]
