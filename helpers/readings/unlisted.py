"""Who stands beside a verb of saying and is not on the list of actors: rows to be pasted into actors.csv."""

import re
from bisect import bisect_left
from collections import Counter

import pandas as pd

from helpers.files.tables import beside, read_table, require
from helpers.text.characters import straighten

WORD = r"(?:(?:[A-Z]\.){1,4}|[A-ZÀ-ÖØ-Þ][\w'-]*+)"
SMALL = r"(?: (?:of the|of|for|de la|de los|de|del|y|van|von|bin|al)(?= [A-ZÀ-ÖØ-Þ]))?"  # inside a name
RUN = rf"{WORD}(?:{SMALL} {WORD}){{0,7}}"
ASIDE = r"(?:, [^,.;:\"]{1,80},)?(?: \w+ly| also| later| then| has| had)?"  # between a name and its verb
BODY = r" (?:of|for) "  # in a body's name, and in no person's
FEWEST = 2  # times that somebody stands beside a verb before a row is proposed
COMMON = 0.01  # of its capitals: a word so often in small letters is no name
PROPOSED = "actor kind names short side evidence".split()


def find_unlisted(sentences: pd.DataFrame, mentions: pd.DataFrame, verbs: pd.DataFrame) -> pd.DataFrame:
    """Names that stand before or after a verb of saying and belong to nobody on the list.

    sentences  one row per sentence: article, sentence, start, text
    mentions   one row per place where a listed actor is named, from find_actors
    verbs      one row per verb of saying, from load_verbs; those that are nouns as often (takes: quote) are left out
    returns    one row per place: article, sentence, name (words with a capital: "Homeland Security Secretary Mayorkas")
    """
    require(sentences, "article sentence start text", "find_unlisted: sentences, from split_sentences")
    said = "|".join(map(re.escape, verbs.loc[verbs["takes"].ne("quote"), "verb"])) or "(?!)"
    pattern = re.compile(
        rf"(?<![\w'-])(?P<before>{RUN}){ASIDE} (?:{said})(?![\w-])"
        rf"|[,\"] (?:{said}) (?:the )?(?P<after>{RUN})|\b[Aa]ccording to (?:the )?(?P<source>{RUN})"
    )
    listed, rows = {}, []
    for article, start, end in zip(mentions["article"], mentions["start"], mentions["end"], strict=True):
        listed.setdefault(article, []).append((start, end))
    for article, number, start, text in sentences[["article", "sentence", "start", "text"]].itertuples(index=False):
        for found in pattern.finditer(straighten(text)):
            begin, end = (start + place for place in found.span(found.lastgroup))
            own = listed.get(article, [])  # in order and apart, so that only the last before the end can overlap
            at = bisect_left(own, (end,))
            if not at or own[at - 1][1] <= begin:
                rows.append((article, number, found[found.lastgroup]))
    return pd.DataFrame(rows, columns=["article", "sentence", "name"])


def propose_actors(unlisted: pd.DataFrame, sentences: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Rows for actors.csv from names beside verbs of saying. The kind is a guess, and the side is left to the reader.

    A word of grammar, or one that the articles have in small letters too, is no name. So titles before a name are cut
    ("Secretary Mayorkas" is Mayorkas), and "I" or "Vice President" are left out. A name that ends in such a word ("Port
    Authority"), holds "of" or "for", is all capitals or always a single word is taken for a body.

    unlisted   one row per place, from find_unlisted
    sentences  one row per sentence: text
    actors     one row per actor, from load_actors: no form of theirs is proposed again
    returns    one row per person or body that speaks FEWEST times, the busiest first: actor, kind, names, short, side
               ("unknown"), evidence (how often, and as what)
    """
    text = straighten(" ".join(sentences["text"]))
    common, forms = _common_words(text), {*actors["names"].explode(), *actors["short"].explode()}
    table = pd.DataFrame({"printed": unlisted["name"].str.removeprefix("The ")}, dtype=str)
    table["name"] = table["printed"].map({name: _without_titles(name, common) for name in set(table["printed"])})
    names = {name for name in set(table["name"]) - forms if _is_name(name, common, text)}
    table = table[table["name"].isin(names)]
    last, body = table["name"].str.split().str[-1], table["name"].str.contains(BODY)
    body |= last.isin(common) | last.str.isupper()
    groups = table.groupby(table["name"].where(body, last))
    rows = [_propose(own, body[own.index].all()) for _, own in groups if len(own) >= FEWEST]
    return pd.DataFrame(sorted(rows, key=lambda row: (-row["times"], row["actor"])), columns=PROPOSED)


def _common_words(text: str) -> set[str]:
    """The words with a capital that a text has in small letters too, addresses left aside; and words of grammar."""
    grammar = read_table(beside("function_words.csv"), "word kind")["word"].str.capitalize()
    words = Counter(re.findall(r"(?<![\w/.@-])[^\W\d_]+(?![\w/@-])", text))
    return {*grammar, *(word for word in words if word.istitle() and words[word.lower()] >= COMMON * words[word])}


def _without_titles(name: str, common: set[str]) -> str:
    """A name from the first word after the last that is no name; whole, where it ends in one or would begin small."""
    words = [word for word in name.split() if len(word) > 1]
    cut = max((place for place, word in enumerate(words) if word.split("'")[0] in common), default=-1) + 1
    return " ".join(words[cut:] if words[cut:] and words[cut][0].isupper() else words)


def _is_name(name: str, common: set[str], text: str) -> bool:
    """Whether words with a capital are a name: a single one not common, several not in small letters elsewhere."""
    if " " in name:
        return text.count(name.lower()) < COMMON * text.count(name)
    return len(name.split("'")[0]) > 1 and name.split("'")[0] not in common


def _propose(own: pd.DataFrame, body: bool) -> dict:
    """The row of one person or body.

    own  one row per place: printed, name (without titles)
    """
    full = own.loc[own["name"].str.contains(" "), "name"]
    name = (full if len(full) else own["name"]).mode()[0]
    person = not body and own["printed"].str.contains(" ").any()
    last = name.split()[-1]
    row = {"actor": name, "kind": "person" if person else "body", "names": name, "side": "unknown", "times": len(own)}
    evidence = f"beside a verb of saying: {len(own)}; {own['printed'].mode()[0]}"
    return row | {"short": last if person and name != last else "", "evidence": evidence}
