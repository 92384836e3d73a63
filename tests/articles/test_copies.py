"""Near-duplicates: copies are found however they were changed, forms filled in anew are not taken for copies."""

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.copies import count_effective, find_pairs, group_copies, lay_side_by_side, once_each, shingle
from helpers.measures.tests import trends_over_dates

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "r", "st", "ll")]
PLACES = "Laredo Tijuana Juárez Nogales Reynosa Matamoros Mexicali Hermosillo Culiacán Durango Torreón Saltillo".split()
FORM = (
    "The governor of {a} asked for federal help on May {n} after the flood. Help is to reach {b} county and {c} county "
    "within days, and the office in {d} will see to it that loans and grants are given to owners of houses and shops. "
    "Residents can begin to ask for it by telephone or at the office, which is open from nine to five on all days. "
    "Whoever has no house to go to will find a bed in the schools, which stay closed until the water is gone."
)


def story(seed, sentences=20):
    rng = random.Random(seed)
    return [
        " ".join([rng.choice(PLACES), *rng.choices(WORDS, k=10), str(rng.randint(10, 999))]) + "."
        for _ in range(sentences)
    ]


def corpus(**texts):
    dates = pd.date_range("2020-01-01", periods=len(texts))
    return pd.DataFrame(
        {"article": list(texts), "label": list(texts), "date": dates, "outlet": "", "text": texts.values()}
    )


def copies(articles):
    pairs = find_pairs(articles)
    return {(row.one, row.other) for row in pairs[pairs["copy"]].itertuples()}


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s,
        lambda s: s[:11],
        lambda s: s[8:],
        lambda s: ["A headline that another desk has written.", *s],
        lambda s: [*s, *story(99, 8)],
        lambda s: [s[0].replace(s[0].split()[3], "else"), *s[1:10], *s[11:]],
        lambda s: [sentence.upper() for sentence in s],
    ],
    ids=["the same", "cut short", "begins later", "headline", "boilerplate", "edited", "capitals"],
)
def test_a_changed_copy_is_found_among_others(change):
    others = {f"x{i}": " ".join(story(i)) for i in range(1, 40)}
    assert copies(corpus(a=" ".join(story(0)), **others, z=" ".join(change(story(0))))) == {("a", "z")}


PRINTED = (
    "Calderón’s aides said it’s the states’ duty – not the army’s… “We go,” he said of the US–Mexico "
    "border\u00a0fence. Officers of Poiré’s office "
    "didn’t find the rifles in Ciudad Juárez, nor in Nogales; they’d looked for 12 days."
)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.translate(str.maketrans("’“”\u00a0–", '\'"" -')),
        lambda text: text.replace("’", "´").replace("“", "''").replace("”", "''"),
        lambda text: text.replace("…", " . . .").replace("–", "--"),
        lambda text: text.translate(str.maketrans("óéá", "oea")),
        lambda text: text.replace(". ", "."),
    ],
    ids=["straight", "acute", "points", "accents", "no space"],
)
def test_a_copy_in_other_typography_is_a_copy(change):
    row = find_pairs(corpus(a=PRINTED, b=change(PRINTED))).iloc[0]
    assert row["copy"] and row["alike"] > 0.8


def test_a_trend_is_tested_over_texts_and_not_over_their_copies():
    """Four texts, the last printed nine times with a word changed: as nine articles it would make a trend."""
    texts = {f"x{i}": " ".join(story(i)) for i in range(3)}
    texts |= {f"y{i}": " ".join(["Again", *story(9)[: 20 - i]]) for i in range(9)}
    articles = corpus(**texts)
    shares = articles[["article"]].assign(frame="f", share=[0, 0, 0, *[i / 20 for i in range(1, 10)]])
    once = once_each(articles)
    assert once["article"].tolist() == ["x0", "x1", "x2", "y0"]
    assert once_each(articles, group_copies(find_pairs(articles), articles)).equals(once)
    assert trends_over_dates(shares, articles, ["f"])["p"].iloc[0] < 0.01
    tested = trends_over_dates(shares, once, ["f"]).iloc[0]
    assert tested["articles"] == 4 and tested["p"] == tested["floor_ties"] == 0.5


def test_forms_filled_in_anew_are_pairs_but_no_copies():
    rng = random.Random(5)
    forms = {}
    for i in range(12):
        a, b, c, d = rng.sample(PLACES, 4)
        forms[f"f{i}"] = FORM.format(a=a, b=b, c=c, d=d, n=rng.randint(1, 30))
    pairs = find_pairs(corpus(**forms))
    assert len(pairs) == 66 and not pairs["copy"].any()
    assert (pairs["common"] < pairs["names"]).all()
    groups = group_copies(pairs, corpus(**forms))
    assert groups["size"].eq(1).all()


def test_jaccard_is_that_of_the_runs_of_words():
    one, other = " ".join(story(1)), " ".join(story(1)[:15])
    runs = [{tuple(words[i : i + 5]) for i in range(len(words) - 4)} for words in map(_words, (one, other))]
    row = find_pairs(corpus(a=one, b=other)).iloc[0]
    assert (row["shared"], row["either"]) == (len(runs[0] & runs[1]), len(runs[0] | runs[1]))
    assert row["alike"] == pytest.approx(row["shared"] / row["either"])


def _words(text):
    return text.lower().replace(".", "").split()


def test_a_chain_is_one_group_and_says_so():
    s = story(3, 40)
    chain = corpus(a=" ".join(s[:21]), b=" ".join(s), c=" ".join(s[19:]), other=" ".join(story(4)))
    assert copies(chain) == {("a", "b"), ("b", "c")}
    groups = group_copies(find_pairs(chain), chain).set_index("article")
    assert groups["group"].tolist() == ["a", "a", "a", "other"]
    assert groups["size"].tolist() == [3, 3, 3, 1]
    assert groups["by_way"].tolist() == [False, False, True, False]


def test_groups_are_laid_side_by_side_with_what_differs():
    s = story(0)
    articles = corpus(a=" ".join(s), b=" ".join([*s, "Copyright by the wire."]), c=" ".join(story(1)))
    articles.loc[2, "date"] = pd.NaT
    table = lay_side_by_side(group_copies(find_pairs(articles), articles), articles)
    assert table[["first", "copy", "outlet", "days"]].to_numpy().tolist() == [["a", "b", "unknown", 1]]
    assert table[["only_first", "only_copy"]].to_numpy().tolist() == [["", "Copyright by the wire"]]


def test_the_order_and_the_other_articles_change_nothing():
    articles = corpus(**{f"x{i}": " ".join(story(i // 2)) for i in range(20)})
    forward, back = copies(articles), copies(articles[::-1])
    assert forward == {(f"x{i}", f"x{i + 1}") for i in range(0, 20, 2)}
    assert {tuple(sorted(pair)) for pair in back} == {tuple(sorted(pair)) for pair in forward}
    assert find_pairs(articles).equals(find_pairs(articles))


@pytest.mark.parametrize("texts", [{}, {"a": "One."}, {"a": "", "b": ""}, {"a": "No. No.", "b": "No. No."}])
def test_few_or_empty_texts_do_no_harm(texts):
    articles = corpus(**texts)
    groups = group_copies(find_pairs(articles), articles)
    assert len(groups) == len(texts)
    assert groups["size"].tolist() == ([2, 2] if "No. No." in texts.values() else [1] * len(texts))
    assert len(lay_side_by_side(groups, articles)) == int(groups["size"].eq(2).any())


@given(st.text(max_size=200))
def test_any_text_has_as_many_unlike_runs_as_it_can(text):
    runs = shingle(text)
    assert (runs[1:] > runs[:-1]).all()
    assert len(runs) <= max(1, len(text))


def test_copies_are_worth_less_than_articles():
    assert count_effective(pd.Series(list("abcd"))) == {"articles": 4, "groups": 4, "effective": 4.0}
    assert count_effective(pd.Series(["a"] * 40)) == {"articles": 40, "groups": 1, "effective": 1.0}
    assert count_effective(pd.Series([], dtype=str))["effective"] == 0


def test_a_table_without_texts_is_told():
    with pytest.raises(ValueError, match="find_pairs: articles, from load_articles: missing text"):
        find_pairs(pd.DataFrame({"article": []}))
