"""Notebook 14: whether the articles are equally long."""

import pandas as pd

VERDICTS = {
    "one": "Cannot be told: there is a single article.",
    "equal": "Yes: each has {most:,} words.",
    "not": "No: from {least:,} words ({shortest}) to {most:,} ({longest}).",
}


def find_lengths(articles: pd.DataFrame, sentences: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """How long each article is, the longest first.

    articles  one row per article, from load_articles; sentences and words: from split_sentences and split_words
    returns   one row per article: article, label, sentences, words, times the shortest (its words, as a multiple of
              the shortest article's)
    """
    counts = {"sentences": sentences, "words": words}
    counts = {name: articles["article"].map(table["article"].value_counts()) for name, table in counts.items()}
    table = articles[["article", "label"]].assign(**counts)
    table["times the shortest"] = table["words"] / table["words"].min()
    return table.sort_values(["words", "article"], ascending=[False, True], ignore_index=True)


def judge_lengths(findings: pd.DataFrame) -> str:
    """Whether the articles are equally long.

    findings  one row per article, from find_lengths
    """
    longest, shortest = findings.iloc[0], findings.iloc[-1]
    case = "one" if len(findings) == 1 else "equal" if longest["words"] == shortest["words"] else "not"
    ends = {"longest": longest["label"], "most": longest["words"]}
    ends |= {"shortest": shortest["label"], "least": shortest["words"]}
    return VERDICTS[case].format(**ends)
