"""Notebook 02: which words mark each year."""

from collections.abc import Iterator

import pandas as pd

from helpers.articles.dates_shown import columns_of
from helpers.codebook.hits import find_hits, list_sentences
from helpers.findings.words import first_that_fits, listed, part_of, sentence
from helpers.measures.keyness import compare_groups, find_other_forms, find_words, halves

Groups = dict[str, tuple[list[str], list[str]]]

LEADING = 10  # places whose words are looked up under other names
OTHERS = "all others"  # what a year is compared with; a half is compared with the other half
NOTHING = {
    "one": "Cannot be told: there is no second article to compare with.",
    "none": "None does: no word occurs {fewest} times or more in one of them and less often elsewhere.",
}
SEVERAL, ONE, ONE_HERE = "in several articles", "in one article only", "in one article here"
NO_WORD = "no word stands out"
UNDATED = "Cannot be told by year: no article has a date. "


def years_of(articles: pd.DataFrame) -> Groups:
    """What is compared with what: each article (each year or month where they are many) with all others.

    articles  one row per article, from load_articles
    returns   of each period its name, its articles, and those it is compared with
    """
    every = list(articles["article"])
    own = columns_of(articles).groupby("label", sort=False)["article"].agg(list)
    return {label: (here, [article for article in every if article not in set(here)]) for label, here in own.items()}


def halves_of(articles: pd.DataFrame) -> Groups:
    """The earlier half of the dated articles compared with the later, and the other way round; nothing where these are
    single articles or years anyway, or have one date."""
    earlier, later = halves(articles)
    if not later or len(years_of(articles)) < 3:
        return {}
    one, other = (f"{half} half ({_span(articles, own)})" for half, own in [("earlier", earlier), ("later", later)])
    return {one: (earlier, later), other: (later, earlier)}


def list_marks(
    counts: pd.DataFrame,
    names: pd.DataFrame,
    copies: pd.DataFrame,
    periods: Groups,
    *,
    fewest: int,
    with_names: bool,
) -> pd.DataFrame:
    """The words that mark each period: more frequent in it than elsewhere, and used there at least `fewest` times.

    counts, names  from count_words and find_names; copies: from group_copies; periods: from years_of and halves_of
    with_names     whether names of people and places are among them
    returns        one row per period and word, the strongest first: label (the period), group (the same), the columns
                   of compare_groups, place (1 for the highest log-likelihood; words that tie share one)
    """
    table = compare_groups(counts, periods, copies)
    named = set(names.loc[names["name"], "word"])
    kept = table["sign"].gt(0) & table["target"].ge(fewest) & (with_names | ~table["word"].isin(named))
    table = table[kept].reset_index(drop=True)
    place = table["g2_two_term"].round(9).groupby(table["group"]).rank(method="min", ascending=False)
    return table.assign(label=table["group"], place=place.astype(int))


def find_marks(marks: pd.DataFrame, years: Groups, halved: Groups, copies: pd.DataFrame) -> pd.DataFrame:
    """The leading words of each period; words that tie in every count share a row.

    marks    one row per period and word, with ids: from list_marks and with_sentences
    years    from years_of; halved: from halves_of; copies: from group_copies
    returns  one row per period and set of words that tie for its first place: period, compared with, words, finding (a
             phrase), times here ("7 of 8"), articles here, articles elsewhere (copies count once), log-likelihood, z,
             ids
    """
    texts = copies.set_index("article")["group"]
    against = dict.fromkeys(years, OTHERS) | dict(zip(halved, reversed(halved), strict=True))
    keys = ["target", "reference", "articles_here", "articles_elsewhere", "articles"]
    rows = []
    for name, groups in (years | halved).items():
        own = marks[marks["group"].eq(name) & marks["place"].eq(1)]
        row, sizes = {"period": name, "compared with": against[name]}, [texts[group].nunique() for group in groups]
        tied = [row | _row(tie, *sizes) for _, tie in own.groupby(keys, sort=False)]
        rows += tied or [row | {"words": "", "finding": NO_WORD, "ids": ""}]
    columns = ["period", "compared with", "words", "finding", "times here", "articles here", "articles elsewhere"]
    return pd.DataFrame(rows, columns=[*columns, "log-likelihood", "z", "ids"])


def judge_marks(findings: pd.DataFrame, articles: pd.DataFrame, *, fewest: int) -> str:
    """Which words lead, whether they are one article's, and what sets the later half apart from the earlier."""
    if len(articles) < 2:
        return NOTHING["one"]
    own = findings[findings["words"].ne("")]
    if own.empty:
        return NOTHING["none"].format(fewest=fewest)
    each = own[own["compared with"].eq(OTHERS)]
    opening = "" if articles["date"].notna().any() else UNDATED
    return first_that_fits(opening + words for words in _ways_to_tell(each, own.drop(each.index)))


def title_of_marks(findings: pd.DataFrame) -> str:
    """In how many articles the leading words are, as a figure's title."""
    periods = findings[findings["words"].ne("")].groupby("finding", sort=False)["period"]
    told = {finding: listed(own.drop_duplicates()) for finding, own in periods}
    if len(told) < 2:
        return "".join(f"All leading words: {finding}" for finding in told) or sentence(NO_WORD)
    return f"Leading words {'; '.join(f'{finding}: {own}' for finding, own in told.items())}"


def list_behind(marks: pd.DataFrame, words: pd.DataFrame, sentences: pd.DataFrame, periods: Groups) -> pd.DataFrame:
    """The sentences behind the leading words of each period.

    words    one row per word, from split_words
    returns  one row per sentence and leading word: word, label, sentence, text, spans (of the word)
    """
    lead = marks[marks["place"].eq(1) & marks["group"].isin(periods)]
    inside = pd.Series([periods[name][0] for name in lead["group"]], index=lead.index, dtype=object)
    lead = lead.assign(frame=lead["word"], article=inside)
    chosen = lead[["article", "word", "frame"]].explode("article").drop_duplicates()
    behind = list_sentences(find_words(words, chosen), sentences).rename(columns={"frame": "word"})
    return behind[["word", "label", "sentence", "text", "spans"]]


def list_names(counts: pd.DataFrame, names: pd.DataFrame, copies: pd.DataFrame, periods: Groups) -> pd.DataFrame:
    """The names that mark each period, the strongest first.

    returns  one row per period: period, names (the first eight)
    """
    marks = list_marks(counts, names, copies, periods, fewest=1, with_names=True)
    own = marks[marks["word"].isin(names.loc[names["name"], "word"])].groupby("group", sort=False)["word"].agg(listed)
    return own.rename_axis("period").rename("names").reset_index()


def list_other_words(
    marks: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame, keywords: pd.DataFrame, halved: Groups
) -> pd.DataFrame:
    """Other words for what the leading words of a half name: other forms of each word, and, where it is a key word, the
    other terms listed for it. A word may be missing from a half while its subject is there.

    keywords  one row per term: frame (the key word), term
    returns   one row per leading word and other word that the other half has: period, word, other word, times in
              the other half
    """
    rows = []
    for name, (_, there) in halved.items():
        lead = list(marks.loc[marks["group"].eq(name) & marks["place"].le(LEADING), "word"])
        own = counts[counts["article"].isin(there)].groupby("word")["count"].sum().rename("target").reset_index()
        forms = find_other_forms(pd.concat([own, pd.DataFrame({"word": lead})]).assign(reference=0), lead)
        rows += [(name, row.word, row.form, int(row.target)) for row in forms.dropna(subset="target").itertuples()]
        hits = find_hits(sentences[sentences["article"].isin(there)], keywords)
        hits = hits.assign(words=hits["words"].str.lower())
        terms = hits[hits["frame"].isin(lead)].groupby(["frame", "words"], observed=True).size()
        rows += [(name, word, term, times) for (word, term), times in terms.items() if word != term]
    return pd.DataFrame(rows, columns=["period", "word", "other word", "times in the other half"])


def _row(tie: pd.DataFrame, here: int, there: int) -> dict:
    """One row of find_marks: words that tie, in a period of so many texts, compared with so many."""
    first = tie.iloc[0]
    single = {first["articles_here"] == 1 and here > 1: ONE_HERE, first["articles"] == 1: ONE}
    return {
        "words": listed(tie["word"]),
        "finding": single.get(True, SEVERAL),
        "times here": part_of(first["target"], first["target"] + first["reference"]),
        "articles here": part_of(first["articles_here"], here),
        "articles elsewhere": part_of(first["articles_elsewhere"], there),
        "log-likelihood": round(first["g2_two_term"], 1),
        "z": round(first["z"], 1),
        "ids": " ".join(tie["ids"]),
    }


def _ways_to_tell(each: pd.DataFrame, halved: pd.DataFrame) -> Iterator[str]:
    """The leading words, from all of them to the strongest alone."""
    strongest = each.sort_values(["log-likelihood", "period"], ascending=[False, True])
    words = halved.groupby("period", sort=False)["words"].agg(", ".join)
    both = sentence("; ".join(f"{period}: {own}" for period, own in words.items()))
    both = f" {both}." if both else ""
    yield f"{_lead(each)}{both}"
    yield _lead(each)
    yield f"Strongest of all. {_lead(strongest.head(3))}{both}"
    for most in (4, 2, 1):
        yield f"Strongest of all. {_lead(strongest.head(most))}"


def _lead(own: pd.DataFrame) -> str:
    """The leading words by how many articles use them: "In one article only: move (2008). In several articles: …"."""
    told = []
    for finding, rows in own.groupby("finding", sort=False):
        words = rows.groupby("period", sort=False)["words"].agg(", ".join)
        told.append(f"{finding}: {', '.join(f'{said} ({period})' for period, said in words.items())}.")
    return " ".join(map(sentence, told))


def _span(articles: pd.DataFrame, half: list[str]) -> str:
    """A half by its first and last year, or by its labels where all dates lie within two years."""
    own = articles.set_index("article").loc[half]
    years = own["date"].dt.strftime("%Y") if articles["date"].dt.year.nunique() > 2 else own["label"]
    return "–".join(dict.fromkeys([years.iloc[0], years.iloc[-1]]))
