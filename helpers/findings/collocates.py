"""Notebook 04: what surrounds the key words."""

from collections.abc import Iterator

import pandas as pd

from helpers.findings.words import first_that_fits, listed, part_of, plain
from helpers.measures.contexts import collocates

FEW = 3  # articles that are named; more are counted
HOLDS, ONE = "in two or more articles", "in one article only"
VERDICTS = {
    "no key word": "Cannot be told: no key word occurs.",
    "none": "Nothing that could be counted: no word is near a key word {minimum} times or more.",
    "one article": "Cannot be told beyond one article, the only one with key words. {more}",
    "single": "Nothing in two or more articles: each collocate ({pairs}) is one article's own. {more}",
    "several": "Collocates in two or more articles ({held} of {pairs}){more}",
}


def find_collocates(found: pd.DataFrame, by_article: pd.DataFrame) -> pd.DataFrame:
    """The words that occur near each key word: first those that several articles have near, the widest first.

    found       one row per key word and collocate, from collocates
    by_article  the same by article, from collocates_by_article
    returns     one row per key word and collocate: key word, collocate, finding (a phrase), articles ("3 of 4": with it
                near, of those with the key word), where (the articles' labels, if they are few), times near ("5 of 6":
                near, of all its uses), expected (times near if all words were scattered at random), log-likelihood,
                logDice, ids (the sentence of each time)
    """
    keys = ["frame", "word"]
    with_key = by_article[by_article["hits"].gt(0)].groupby(keys)["article"].nunique()
    near = by_article[by_article["near"].gt(0)].groupby(keys)
    known = near.agg(where=("label", lambda own: listed(own) * (len(own) <= FEW)), ids=("ids", " ".join))
    table = found.merge(with_key.rename("of").reset_index(), on=keys).merge(known.reset_index(), on=keys)
    table = table.assign(order=pd.factorize(table["frame"])[0], single=table["articles"].eq(1))
    table = table.sort_values(["single", "order", "articles"], ascending=[True, True, False], kind="stable")
    parts = [("articles", "articles", "of"), ("times near", "near", "total")]
    told = {new: [part_of(*pair) for pair in zip(table[a], table[b], strict=True)] for new, a, b in parts}
    findings = table["single"].map({True: ONE, False: HOLDS})
    table = table.rename(columns={"frame": "key word", "word": "collocate"}).assign(finding=findings, **told)
    table = table.assign(**{"log-likelihood": table["log_likelihood"].round(1), "logDice": table["log_dice"].round(1)})
    columns = ["key word", "collocate", "finding", "articles", "where", "times near", "expected"]
    return table[[*columns, "log-likelihood", "logDice", "ids"]].round({"expected": 1}).reset_index(drop=True)


def judge_collocates(findings: pd.DataFrame, lines: pd.DataFrame, *, minimum: int) -> str:
    """Which collocates occur in two or more articles, and which are one article's.

    findings  from find_collocates
    lines     one row per hit of a key word, from concordance
    """
    held = findings[findings["finding"].eq(HOLDS)]
    case = "several" if len(held) else "one article" if lines["article"].nunique() == 1 else "single"
    case = case if len(findings) else "none" if len(lines) else "no key word"
    about = {"pairs": f"{len(findings):,}", "held": f"{len(held):,}", "minimum": minimum}
    ways = _ways_to_tell(held, findings.drop(held.index))
    return first_that_fits(VERDICTS[case].format(**about, more=more).strip() for more in ways)


def title_of_collocates(findings: pd.DataFrame) -> str:
    """How many collocates hold, as a figure's title."""
    held = part_of(int(findings["finding"].eq(HOLDS).sum()), len(findings))
    return f"Collocates in two or more articles: {held}"


def compare_windows(
    sentences: pd.DataFrame, codebook: pd.DataFrame, left_out: pd.Series, *, windows: tuple[int, ...], minimum: int
) -> pd.DataFrame:
    """Which collocates occur in two or more articles if a context is wider or narrower.

    left_out  words that are not counted as collocates
    returns   one row per window: window (words on each side), collocates, in two or more articles (how many), which
    """
    rows = []
    for window in windows:
        found = collocates(sentences, codebook, window=window, minimum=minimum)
        found = found[~found["word"].isin(left_out)]
        held = found[found["articles"].gt(1)].rename(columns={"frame": "key word", "word": "collocate"})
        which = _pairs(held.groupby("key word", sort=False).head(4))
        rows.append((window, len(found), len(held), which))
    return pd.DataFrame(rows, columns=["window", "collocates", "in two or more articles", "which (four each)"])


def _ways_to_tell(held: pd.DataFrame, own: pd.DataFrame) -> Iterator[str]:
    """The collocates that hold, and the strongest of one article only; from all to none."""
    strongest = own.sort_values("log-likelihood", ascending=False, kind="stable").head(2)
    single = listed(f"{plain(row['key word'])} with {row['collocate']}" for row in strongest.to_dict("records"))
    if held.empty:
        yield f"For example: {single}."
        return
    single = f"In one article only, for example: {single}." if single else ""
    for most in (8, 3, 2, 1):
        pairs = _pairs(held.groupby("key word", sort=False).head(most))
        fewer = "" if held.groupby("key word").size().max() <= most else ", the widest first"
        yield f"{fewer}: {pairs}. {single}"
        yield f"{fewer}: {pairs}."
    yield "."


def _pairs(held: pd.DataFrame) -> str:
    """Key words with their collocates: "drug with cartels and fight; arms with trafficking"."""
    words = held.groupby("key word", sort=False)["collocate"].agg(listed)
    return "; ".join(f"{plain(frame)} with {own}" for frame, own in words.items())
