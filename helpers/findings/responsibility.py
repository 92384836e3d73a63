"""Notebook 07: who is held responsible."""

from collections.abc import Iterator

import pandas as pd

from helpers.findings.words import first_that_fits, listed, sentence

NAMES = {"both": "both countries together", "United States": "the US", "Mexico": "Mexico", "": "culprit not named"}
ACT, BLAME = "who is to act", "who is blamed"
DIRECTIONS = {"north": "to the US", "south": "to Mexico", "both": "both ways", "none": "not given", "": ""}
VERDICTS = {
    "nothing": "Cannot be told: in {of:,} sentences the rules find nobody who is to act.",
    "alone": "To act, by our rules: only {first} ({count:,} of {of:,} sentences).",
    "tie": "To act, by our rules: nobody stands out ({all}, of {of:,} sentences).",
    "one": "To act, by our rules: {first} ({count:,} of {of:,} sentences), then {others}.",
}
UNREAD = "Nobody has read these articles for responsibility: how often the rules err here is not known."


def find_responsibility(counts: pd.DataFrame, by_reader: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    """Who is to act, who is blamed or credited, and what is said to move which way.

    counts      one row per article and category by the rules, from count_by_article
    by_reader   the same by a reader, of the articles that were read
    categories  one row per category, from load_categories
    returns     one row per country in the groups whose categories name one, and one per category in the others, the
                most frequent of each group first: question (the group), about, finding (a phrase), count (sentences;
                one that has two categories of a country counts once), of, count by a reader (where all articles were
                read), only under a negation (of the count; categories added up), direction (of what moves), in detail
                (the count of each category), ids
    """
    read = set(by_reader["article"]) >= set(counts["article"])
    rows = []
    for group in dict.fromkeys([ACT, BLAME, *categories["group"]]):
        own = categories[categories["group"].eq(group)]
        named = own["side"].ne("").any()
        keys = own["side"].map(NAMES) if named else own["says"]
        found = [_count(counts, by_reader, own[keys.eq(key)]) | {"about": key} for key in keys.unique()]
        most = [row["count"] for row in found]
        for row in sorted(found, key=lambda row: -row["count"]):
            unnamed = {"in detail": ""} if not named else {"direction": ""}
            rows.append(row | unnamed | {"question": group, "finding": _rank(row["count"], most)})
    table = pd.DataFrame(rows).assign(of=counts.drop_duplicates("article")["sentences"].sum())
    columns = ["question", "about", "finding", "count", "of", *["count by a reader"] * read, "only under a negation"]
    return table[[*columns, "direction", "in detail", "ids"]]


def judge_responsibility(findings: pd.DataFrame) -> str:
    """Who is to act most often, who is blamed, and what is said to go which way.

    findings  one row per claim, from find_responsibility
    """
    return first_that_fits(_ways_to_tell(findings))


def title_of_responsibility(findings: pd.DataFrame) -> str:
    """Who is to act most often, as a figure's title."""
    return _tell_act(findings).removesuffix(".").split(", then")[0]


def title_of_flows(findings: pd.DataFrame) -> str:
    """What is said to move which way, as a figure's title."""
    return _tell_flows(findings).removesuffix(".")


def beside_reader(counts: pd.DataFrame, by_reader: pd.DataFrame) -> pd.DataFrame:
    """The rules' counts with a reader's beside them.

    counts, by_reader  one row per column and category, from by_column: article, category, carrying, ...
    returns            counts and by_reader (sentences; NaN where nobody has read)
    """
    theirs = by_reader[["article", "category", "carrying"]].rename(columns={"carrying": "by_reader"})
    return counts.merge(theirs, on=["article", "category"], how="left")


def score_rules(checked: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    """How the rules do beside a reader: one row for all categories, then one for each in which they err: category,
    found by both, by the rules only, by the reader only (sentences).

    checked     one row per sentence and category that either has, from check_rules
    categories  one row per category: category, says
    """
    names = {"right": "found by both", "wrong": "by the rules only", "missed": "by the reader only"}
    table = pd.crosstab(checked["category"].astype(str), checked["verdict"]).reindex(columns=list(names), fill_value=0)
    erring = table[table[["wrong", "missed"]].any(axis="columns")]
    erring = erring.rename(categories.set_index("category")["says"]).rename_axis("category").reset_index()
    whole = pd.DataFrame([table.sum()]).assign(category="all categories")
    return pd.concat([whole, erring], ignore_index=True)[["category", *names]].rename(columns=names)


def _count(counts: pd.DataFrame, by_reader: pd.DataFrame, categories: pd.DataFrame) -> dict:
    """Count and ids of the sentences that have any of some categories: those of one country, or one alone."""
    own, read = (table[table["category"].isin(categories["category"])] for table in (counts, by_reader))
    ids, theirs = (list(dict.fromkeys(" ".join(table["ids"]).split())) for table in (own, read))
    each = own.astype({"category": str}).groupby("category")["carrying"].sum()
    row = {"count": len(ids), "ids": " ".join(ids), "count by a reader": len(theirs)}
    row["only under a negation"] = own["negated"].sum()
    row["direction"] = DIRECTIONS[categories["arrow"].iloc[0]]
    row["in detail"] = ", ".join(f"{of.says} ({each.get(of.category, 0):,})" for of in categories.itertuples())
    return row


def _rank(count: int, counts: list[int]) -> str:
    if not count:
        return "in no sentence"
    if count < max(counts):
        return "less often"
    return "most often" if counts.count(count) == 1 else "tied for most"


def _ways_to_tell(findings: pd.DataFrame) -> Iterator[str]:
    """The verdict from all there is to say to the least."""
    act, flows = _tell_act(findings), _tell_flows(findings)
    blamed = findings[findings["question"].eq(BLAME)]
    blame = f"Blamed for a failure: {listed(_counted(row) for row in blamed.to_dict('records'))}."
    blame = blame if blamed["count"].any() else "No failure is blamed on anybody."
    yield f"{act} {blame} {flows}"
    yield f"{act} {blame}"
    yield act


def _tell_act(findings: pd.DataFrame) -> str:
    rows = findings[findings["question"].eq(ACT)]
    found = rows[rows["count"].gt(0)].to_dict("records")
    if not found:
        return VERDICTS["nothing"].format(of=rows["of"].max())
    first, shown = found[0], [_counted(row) for row in found]
    case = "alone" if len(found) == 1 else "one" if first["finding"] == "most often" else "tie"
    return VERDICTS[case].format(**first, first=first["about"], others=listed(shown[1:]), all=listed(shown))


def _tell_flows(findings: pd.DataFrame) -> str:
    """What is said to move from one country to the other, the most frequent first."""
    rows = findings[findings["direction"].isin([DIRECTIONS["north"], DIRECTIONS["south"]])]
    if not rows["count"].any():
        return "Nothing is said to go from one country to the other."
    going = sentence(", ".join(_counted(row) for row in rows.to_dict("records")))
    rest = findings.loc[findings["direction"].eq(DIRECTIONS["none"]), "count"].sum()
    return f"{going}; no direction given: {rest:,}."


def _counted(row: dict) -> str:
    return f"{row['about']} ({row['count']:,})" if row["count"] else f"{row['about']} (none)"
