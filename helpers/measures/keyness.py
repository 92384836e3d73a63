"""Which words set some articles apart from others: counts, how far they differ, and how evenly each word is spread.

Every measure here but dispersion takes words for independent draws, which words of an article are not: it describes.
Which article gave a word, and how many did, stands beside it (`dispersion`); what articles could show: `smallest_p`.
"""

import re
from collections.abc import Iterable
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import scipy
from nltk.stem.snowball import SnowballStemmer

from helpers.files.tables import ids_of, join_ids, require
from helpers.text.characters import straighten

ALL_SPLITS = 1_000  # ways of dividing the articles that are gone through: all up to twelve articles


def fold(token: str) -> str:
    """A word as it is counted: in lower case, without possessive 's or the mark after a final s; words of two or more
    capitals keep them and lose their points, so that U.S. and US are one word and "us" is another.

    >>> [fold(token) for token in ["Mexico’s", "countries'", "U.S.", "US", "us", "Border", "we’re"]]
    ['mexico', 'countries', 'US', 'US', 'us', 'border', "we're"]
    """
    if token.isascii() and "'" not in token and "." not in token:
        return token if len(token) > 1 and token.isupper() else token.lower()
    word = re.sub(r"'s$|(?<=s)'$", "", straighten(token), flags=re.IGNORECASE)
    word = word.replace(".", "") if re.match(r"(?:[^\W\d_]\.){2,}", word) else word
    return word if len(word) > 1 and word.isupper() else word.lower()


def settle_capitals(words: Iterable[str]) -> dict[str, str]:
    """What each folded word is among all words there are: one in capitals that is written small elsewhere is that word,
    save US, which is not "us"."""
    words = set(words)
    small = {word for word in words if word.islower()}
    return {word: word.lower() if word != "US" and word.lower() in small else word for word in words}


def count_words(words: pd.DataFrame) -> pd.DataFrame:
    """How often each word stands in each article.

    words    one row per word, from split_words: article, sentence, token
    returns  one row per article and word that stands in it, articles in the order of `words`, words by name: article,
             word (folded), count, carrying (sentences that carry it), ids (which: "article:1 article:3")
    """
    require(words, "article sentence token", "count_words: words, from split_words")
    places = words[["article", "sentence"]].assign(word=_folded(words))
    places = places.groupby(["article", "word", "sentence"]).size().rename("count").reset_index()
    groups = places.groupby(["article", "word"])
    counts = groups["count"].agg(count="sum", carrying="size").reset_index()
    counts["ids"] = pd.Series(join_ids(ids_of(places), groups), dtype=str)
    return words[["article"]].drop_duplicates().merge(counts, on="article")


def find_names(words: pd.DataFrame) -> pd.DataFrame:
    """Which words are names: those with a capital somewhere within a sentence and never without one. "I" is none.

    words    one row per word, from split_words: article, sentence, start, token
    returns  one row per word, by name: word, small (times it begins small), inside (times it begins with a capital
             within a sentence), name; a title or body only ever written with a capital counts as a name
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
             (by sign and g2_two_term, ties by name); none where a group has no words. Columns: word, target, reference
             (counts), target_words, reference_words (all words of the group), sign (1: more frequent in the target),
             g2_two_term (log-likelihood over the two counts: Rayson & Garside 2000, Comparing corpora using frequency
             profiling), g2_four_term (over the whole two-by-two table: Dunning 1993, Comp. Ling. 19(1): 61-74),
             log_ratio (doublings of the rate; a count of zero is taken for a half: Hardie 2014), low, high (its 95%
             interval, by the delta method: Katz et al. 1978, Biometrics 34(3): 469-474; it too takes words for
             independent draws), percent_diff (rate above the reference's, in percent; infinite where that is zero:
             Gabrielatos & Marchi 2012), bic (g2_two_term less the logarithm of all words: Wilson 2013)
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
    table = table.assign(percent_diff=100 * (a / c / (b / d).where(b > 0) - 1).fillna(np.inf))
    table = table.assign(bic=table["g2_two_term"] - np.log(c + d), by=-table["sign"] * table["g2_two_term"].round(9))
    return table.sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def log_odds(
    counts: pd.DataFrame, target: list[str], reference: list[str], *, alpha: float = 0.1, informed: bool = True
) -> pd.DataFrame:
    """Weighted log-odds with a Dirichlet prior (Monroe, Colaresi & Quinn 2008, Political Analysis 16(4): 372-403).

    counts    one row per article and word: article, word, count; its words are the vocabulary
    alpha     words that the prior adds to either group, for each word of the vocabulary
    informed  whether the prior divides them as all of `counts` does, or the same number to each word
    returns   one row per word of either group, by z from high to low, ties by name: word, target, reference (counts),
              delta (natural logarithm of the ratio of the odds, above 0 in favour of the target), z (delta in its
              standard errors)
    """
    whole = counts.groupby("word")["count"].sum()
    prior = alpha * len(whole) * whole / whole.sum() if informed else whole * 0 + alpha
    table = _two_groups(counts, target, reference)
    own = table["word"].map(prior).astype(float)
    totals = [table[group].sum() + prior.sum() for group in ("target", "reference")]
    table = table.join(smoothed_log_odds(table["target"] + own, table["reference"] + own, *totals))
    return table.assign(by=-table["z"].round(9)).sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def smoothed_log_odds(target: pd.Series, reference: pd.Series, total: float, reference_total: float) -> pd.DataFrame:
    """Log-odds ratio of counts to which the prior was added, and in its standard errors: one row per word: delta, z."""
    delta = np.log(target / (total - target)) - np.log(reference / (reference_total - reference))
    return pd.DataFrame({"delta": delta, "z": delta / np.sqrt(1 / target + 1 / reference)})


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """How evenly each word is spread over the articles.

    counts   one row per article and word: article, word, count
    returns  one row per word, by name: word, count, articles (in how many it stands), dp (deviation of proportions, 0
             where each article has its due to nearly 1: Gries 2008, IJCL 13(4): 403-437), dp_norm (dp over the largest
             it could be: Lijffijt & Gries 2012, IJCL 17(1): 147-149; NaN for one article)
    """
    require(counts, "article word count", "dispersion: counts, from count_words")
    size = counts.groupby("article")["count"].sum() / counts["count"].sum()
    due = counts["article"].map(size).astype(float)
    share = counts["count"] / counts.groupby("word")["count"].transform("sum")
    table = counts.assign(off=(share - due).abs() - due).groupby("word")
    table = table.agg(count=("count", "sum"), articles=("count", "size"), off=("off", "sum")).reset_index()
    dp = ((1 + table["off"]) / 2).clip(lower=0)  # articles without the word are off by all of their due
    norm = dp / (1 - size.min()) if len(size) > 1 else np.nan
    return table.drop(columns="off").assign(dp=dp, dp_norm=norm)


def count_texts(counts: pd.DataFrame, groups: pd.DataFrame) -> pd.Series:
    """In how many texts each word stands: articles, but copies of one text count once.

    counts   one row per article and word, from count_words
    groups   one row per article, from duplicates.group_copies: article, group
    returns  one value per word, by name
    """
    require(groups, "article group", "count_texts: groups, from group_copies")
    text = counts["article"].map(groups.set_index("article")["group"])
    return counts.assign(text=text).groupby("word")["text"].nunique()


def compare_words(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """Everything about each word of two groups: one row per word in the order of keyness, its columns, then delta and z
    of log_odds, then articles, dp and dp_norm of dispersion over all of `counts`, and of the target articles those
    that have the word (target_articles), and of the reference articles (reference_articles)."""
    table = keyness(counts, target, reference)
    table = table.merge(log_odds(counts, target, reference)[["word", "delta", "z"]], on="word")
    for name, group in [("target_articles", target), ("reference_articles", reference)]:
        having = counts[counts["article"].isin(group)].groupby("word").size()
        table[name] = table["word"].map(having).fillna(0).astype(int)
    return table.merge(dispersion(counts).drop(columns="count"), on="word")


def compare_each(counts: pd.DataFrame, groups: dict[str, list[str]]) -> pd.DataFrame:
    """compare_words of each group of articles against all others in `counts`: one row per group and word.

    groups   the articles of each group; the column article holds its name
    """
    every = counts["article"].unique()
    tables = [
        compare_words(counts, own, [a for a in every if a not in set(own)]).assign(article=name)
        for name, own in groups.items()
    ]
    return pd.concat(tables, ignore_index=True)


def word_shift(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """What each word adds to the Jensen-Shannon divergence of two groups, each of the same weight (Lin 1991, IEEE
    Trans. Inf. Theory 37(1): 145-151; drawn by word: Gallagher et al. 2021, EPJ Data Science 10: 4).

    counts   one row per article and word: article, word, count
    returns  one row per word of either group, from the largest contribution, ties by name: word, target, reference
             (counts), sign (1: more frequent in the target), contribution (bits; they add up to the divergence, which
             is 0 for groups that use words alike and 1 for groups without a common word); none where a group is empty
    """
    table = _two_groups(counts, target, reference)
    p, q = table["target"] / table["target"].sum(), table["reference"] / table["reference"].sum()
    middle = (p + q) / 2
    bits = (scipy.special.xlogy(p, p / middle) + scipy.special.xlogy(q, q / middle)) / 2 / np.log(2)
    table = table.assign(sign=np.sign((p - q).round(12)).astype(int), contribution=bits.clip(lower=0))
    table = table.assign(by=-table["contribution"].round(9))
    return table.sort_values(["by", "word"], ignore_index=True).drop(columns="by")


def compare_splits(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """The divergence of the two groups beside that of every other way to divide the same articles into two such groups.

    returns  one row per way, the most divergent first: articles (of the one group, divided by spaces), divergence
             (bits), own (whether it is the division asked for); none where a group is empty or there are more than
             ALL_SPLITS ways
    """
    every = [*target, *reference]
    few = target and reference and comb(len(every), len(target)) <= ALL_SPLITS
    ways = combinations(every, len(target)) if few else ()
    rows = []
    for way in ways:
        shift = word_shift(counts, list(way), [article for article in every if article not in way])
        rows.append((" ".join(way), shift["contribution"].sum().round(9), way == tuple(target)))
    table = pd.DataFrame(rows, columns=["articles", "divergence", "own"])
    return table.sort_values(["divergence", "articles"], ascending=[False, True], ignore_index=True)


def smallest_p(one: int, other: int) -> float:
    """The smallest two-sided p that an exact permutation test of two groups of so many articles could give.

    >>> smallest_p(2, 3)
    0.2
    """
    return min(1.0, 2 / comb(one + other, one))


def halves(articles: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The earlier half of the dated articles and the later, cut between two dates: where the halves are most alike in
    number, and of two such places at the later. Where all are of one date, the later half is empty."""
    require(articles, "article date", "halves: articles, from load_articles")
    dated = articles.dropna(subset="date").sort_values(["date", "article"])
    cuts = dated.groupby("date").size().cumsum().tolist()
    cut = min(reversed(cuts), key=lambda place: abs(2 * place - len(dated)), default=0)
    return dated["article"].tolist()[:cut], dated["article"].tolist()[cut:]


def find_words(words: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Where the chosen words stand, as list_sentences takes it.

    words    one row per word, from split_words
    chosen   one row per article and word: article, word, frame (what it is chosen for)
    returns  one row per place, in the order of `words`: article, sentence, frame, start, end, words (as printed)
    """
    require(words, "article sentence start end token", "find_words: words, from split_words")
    require(chosen, "article word frame", "find_words: chosen")
    places = words.assign(word=_folded(words)).merge(chosen[["article", "word", "frame"]], on=["article", "word"])
    return places.rename(columns={"token": "words"})[["article", "sentence", "frame", "start", "end", "words"]]


def find_other_forms(table: pd.DataFrame, chosen: list[str]) -> pd.DataFrame:
    """Other forms of the chosen words: words of the table with the same stem, by NLTK's English Snowball stemmer.

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


def with_sentences(table: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind each row of a table of words.

    table    one row per article and word, or per word of all articles in `counts`: word, perhaps article
    returns  the table, and carrying (sentences with the word), sentences (all there are), share (0 to 1), ids
    """
    require(counts, "article word carrying ids", "with_sentences: counts, from count_words")
    keys = ["article", "word"] if "article" in table else ["word"]
    own = counts[counts["word"].isin(table["word"].unique())]
    groups = own.groupby(keys)
    found = groups[["carrying"]].sum().reset_index()
    found["ids"] = pd.Series(join_ids(own["ids"], groups), dtype=str)
    sizes = sentences[sentences["article"].isin(counts["article"].unique())].groupby("article").size()
    total = table["article"].map(sizes).astype(int) if "article" in table else sizes.sum()
    table = table.assign(sentences=total).merge(found, on=keys, how="left")
    return table.assign(share=table["carrying"] / table["sentences"])


def _deviance(observed: pd.Series, expected: pd.Series) -> pd.Series:
    return 2 * (scipy.special.xlogy(observed, observed) - scipy.special.xlogy(observed, expected))


def _folded(words: pd.DataFrame) -> pd.Series:
    """The folded word of each row; each spelling is folded once."""
    folded = {token: fold(token) for token in words["token"].unique()}
    settled = settle_capitals(folded.values())
    return words["token"].map({token: settled[word] for token, word in folded.items()}).astype(str)


def _two_groups(counts: pd.DataFrame, target: list[str], reference: list[str]) -> pd.DataFrame:
    """Counts of each word of either group: word, target, reference; no row where one of the groups has no words."""
    require(counts, "article word count", "counts, from count_words")
    if both := sorted(set(target) & set(reference)):
        raise ValueError(f"{both[0]!r} is in the target and in the reference group. Leave it in one of them.")
    groups = {**dict.fromkeys(target, "target"), **dict.fromkeys(reference, "reference")}
    own = counts.assign(group=counts["article"].map(groups)).dropna(subset="group")
    table = own.pivot_table(index="word", columns="group", values="count", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=["target", "reference"], fill_value=0).astype(int).reset_index()
    table.columns.name = None
    return table if table["target"].sum() and table["reference"].sum() else table.iloc[:0]
