"""Words that set articles apart: published worked examples, SciPy as the second opinion, and what must hold always."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2_contingency, permutation_test
from scipy.stats.contingency import relative_risk

from helpers.codebook.hits import list_sentences
from helpers.files.tables import SEEDS
from helpers.measures import keyness as k
from helpers.text.split import split_sentences, split_words

COUNTS = ["article", "word", "count"]


def counts_of(**texts):
    """counts of articles given as words divided by spaces."""
    rows = [(article, word, text.split().count(word)) for article, text in texts.items() for word in set(text.split())]
    return pd.DataFrame(sorted(rows), columns=COUNTS)


def against(a, c, b, d):
    """keyness of one word: a of c words in the target, b of d in the reference."""
    rows = [("t", "word", a), ("t", "rest", c - a), ("r", "word", b), ("r", "rest", d - b)]
    counts = pd.DataFrame([row for row in rows if row[2]], columns=COUNTS)
    return k.keyness(counts, ["t"], ["r"]).set_index("word").loc["word"]


def words_of(**texts):
    return split_words(split_sentences(pd.DataFrame({"article": list(texts), "text": list(texts.values())})))


texts = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), min_size=2, max_size=5).map(
    lambda lists: counts_of(**{f"x{i}": " ".join(words) for i, words in enumerate(lists)})
)


def copies_of(counts, **groups):
    """As group_copies has them: each article is its own group, or that of its original."""
    articles = counts["article"].drop_duplicates()
    return pd.DataFrame({"article": articles, "group": [groups.get(name, name) for name in articles]})


def test_a_word_in_a_text_and_in_its_copy_is_in_one_article():
    """a2 is a copy of a: "rain" is in one text here, and so is "late"; "arms" is in one elsewhere, too."""
    counts = counts_of(a="rain arms", a2="rain arms late", b="arms")
    table = k.compare_groups(counts, {"x": (["a", "a2"], ["b"])}, copies_of(counts, a2="a")).set_index("word")
    columns = ["articles_here", "articles_elsewhere", "articles"]
    assert table.loc[["rain", "arms", "late"], columns].to_numpy().tolist() == [[1, 0, 1], [1, 1, 2], [1, 0, 1]]


def test_a_copy_in_another_group_does_not_make_two_articles():
    counts = counts_of(a="rain", b="rain")
    table = k.compare_groups(counts, {"x": (["a"], ["b"])}, copies_of(counts, b="a"))
    assert table[["articles_here", "articles_elsewhere", "articles"]].to_numpy().tolist() == [[1, 1, 1]]


def test_the_worked_example_of_the_ucrel_wizard():
    row = against(52, 50_000, 57, 75_000)
    assert row["g2_two_term"] == pytest.approx(2.6517, abs=5e-5)
    assert row["g2_four_term"] == pytest.approx(2.6541, abs=5e-5)
    assert row["log_ratio"] == pytest.approx(0.4525, abs=5e-5)
    assert row[["target", "reference", "target_words", "reference_words", "sign"]].tolist() == [
        52,
        57,
        50_000,
        75_000,
        1,
    ]


def test_a_zero_counts_as_a_half_in_the_log_ratio_only():
    row = against(0, 1000, 10, 1000)
    assert row["log_ratio"] == pytest.approx(-4.3219, abs=5e-5)
    assert row["g2_two_term"] == pytest.approx(20 * math.log(2))
    assert against(10, 1000, 5, 1000)["log_ratio"] == pytest.approx(1)


@given(st.integers(1, 40), st.integers(1, 60), st.integers(1, 40), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_scipy_gives_the_same_log_likelihood_and_interval(a, more, b, more_still):
    c, d = a + more, b + more_still
    row = against(a, c, b, d)
    table = [[a, b], [more, more_still]]
    assert row["g2_four_term"] == pytest.approx(
        chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic, abs=1e-9
    )
    interval = relative_risk(a, c, b, d).confidence_interval(0.95)
    assert [row["low"], row["high"]] == pytest.approx(np.log2([interval.low, interval.high]), abs=1e-6)
    assert row["g2_two_term"] <= row["g2_four_term"] + 1e-9


@given(texts)
@settings(max_examples=60, deadline=None)
def test_swapping_the_groups_flips_the_signs_and_nothing_else(counts):
    one, *others = counts["article"].unique()
    groups = {"there": ([one], others), "back": (others, [one])}
    both = k.compare_groups(counts, groups, copies_of(counts)).set_index("word")
    there, back = (both[both["group"].eq(name)].sort_index() for name in groups)
    for name in ["sign", "log_ratio", "z"]:
        assert there[name].tolist() == pytest.approx((-back[name]).tolist(), abs=1e-9, nan_ok=True)
    for name in ["g2_two_term", "g2_four_term", "articles"]:
        assert there[name].tolist() == pytest.approx(back[name].tolist(), abs=1e-9)
    assert there["low"].tolist() == pytest.approx((-back["high"]).tolist(), abs=1e-9)
    assert there["articles_here"].tolist() == back["articles_elsewhere"].tolist()


def test_words_come_in_order_of_keyness_and_ties_by_name():
    table = k.keyness(counts_of(x="b a a c d d", y="c f e e d d"), ["x"], ["y"])
    assert table["word"].tolist() == ["a", "b", "c", "d", "f", "e"]
    assert table["sign"].tolist() == [1, 1, 0, 0, -1, -1]


def test_log_odds_computed_word_by_word():
    """Word by word, in exact fractions up to the logarithm: delta, and delta over its approximate standard error."""
    counts = counts_of(x="a a a b c", y="a b b d", z="d d e")
    table = k.log_odds(counts, ["x"], ["y"]).set_index("word")
    corpus = dict(a=4, b=3, c=1, d=3, e=1)
    prior = {w: Fraction(1, 10) * 5 * n / 12 for w, n in corpus.items()}
    for word, (i, j) in dict(a=(3, 1), b=(1, 2), c=(1, 0), d=(0, 1)).items():
        y = [i + prior[word], j + prior[word]]
        n = [5 + sum(prior.values()), 4 + sum(prior.values())]
        delta = math.log(y[0] / (n[0] - y[0])) - math.log(y[1] / (n[1] - y[1]))
        expected = [delta, delta / math.sqrt(1 / y[0] + 1 / y[1])]
        assert table.loc[word, ["delta", "z"]].tolist() == pytest.approx(expected)
    assert "e" not in table.index


PARTS = counts_of(
    p1="b a m n i b e u p",
    p2="b a s a t b e w q n",
    p3="b c a g a b e s t a",
    p4="b a g h a b e a a t",
    p5="b a h a a b e a x a t",
)


def test_gries_toy_corpus():
    table = k.dispersion(PARTS).set_index("word")
    assert table.loc[["b", "i", "a"], "dp"].round(4).tolist() == [0.02, 0.82, 0.18]
    assert round(table.loc["a", "dp_norm"], 4) == 0.2195
    assert table.loc["i", "dp_norm"] == pytest.approx(1)
    assert table.loc[["b", "i", "a"], "articles"].tolist() == [5, 1, 5]
    assert table.loc[["b", "i", "a"], "count"].tolist() == [10, 1, 15]


def test_juillands_d_orders_gries_words_as_dispersion_does():
    """Juilland's D on rates, as in Gries 2020: 1 - V / root of (n - 1); .968 and 0 are his for "b" and "i"."""
    rates = PARTS.pivot(index="word", columns="article", values="count").fillna(0)
    rates = rates / rates.sum()
    d = 1 - rates.std(axis=1, ddof=0) / rates.mean(axis=1) / 2
    assert d[["b", "i"]].round(3).tolist() == [0.968, 0]
    assert d[["b", "a", "i"]].is_monotonic_decreasing
    assert k.dispersion(PARTS).set_index("word")["dp"][["b", "a", "i"]].is_monotonic_increasing


@given(texts)
@settings(max_examples=60, deadline=None)
def test_dispersion_is_half_the_sum_of_what_each_article_is_off(counts):
    grid = counts.pivot(index="word", columns="article", values="count").fillna(0)
    due = grid.sum() / grid.to_numpy().sum()
    expected = (grid.div(grid.sum(axis=1), axis=0) - due).abs().sum(axis=1) / 2
    table = k.dispersion(counts).set_index("word")
    assert table["dp"].tolist() == pytest.approx(expected.tolist(), abs=1e-12)
    assert table["dp_norm"].between(0, 1 + 1e-12).all()


def test_words_of_one_article_have_no_normalised_dispersion():
    table = k.dispersion(counts_of(x="a a b"))
    assert table["dp"].tolist() == [0, 0]
    assert table["dp_norm"].isna().all()
    assert k.dispersion(counts_of(x="a")[:0]).empty


def test_divergence_of_like_and_of_unlike_articles():
    assert k.word_shift(counts_of(x="a b b", y="a a b b b b"), ["x"], ["y"])["contribution"].sum() == pytest.approx(0)
    assert k.word_shift(counts_of(x="a b b", y="c d"), ["x"], ["y"])["contribution"].sum() == pytest.approx(1)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_to_scipys_divergence(counts):
    one, *others = counts["article"].unique()
    shift = k.word_shift(counts, [one], others)
    assert shift["contribution"].sum() == pytest.approx(
        jensenshannon(shift["target"], shift["reference"], base=2) ** 2, abs=1e-9
    )
    back = k.word_shift(counts, others, [one]).set_index("word").loc[shift["word"]]
    assert back["sign"].tolist() == (-shift["sign"]).tolist()
    assert back["contribution"].tolist() == pytest.approx(shift["contribution"].tolist(), abs=1e-12)


@pytest.mark.parametrize(("one", "other"), [(2, 3), (2, 2), (3, 3)])
def test_the_smallest_p_is_that_of_groups_without_overlap(one, other):
    low, high = np.arange(one), np.arange(one, one + other)
    tested = permutation_test((low, high), lambda x, y: x.mean() - y.mean(), n_resamples=np.inf)
    assert k.smallest_p(one, other) == pytest.approx(tested.pvalue)


def test_two_articles_and_three_can_give_a_fifth_at_best_and_one_group_nothing():
    assert k.smallest_p(2, 3) == pytest.approx(0.2)
    assert k.smallest_p(1, 4) == pytest.approx(2 * 0.2)
    assert k.smallest_p(1, 1) == k.smallest_p(5, 0) == 1


def test_words_are_folded_and_counted_with_the_sentences_that_have_them():
    words = words_of(x="The U.S. sent arms. US arms, Mexico’s arms.", y="He told us: the officials' arms!")
    counts = k.count_words(words).set_index(["article", "word"])
    assert counts.loc[("x", "arms")].tolist() == [3, 2, "x:1 x:2"]
    assert counts.loc[("x", "US")].tolist() == [2, 2, "x:1 x:2"]
    assert counts.loc[("y", "us"), "count"] == counts.loc[("y", "officials"), "count"] == 1
    assert counts.loc[("x", "mexico"), "count"] == 1
    assert counts["count"].sum() == len(words)


def test_a_name_has_a_capital_within_a_sentence_and_never_a_small_letter():
    words = words_of(
        x="Kelly met Kelly. Officials said he met The Hague. She and I agree. US aid for us.",
        y="The officials like the US. Arms came. In 2009 I'm told the G20 met Secretary Kelly. A secretary wrote.",
    )
    names = k.find_names(words).set_index("word")["name"]
    assert sorted(names.index[names]) == ["G20", "US", "hague", "kelly"]


def test_found_words_stand_where_the_text_has_them():
    articles = pd.DataFrame({"article": ["x", "y"], "text": ["Arms came. No arms’ sale.", "Arms left."]})
    sentences = split_sentences(articles)
    chosen = pd.DataFrame({"article": ["x"], "word": ["arms"], "frame": ["marks"]})
    found = k.find_words(split_words(sentences), chosen)
    assert [articles.loc[0, "text"][row.start : row.end] for row in found.itertuples()] == ["Arms", "arms’"]
    assert list_sentences(found, sentences)["spans"].tolist() == [[(0, 4)], [(3, 8)]]


def test_other_forms_have_the_stem_and_not_the_word():
    table = pd.DataFrame({"word": ["cartels", "cartel", "discussed", "discuss", "cart"]}).assign(target=1, reference=2)
    forms = k.find_other_forms(table, ["discuss", "cartels"])
    assert forms[["word", "form"]].to_numpy().tolist() == [["discuss", "discussed"], ["cartels", "cartel"]]
    assert k.find_other_forms(table.iloc[:0], []).empty and k.find_other_forms(table, ["cart"]).empty


def test_the_sentences_behind_a_word_are_those_of_its_group():
    articles = pd.DataFrame({"article": ["x", "y"], "text": ["Arms came. No arms. Nothing.", "Arms left."]})
    sentences = split_sentences(articles)
    counts = k.count_words(split_words(sentences))
    rows = pd.DataFrame({"group": ["one", "both"], "word": "arms"})
    table = k.with_sentences(rows, counts, sentences, {"one": (["x"], ["y"]), "both": (["x", "y"], [])})
    columns = ["group", "carrying", "sentences", "ids"]
    assert table[columns].to_numpy().tolist() == [["one", 2, 3, "x:1 x:2"], ["both", 3, 4, "x:1 x:2 y:1"]]
    assert table["share"].tolist() == pytest.approx([2 / 3, 3 / 4])
    assert {"carrying", "ids", "share"} <= set(k.with_sentences(rows.head(0), counts, sentences, {}))


def test_halves_are_made_of_dated_articles_in_order_of_date():
    articles = pd.DataFrame(
        {"article": list("abcdef"), "date": pd.to_datetime(["2022", None, "2008", "2012", "2017", "2021"])}
    )
    assert k.halves(articles) == (["c", "d", "e"], ["f", "a"])
    assert k.halves(articles.iloc[[1]]) == ([], [])


@pytest.mark.parametrize(
    ("dates", "earlier"),
    [
        ("2001 2001 2001 2002", "abc"),  # the middle would part three of one date
        ("2001 2002 2002 2002", "a"),
        ("2001 2002 2002 2003", "abc"),  # two places as near to the middle: the later
        ("2001 2001 2001", "abc"),
        ("2001", "a"),
    ],
)
def test_halves_part_no_articles_of_one_date(dates, earlier):
    days = pd.to_datetime(dates.split())
    articles = pd.DataFrame({"article": list("abcd")[: len(days)], "date": days})
    assert k.halves(articles) == (list(earlier), [name for name in articles["article"] if name not in earlier])


def test_a_group_without_words_gives_no_rows_and_one_in_both_groups_is_refused():
    counts = counts_of(x="a b", y="b c")
    for table in (k.keyness, k.log_odds, k.word_shift):
        assert table(counts, ["x", "y"], []).empty
        assert table(counts, ["x"], ["nowhere"]).empty
    assert k.compare_groups(counts, {"x": (["x"], [])}, copies_of(counts)).empty
    with pytest.raises(ValueError, match="'x' is in both groups"):
        k.keyness(counts, ["x"], ["x", "y"])
    with pytest.raises(ValueError, match="count_words"):
        k.keyness(pd.DataFrame({"article": ["x"]}), ["x"], ["y"])


def test_nothing_given_is_changed():
    counts = counts_of(x="a a b", y="b c")
    before = counts.copy()
    k.compare_groups(counts, {"x": (["x"], ["y"])}, copies_of(counts))
    pd.testing.assert_frame_equal(counts, before)


def test_a_group_of_one_word_said_over_and_over_has_no_keyness():
    row = k.keyness(counts_of(x="a a a", y="a"), ["x"], ["y"]).iloc[0]
    assert row[["sign", "g2_two_term", "g2_four_term", "log_ratio"]].tolist() == [0, 0, 0, 0]
    assert [row["low"], row["high"]] == [0, 0]


def test_counts_of_the_five_articles_are_those_of_their_sentences():
    """Counted in the sentences as text: every "arms" of 2022, and none before 2021."""
    sentences = pd.read_csv(SEEDS / "sentences.csv", dtype={"article": str})
    words = split_words(sentences.assign(start=0))
    counts = k.count_words(words).set_index(["word", "article"])["count"]
    for word, article in product(["arms", "cartels", "of"], sentences["article"].unique()):
        text = sentences.loc[sentences["article"].eq(article), "text"].str.cat(sep=" ").lower()
        assert counts.get((word, article), 0) == len(pd.Series([text]).str.findall(rf"\b{word}\b")[0])
