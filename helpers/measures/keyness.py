"""Keyness: which words set some articles apart from others, by how much, and how evenly each word is spread.

The measures treat words as independent draws. Words of one article are not, so the numbers describe and test nothing.
`smallest_p` says what a test by articles could show at best.
"""

import re
from collections.abc import Iterable
from math import comb

import numpy as np
import pandas as pd
import scipy
from nltk.stem.snowball import SnowballStemmer

from helpers.files.tables import ids_of, join_ids, require
from helpers.text.characters import straighten

MARKED = re.compile("['`.]")
PRIOR = 0.1  # words that the log-odds add to each group, for each word of the vocabulary


def fold(token: str) -> str:
    """A word as it is counted: in lower case, without a possessive ending. Words of two or more capitals keep them and
    lose their dots, so U.S. and US are one word and "us" is another.

    >>> [fold(token) for token in ["Mexico’s", "countries'", "U.S.", "US", "us", "Border", "we’re"]]
    ['mexico', 'countries', 'US', 'US', 'us', 'border', "we're"]
    """
    if token.isascii() and not MARKED.search(token):
        return token if len(token) > 1 and token.isupper() else token.lower()
    word = re.sub(r"'s$|(?<=s)'$", "", straighten(token), flags=re.IGNORECASE)
    word = word.replace(".", "") if re.match(r"(?:[^\W\d_]\.){2,}", word) else word
    return word if len(word) > 1 and word.isupper() else word.lower()


def settle_capitals(words: Iterable[str]) -> dict[str, str]:
    """How to count each folded word: a word in capitals that also occurs in lower case counts as the lower-case word.
    US is the exception: it never counts as "us"."""
    words = set(words)
    small = {word for word in words if word.islower()}
    return {word: word.lower() if word != "US" and word.lower() in small else word for word in words}


def count_words(words: pd.DataFrame) -> pd.DataFrame:
    """How often each word occurs in each article.

    words    one row per word, from split_words: article, sentence, token
    returns  one row per article and word in it; articles in the order of `words`, words by name: article, word
             (folded), count, carrying (sentences that have it), ids (which ones: "article:1 article:3")
    """
    require(words, "article sentence token", "count_words: words, from split_words")
    places = words[["article", "sentence"]].assign(word=_folded(words))
    places = places.groupby(["article", "word", "sentence"]).size().rename("count").reset_index()
    groups = places.groupby(["article", "word"])
    counts = groups["count"].agg(count="sum", carrying="size").reset_index()
    counts["ids"] = pd.Series(join_ids(ids_of(places), groups), dtype=str)
    return words[["article"]].drop_duplicates().merge(counts, on="article")


def find_names(words: pd.DataFrame) -> pd.DataFrame:
    """Which words are names: those that have a capital inside some sentence and never begin in lower case. "I" is not a
    name; months, and titles and bodies that are always capitalised, count as names.

    words    one row per word, from split_words: article, sentence, start, token
    returns  one row per word, by name: word, small (times it begins in lower case), inside (times it begins with a
             capital inside a sentence), name (true or false)
    """
    require(words, "article sentence start token", "find_names: words, from split_words")
    within = words["start"] > words.groupby(["article", "sentence"])["start"].transform("min")
    first = words["token"].astype(str).str[0]
    seen = pd.DataFrame({"word": _folded(words), "small": first.str.islower(), "inside": first.str.isupper() & within})
    table = seen.groupby("word")[["small", "inside"]].sum().reset_index()
    pronoun = table["word"].astype(str).str.fullmatch(r"i(?:'\w+)?")
    return table.assign(name=table["small"].eq(0) & table["inside"].gt(0) & ~pronoun)


def keyness(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """Which words are more frequent, or less, in the target articles than in the reference articles.

    counts   one row per article and word: article, word, count
    returns  one row per word of either group, from the most typical of the target to the most typical of the reference
             (ties by name); none where a group has no words. Columns: word, target, reference (counts), target_words,
             reference_words (all words of the group), sign (1: more frequent in the target), g2_two_term
             (log-likelihood over the word's two counts: Rayson & Garside 2000, Comparing corpora using frequency
             profiling), g2_four_term (over the whole two-by-two table: Dunning 1993, Comp. Ling. 19(1): 61-74),
             log_ratio (doublings of the rate; a zero counts as one half: Hardie 2014), low, high (its 95% interval, by
             the delta method: Katz et al. 1978, Biometrics 34(3): 469-474)
    """
    table = _two_groups(counts, target, reference)
    a, b = table["target"], table["reference"]
    c, d = max(a.sum(), 1), max(b.sum(), 1)
    table = table.assign(target_words=c, reference_words=d, sign=np.sign(a * d - b * c).astype(int))
    expected = (a + b) * c / (c + d), (a + b) * d / (c + d)
    two = _deviance(a, expected[0]) + _deviance(b, expected[1])
    four = two + _deviance(c - a, c - expected[0]) + _deviance(d - b, d - expected[1])
    table = table.assign(g2_two_term=two.clip(lower=0), g2_four_term=four.clip(lower=0))
    some, other = a.where(a > 0, 0.5), b.where(b > 0, 0.5)
    ratio, error = np.log2(some / c / (other / d)), np.sqrt(1 / some - 1 / c + 1 / other - 1 / d) / np.log(2)
    reach = scipy.special.ndtri(0.975) * error
    table = table.assign(log_ratio=ratio, low=ratio - reach, high=ratio + reach)
    table = table.assign(by=-table["sign"] * table["g2_two_term"].round(9))
    return table.sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def log_odds(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, Political Analysis 16(4):
    372-403). The prior adds PRIOR words per word of the vocabulary, in the proportions of all of `counts`.

    counts   one row per article and word: article, word, count; its words are the vocabulary
    returns  one row per word of either group, by z from high to low, ties by name: word, target, reference (counts),
             delta (natural logarithm of the odds ratio, above 0 where the target has more), z (delta in standard
             errors)
    """
    whole = counts.groupby("word")["count"].sum()
    prior = PRIOR * len(whole) * whole / whole.sum()
    table = _two_groups(counts, target, reference)
    own = table["word"].map(prior).astype(float)
    totals = [table[group].sum() + prior.sum() for group in ("target", "reference")]
    table = table.join(smoothed_log_odds(table["target"] + own, table["reference"] + own, *totals))
    return table.assign(by=-table["z"].round(9)).sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def smoothed_log_odds(target: pd.Series, reference: pd.Series, total: float, reference_total: float) -> pd.DataFrame:
    """The log-odds ratio of counts that already contain the prior: one row per word: delta, z (delta in standard
    errors)."""
    delta = np.log(target / (total - target)) - np.log(reference / (reference_total - reference))
    return pd.DataFrame({"delta": delta, "z": delta / np.sqrt(1 / target + 1 / reference)})


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """How evenly each word is spread over the articles.

    counts   one row per article and word: article, word, count
    returns  one row per word, by name: word, count, articles (how many have it), dp (deviation of proportions, from 0,
             spread evenly, to nearly 1, all in a small article: Gries 2008, IJCL 13(4): 403-437), dp_norm (dp divided
             by the largest it could be: Lijffijt & Gries 2012, IJCL 17(1): 147-149; NaN for one article)
    """
    require(counts, "article word count", "dispersion: counts, from count_words")
    size = counts.groupby("article")["count"].sum() / counts["count"].sum()
    due = counts["article"].map(size).astype(float)
    share = counts["count"] / counts.groupby("word")["count"].transform("sum")
    table = counts.assign(off=(share - due).abs() - due).groupby("word")
    table = table.agg(count=("count", "sum"), articles=("count", "size"), off=("off", "sum")).reset_index()
    dp = ((1 + table["off"]) / 2).clip(lower=0)  # an article without the word is off by its whole share
    norm = dp / (1 - size.min()) if len(size) > 1 else np.nan
    return table.drop(columns="off").assign(dp=dp, dp_norm=norm)


def compare_words(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """The columns of keyness, in its order, and z (from log_odds)."""
    return keyness(counts, target, reference).merge(log_odds(counts, target, reference)[["word", "z"]], on="word")


def compare_groups(
    counts: pd.DataFrame, groups: dict[str, tuple[list[str], list[str]]], copies: pd.DataFrame
) -> pd.DataFrame:
    """Which words set each group of articles apart, and how many articles have them; copies of one text count once.

    counts   one row per article and word, from count_words
    groups   of each group its name, its articles, and the articles to compare them with
    copies   one row per article, from group_copies: article, group
    returns  one row per group and word, groups in this order, words in the order of keyness: group, the columns of
             compare_words, articles_here, articles_elsewhere, articles (in either)
    """
    require(copies, "article group", "compare_groups: copies, from group_copies")
    own = counts[["article", "word"]].assign(text=counts["article"].map(copies.set_index("article")["group"]))
    tables = []
    for name, (here, there) in (groups or {"": ([], [])}).items():
        table = compare_words(counts, here, there)
        for column, some in [("here", here), ("elsewhere", there), ("", [*here, *there])]:
            texts = own[own["article"].isin(some)].groupby("word")["text"].nunique()
            table[f"articles_{column}".strip("_")] = table["word"].map(texts).fillna(0).astype(int)
        tables.append(table.assign(group=name))
    table = pd.concat(tables, ignore_index=True)
    return table[["group", *table.columns.drop("group")]]


def word_shift(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """What each word adds to the Jensen-Shannon divergence of two groups of equal weight (Lin 1991, IEEE Trans. Inf.
    Theory 37(1): 145-151; by word: Gallagher et al. 2021, EPJ Data Science 10: 4).

    counts   one row per article and word: article, word, count
    returns  one row per word of either group, from the largest contribution, ties by name: word, target, reference
             (counts), sign (1: more frequent in the target), contribution (bits; they add up to the divergence: 0 for
             groups that use all words alike, 1 for groups without a common word); none where a group is empty
    """
    table = _two_groups(counts, target, reference)
    p, q = table["target"] / table["target"].sum(), table["reference"] / table["reference"].sum()
    middle = (p + q) / 2
    bits = (scipy.special.xlogy(p, p / middle) + scipy.special.xlogy(q, q / middle)) / 2 / np.log(2)
    table = table.assign(sign=np.sign((p - q).round(12)).astype(int), contribution=bits.clip(lower=0))
    table = table.assign(by=-table["contribution"].round(9))
    return table.sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def smallest_p(one: int, other: int) -> float:
    """The smallest two-sided p an exact permutation test could give for two groups of so many articles.

    >>> smallest_p(2, 3)
    0.2
    """
    return min(1.0, 2 / comb(one + other, one))


def halves(articles: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The dated articles as an earlier and a later half. Articles of one date stay together, so the halves are as equal
    as dates allow; of two cuts that are equally good the later one is taken. With a single date the later half is
    empty."""
    require(articles, "article date", "halves: articles, from load_articles")
    dated = articles.dropna(subset="date").sort_values(["date", "article"])
    cuts = dated.groupby("date").size().cumsum().tolist()
    cut = min(reversed(cuts), key=lambda place: abs(2 * place - len(dated)), default=0)
    return dated["article"].tolist()[:cut], dated["article"].tolist()[cut:]


def find_words(words: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Where the chosen words occur, as list_sentences takes it.

    words    one row per word, from split_words
    chosen   one row per article and word: article, word, frame (what it was chosen for)
    returns  one row per place, in the order of `words`: article, sentence, frame, start, end, words (as printed)
    """
    require(words, "article sentence start end token", "find_words: words, from split_words")
    require(chosen, "article word frame", "find_words: chosen")
    places = words.assign(word=_folded(words)).merge(chosen[["article", "word", "frame"]], on=["article", "word"])
    return places.rename(columns={"token": "words"})[["article", "sentence", "frame", "start", "end", "words"]]


def find_other_forms(table: pd.DataFrame, chosen: list[str]) -> pd.DataFrame:
    """Other forms of the chosen words: words with the same stem, by NLTK's English Snowball stemmer.

    table    one row per word: word, target, reference (counts)
    returns  one row per chosen word and other form, in the order chosen, forms by name: word, form, target, reference
    """
    require(table, "word target reference", "find_other_forms: table, from keyness")
    stem = SnowballStemmer("english").stem
    forms = table[["word", "target", "reference"]].rename(columns={"word": "form"}).sort_values("form")
    forms = forms.assign(stem=pd.Series(map(stem, forms["form"]), index=forms.index, dtype=str))
    own = pd.DataFrame({"word": pd.Series(chosen, dtype=str), "stem": pd.Series(map(stem, chosen), dtype=str)})
    both = own.merge(forms, on="stem")
    return both.loc[both["word"].ne(both["form"]), ["word", "form", "target", "reference"]].reset_index(drop=True)


def with_sentences(
    table: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame, groups: dict[str, tuple[list[str], list[str]]]
) -> pd.DataFrame:
    """The sentences behind each word of each group.

    table    one row per group and word: group, word, ...
    counts   one row per article and word, from count_words
    groups   of each group its name and its articles, as compare_groups takes them
    returns  the table, and carrying (sentences of the group with the word), sentences (all of the group's), share (0 to
             1), ids (which ones have it)
    """
    require(counts, "article word carrying ids", "with_sentences: counts, from count_words")
    sizes, tables = sentences["article"].value_counts(), [table.head(0).assign(carrying=0, ids="", sentences=0)]
    for name, own in table.groupby("group", sort=False):
        here = groups[name][0]
        found = counts[counts["article"].isin(here) & counts["word"].isin(own["word"])].groupby("word")
        found = found.agg(carrying=("carrying", "sum"), ids=("ids", " ".join))
        tables.append(own.join(found, on="word").assign(sentences=sizes.reindex(here).sum()))
    table = pd.concat(tables[1:] or tables, ignore_index=True)
    return table.assign(share=table["carrying"] / table["sentences"])


def _deviance(observed: pd.Series, expected: pd.Series) -> pd.Series:
    return 2 * (scipy.special.xlogy(observed, observed) - scipy.special.xlogy(observed, expected))


def _folded(words: pd.DataFrame) -> pd.Series:
    """The folded word of each row; each spelling is folded once."""
    folded = {token: fold(token) for token in words["token"].unique()}
    settled = settle_capitals(folded.values())
    return words["token"].map({token: settled[word] for token, word in folded.items()}).astype(str)


def _two_groups(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """Counts of each word of either group: word, target, reference; no rows where a group has no words."""
    require(counts, "article word count", "counts, from count_words")
    if both := sorted(set(target) & set(reference)):
        raise ValueError(f"Article {both[0]!r} is in both groups. Keep it in one of them.")
    groups = {**dict.fromkeys(target, "target"), **dict.fromkeys(reference, "reference")}
    own = counts.assign(group=counts["article"].map(groups)).dropna(subset="group")
    table = own.pivot_table(index="word", columns="group", values="count", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=["target", "reference"], fill_value=0).astype(int).reset_index()
    table.columns.name = None
    return table if table["target"].sum() and table["reference"].sum() else table.iloc[:0]
