"""Who is held responsible: rules over terms, frames and sides sort sentences into categories; a reading checks them.

A rule takes a sentence when each of its needs is met there. " + " divides needs, " | " the ways to meet one. A way is a
term, which means what a term of the codebook means (helpers/codebook/terms.py); or `frame:arms_control`, a hit of that
frame; or `side:Mexico`, somebody of that side named. `unless` names categories, divided by spaces: a sentence that has
one of them is not taken. Their rules come first in the file.
"""

import re
from pathlib import Path

import pandas as pd

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import fault_of_term, tidy
from helpers.files.tables import SEEDS, beside, read_table, require
from helpers.readings.actors import SIDES

ARROWS = ("north", "south", "both", "none", "")
WHOSE = ("United States", "Mexico", "both", "")
CLASSED = ["article", "sentence", "category", "rule", "words", "negated", "text", "spans"]
CHECKED = ["article", "sentence", "category", "verdict", "rule", "words", "read", "text"]


def load_categories(path: Path | str | None = None) -> pd.DataFrame:
    """What a sentence can say of responsibility.

    returns  one row per category: category, group, says (it in a few words), side (the country whose duty, fault or
             merit it names: United States, Mexico, both, or ""), arrow (which way it goes between the two countries:
             north, south, both, none where something moves and no direction is given, "" for no arrow), definition,
             not_this
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("responsibility-categories.csv"))
    table = read_table(path, "category group says side arrow definition", optional="not_this")
    for row in table.itertuples():
        if not row.category or table["category"].eq(row.category).sum() > 1:
            raise ValueError(
                f"{path}, line {row.Index}: the category {row.category!r} is empty or there twice. Correct it."
            )
        if row.side not in WHOSE:
            raise ValueError(f"{path}, line {row.Index}: the side is {row.side!r}. It may be {', '.join(WHOSE[:-1])}.")
        if row.arrow not in ARROWS:
            raise ValueError(
                f"{path}, line {row.Index}: the arrow is {row.arrow!r}. It may be {', '.join(ARROWS[:-1])}."
            )
        if not (row.group and row.says and row.definition):
            raise ValueError(
                f"{path}, line {row.Index}: {row.category!r} lacks its group, says or definition. Write it."
            )
    return table


def load_rules(categories: pd.DataFrame, path: Path | str | None = None) -> pd.DataFrame:
    """Read and check a file of rules.

    categories  one row per category: category
    returns     one row per rule, in the order of the file: rule, category, needs (as written), unless (list of
                categories), reason, ways (for each need the list of ways to meet it)
    raises      FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("responsibility-rules.csv"))
    table = read_table(path, "rule category needs", optional="unless reason")
    table = table.reindex(columns="rule category needs unless reason".split(), fill_value="")
    ways = [[[tidy(way) for way in need.split("|")] for need in needs.split(" + ")] for needs in table["needs"]]
    table = table.assign(ways=ways, unless=table["unless"].str.split())
    for row in table.itertuples():
        if fault := _fault(row, table, list(categories["category"])):
            raise ValueError(f"{path}, line {row.Index}: {fault}")
    return table.assign(category=pd.Categorical(table["category"], categories=categories["category"]))


def load_reading(categories: pd.DataFrame, path: Path | str | None = None) -> pd.DataFrame:
    """What a reader found in the sentences; no row where there is no file.

    returns  one row per sentence and category: article, sentence, category, words (that carry it), note
    raises   ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("responsibility-reading.csv"))
    others = path.parent == SEEDS != beside("responsibility-categories.csv").parent  # categories that it did not know
    if others or not path.exists():
        table = pd.DataFrame(columns="article sentence category words note".split(), dtype=str)
    else:
        table = read_table(path, "article sentence category words", optional="note")
    known = ", ".join(categories["category"])
    for row in table.itertuples():
        if row.category not in set(categories["category"]):
            raise ValueError(f"{path}, line {row.Index}: no category {row.category!r}. There are: {known}.")
        if not re.fullmatch(r"\d+", row.sentence):
            raise ValueError(f"{path}, line {row.Index}: the sentence is {row.sentence!r}. Write its number.")
    table = table.astype({"sentence": int})
    return table.assign(category=pd.Categorical(table["category"], categories=categories["category"]))


def class_sentences(
    sentences: pd.DataFrame, hits: pd.DataFrame, mentions: pd.DataFrame, rules: pd.DataFrame
) -> pd.DataFrame:
    """The sentences that each rule takes.

    sentences  one row per sentence: article, sentence, start, text
    hits       one row per hit, from find_hits
    mentions   one row per place where somebody is named, from find_actors: article, sentence, side, name, start, end
    rules      one row per rule, from load_rules
    returns    one row per sentence and rule, by rule: article, sentence, category (categorical), rule, words (that met
               its needs), negated (whether a negation reaches one of them), text, spans (where they are in the text)
    raises     ValueError naming a rule whose frame is not among the hits' frames
    """
    require(hits, "article sentence frame start end", "class_sentences: hits, from find_hits")
    require(rules, "rule category ways unless", "class_sentences: rules, from load_rules")
    require(mentions, "article sentence side name start end", "class_sentences: mentions, from find_actors")
    needs = _list_ways(rules, list(hits["frame"].cat.categories))
    met = _meet(needs, sentences, hits, mentions)
    places = sentences[["article", "sentence", "start"]].assign(at=range(len(sentences)))
    met, texts = met.merge(places, on=["article", "sentence"]), sentences["text"].tolist()
    taken, have = [], dict.fromkeys(rules["category"].cat.categories, frozenset())
    for rule in rules.itertuples():
        own = met[met["rule"].eq(rule.rule)]
        full = own.groupby("at")["need"].nunique().eq(len(rule.ways))
        full = set(full[full].index).difference(*(have[category] for category in rule.unless))
        have[rule.category] |= full
        places = own[own["at"].isin(full)].groupby("at")
        taken += [(rule.category, rule.rule, *_gather(own_places, texts[at])) for at, own_places in places]
    classed = pd.DataFrame(taken, columns=["category", "rule", *[c for c in CLASSED if c not in ("category", "rule")]])
    return classed.astype({"category": rules["category"].dtype})[CLASSED]


def count_by_article(found: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How many of each article's sentences have each category.

    found    one row per sentence and category (and rule): article, sentence, category (categorical), negated (none is,
             where the column is missing)
    returns  one row per article and category, zeros included: article, label, date, category, carrying, sentences,
             share, ids, negated (of those carrying it, how many have it only by words that a negation reaches)
    """
    require(found, "article sentence category", "count_by_article: sentences classed or read")
    by_name = found.rename(columns={"category": "frame"}).assign(negated=found.get("negated", False))
    each = by_name.groupby(["article", "sentence", "frame"], observed=True)["negated"].all()
    negated = each.groupby(["article", "frame"], observed=True).sum()
    table = share_of_sentences(by_name, sentences).join(negated, on=["article", "frame"]).fillna({"negated": 0})
    return table.astype({"negated": int}).rename(columns={"frame": "category"})


def check_rules(classed: pd.DataFrame, reading: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The rules beside the reading, in the articles that were read.

    returns  one row per sentence and category that either has, in the order of the sentences: article, sentence,
             category, verdict (right: both have it; wrong: the rules alone; missed: the reading alone), rule (those
             that took it), words (the rules'), read (the reader's), text
    """
    read = reading.groupby(["article", "sentence", "category"], observed=True)["words"].agg("; ".join)
    by_rule = classed.groupby(["article", "sentence", "category"], observed=True)
    ruled = by_rule.agg(rule=("rule", ", ".join), words=("words", ", ".join))
    both = ruled.join(read.rename("read"), how="outer").reset_index()
    both = both[both["article"].isin(reading["article"])]
    by_rules, by_reader = both["rule"].notna(), both["read"].notna()
    verdicts = by_rules.map({True: "wrong", False: "missed"}).mask(by_rules & by_reader, "right")
    both = both.assign(verdict=verdicts).fillna({"rule": "", "words": "", "read": ""})
    ordered = both.astype({"category": classed["category"].dtype}).sort_values("category", kind="stable")
    return sentences[["article", "sentence", "text"]].merge(ordered, on=["article", "sentence"])[CHECKED]


def _fault(row, rules: pd.DataFrame, categories: list[str]) -> str:
    """What is wrong with one rule and what to do about it; "" if nothing is."""
    if not row.rule or rules["rule"].eq(row.rule).sum() > 1:
        return f"the rule's name {row.rule!r} is empty or there twice. Give each rule a name of its own."
    if row.category not in categories:
        return f"no category {row.category!r}. There are: {', '.join(categories)}."
    stands_above = rules.index < row.Index
    above = set(rules["category"][stands_above]) - set(rules["category"][~stands_above])
    for name in row.unless:
        if name not in above:
            return f"unless: not all rules of {name!r} come before this one. Move or correct it."
    for way in (way for need in row.ways for way in need):
        if fault := _fault_of_way(way):
            return fault
    return ""


def _fault_of_way(way: str) -> str:
    kind, colon, name = way.partition(":")
    if not way:
        return "a need has nothing between two dividers. Write needs as: arms | weapons + side:Mexico"
    if not colon:
        return fault_of_term(way).replace("Delete the row.", "Correct it.")
    if kind not in ("frame", "side"):
        return f"{way!r} begins with {kind!r}. Before a colon write frame or side."
    if kind == "side" and name not in SIDES:
        return f"no side {name!r}. There are: {', '.join(SIDES)}."
    return ""


def _list_ways(rules: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """One row per way to meet a need: rule, need (its number), kind (term, frame, side), way (without its kind)."""
    rows = []
    for rule in rules.itertuples():
        for need, ways in enumerate(rule.ways):
            for way in ways:
                kind, colon, name = way.partition(":")
                if kind == "frame" and colon and name not in frames:
                    raise ValueError(
                        f"the rule {rule.rule!r} needs the frame {name!r}. There are: {', '.join(frames)}."
                    )
                rows.append((rule.rule, need, kind if colon else "term", name if colon else way))
    return pd.DataFrame(rows, columns=["rule", "need", "kind", "way"])


def _meet(needs: pd.DataFrame, sentences: pd.DataFrame, hits: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every place that meets a need: rule, need, article, sentence, begin, end (offsets into the article), negated."""
    terms = needs.loc[needs["kind"].eq("term"), "way"].drop_duplicates()
    found = find_hits(sentences, pd.DataFrame({"frame": terms, "term": terms}))  # each term for itself
    places = [
        found.assign(kind="term", way=found["frame"].astype(str)),
        hits.assign(kind="frame", way=hits["frame"].astype(str)),
        mentions.assign(kind="side", way=mentions["side"].astype(str), negated=False),
    ]
    columns = ["article", "sentence", "kind", "way", "start", "end", "negated"]
    places = pd.concat([table[columns] for table in places if len(table)] or [found.assign(kind="", way="")[columns]])
    return needs.merge(places.rename(columns={"start": "begin"}), on=["kind", "way"])


def _gather(met: pd.DataFrame, text: str) -> tuple:
    """What met a rule's needs in one sentence: article, sentence, words, negated, text, spans; places that touch or
    overlap are one."""
    row, spans = met.iloc[0], []
    for start, end in sorted(zip(met["begin"] - row["start"], met["end"] - row["start"], strict=True)):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    words = ", ".join(text[start:end] for start, end in spans)
    return row["article"], row["sentence"], words, bool(met["negated"].any()), text, spans
