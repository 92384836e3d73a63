"""Who is named, and where: persons, bodies and countries of a list."""

import re
from bisect import bisect, bisect_left
from operator import itemgetter
from pathlib import Path

import pandas as pd

from helpers.files.tables import beside, read_table, require
from helpers.text.characters import straighten, without_accents

KINDS = ("person", "body", "country", "mask")  # a mask is not an actor: it keeps names inside it from counting
SIDES = ("United States", "Mexico", "both", "other", "unknown")
MENTIONS = ["article", "sentence", "actor", "side", "name", "start", "end", "kind"]


def load_actors(path: Path | str | None = None) -> pd.DataFrame:
    """Read and check the persons and bodies that articles name.

    path     a CSV file, whose names and short forms are divided by "|"; None: the actors.csv that `beside` finds
    returns  one row per actor: actor, kind (person, body, country, mask), names (list: forms that count wherever they
             occur), short (list: surname, office and the like, which count only in an article where one of the names
             occurs), side (United States, Mexico, both, other, unknown), office, from, to, evidence, dates_source,
             pages (list: outlets, and ends of addresses, whose pages are its own words)
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("actors.csv"))
    table = read_table(path, "actor kind names side", optional="short office from to evidence dates_source pages")
    columns = "actor kind names short side office from to evidence dates_source pages".split()
    table = table.reindex(columns=columns, fill_value="")
    for column in ("names", "short", "pages"):
        table[column] = [[form.strip() for form in forms.split("|") if form.strip()] for forms in table[column]]
    owners = table.explode("names").dropna(subset="names").drop_duplicates(["actor", "names"])
    owners = owners.groupby(owners["names"].map(_bare))["actor"].nunique()
    for row in table.itertuples():
        if fault := _fault(row, table["actor"], owners):
            raise ValueError(f"{path}, line {row.Index}: {fault}")
    return table


def find_actors(sentences: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Every place where a listed actor is named.

    sentences  one row per sentence: article, sentence, start, text
    actors     one row per actor, from load_actors
    returns    one row per mention, by place: article, sentence, actor, side, name (as printed), start, end (offsets
               into the article's text), kind

    Case counts, except that a form may begin a sentence with a capital; accents do not (Poire is Poiré). Of two forms
    that overlap, the longer counts. Forms of one actor side by side ("President Felipe Calderón", "Roberto Velasco,
    Director for North America") are one mention. A form that several actors of the article share goes to the one whose
    form is next to it, else to the one named last before it, else to the one named first after it.
    """
    require(sentences, "article sentence start text", "find_actors: sentences, from split_sentences")
    require(actors, "actor kind names short side", "find_actors: actors, from load_actors")
    rows, named, every = [], _owners(actors, "names"), _owners(actors, "names", "short")
    for article, spots in _spots(sentences, every).items():
        present = {actor for *_, owners in _places(spots, named) for actor in owners}
        known = {form: [actor for actor in owners if actor in present] for form, owners in every.items()}
        rows += [(article, *row) for row in _join(_settle(_places(spots, known)))]
    found = pd.DataFrame(rows, columns=["article", "sentence", "actor", "start", "end"])
    found = found.merge(actors[["actor", "side", "kind"]], on="actor").query("kind != 'mask'")
    rows = sentences[["article", "sentence", "start"]].assign(row=range(len(sentences)))
    found = found.merge(rows, on=["article", "sentence"], suffixes=("", "_of"))
    place = zip(found["row"], found["start"] - found["start_of"], found["end"] - found["start_of"], strict=True)
    texts = sentences["text"].tolist()  # not merged: a sentence with many names would be there as often
    found = found.assign(name=pd.Series([texts[row][start:end] for row, start, end in place], dtype=str))
    order = pd.Categorical(found["article"], categories=sentences["article"].unique())
    return found.assign(order=order).sort_values(["order", "start"], ignore_index=True)[MENTIONS]


def _fault(row, actors: pd.Series, owners: pd.Series) -> str:
    """What is wrong with one row of an actors file, and what to do about it; "" if nothing is."""
    if not row.actor:
        return "the column actor is empty. Write a name there."
    if actors.eq(row.actor).sum() > 1:
        return f"the actor {row.actor!r} has two rows. Make them one."
    if row.kind not in KINDS:
        return f"the kind of {row.actor!r} is {row.kind!r}; it may be {', '.join(KINDS)}."
    if row.side not in SIDES:
        return f"the side of {row.actor!r} is {row.side!r}; it may be {', '.join(SIDES)}."
    if not row.names:
        return f"{row.actor!r} has no names. Write at least one; put '|' between several."
    for name in row.names:
        if owners[_bare(name)] > 1:
            return f"the name {name!r} is there more than once. Keep one, or make it a short form of each actor."
    return ""


def _bare(name: str) -> str:
    """A name as it is compared: straight apostrophes and hyphens, no accents; offsets stay the same."""
    return without_accents(straighten(name))


def _owners(actors: pd.DataFrame, *columns: str) -> dict[str, list[str]]:
    """Which actors go by each form."""
    owners = {}
    for row in actors.to_dict("records"):
        for form in dict.fromkeys(_bare(form) for column in columns for form in row[column]):
            owners.setdefault(form, []).append(row["actor"])
    return owners


def _spots(sentences: pd.DataFrame, owners: dict[str, list[str]]) -> dict[str, list[tuple]]:
    """Where forms occur in each article: for each sentence its number and, by place, the start and the forms that
    begin there, the longest first."""
    if not owners:
        return {}
    forms, spelled, spots = sorted(owners, key=lambda form: (-len(form), form)), {}, {}
    for form in forms:
        for first in form[0] + form[0].upper():
            spelled.setdefault(first + form[1:], []).append(form)
    firsts = re.escape("".join(sorted({form[0] for form in spelled})))
    pattern = re.compile(rf"(?<!\w)(?=[{firsts}])(?=({'|'.join(map(re.escape, spelled))})(?!\w))")
    within = {}  # of each spelling found, the forms that it begins with
    for article, number, start, text in sentences[["article", "sentence", "start", "text"]].itertuples(index=False):
        found = [(start + place.start(), place[1]) for place in pattern.finditer(_bare(text))]
        for _, words in found:
            if words not in within:
                ends = [end for end in range(len(words), 0, -1) if not re.match(r"\w", words[end:])]
                within[words] = [form for end in ends for form in dict.fromkeys(spelled.get(words[:end], []))]
        if found:
            spots.setdefault(article, []).append((number, [(place, within[words]) for place, words in found]))
    return spots


def _places(spots: list[tuple], owners: dict[str, list[str]]) -> list[tuple[int, int, int, list[str]]]:
    """Where somebody's forms occur, the longest of those that overlap: sentence, start, end, whose it may be; by
    place."""
    places = []
    for number, found in spots:
        firsts = ((start, next((form for form in forms if owners.get(form)), "")) for start, forms in found)
        spans = [(start, start + len(form), form) for start, form in firsts if form]
        places += [(number, start, end, owners[form]) for start, end, form in _longest(spans)]
    return places


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of spans that overlap, the longest (of equals, the first); by place."""
    kept = []  # in order, so that only its neighbours can overlap a span
    for span in sorted(found, key=lambda span: (span[0] - span[1], span)):
        at = bisect(kept, span)
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, span)
    return kept


def _settle(places: list) -> list[tuple[int, str, int, int]]:
    """Each place with the one actor it names: sentence, actor, start, end."""
    sure = {}  # where each actor is named by a form of its own, in order
    for place in places:
        if len(place[3]) == 1:
            sure.setdefault(place[3][0], []).append(place)
    return [
        (sentence, owners[0] if len(owners) == 1 else _nearest(start, end, owners, sure), start, end)
        for sentence, start, end, owners in places
    ]


def _nearest(start: int, end: int, owners: list[str], sure: dict[str, list[tuple]]) -> str:
    """Of several actors the one whose own form is nearest to a place: only the last before it or the first after it."""
    near = []
    for actor in owners:
        own = sure.get(actor, [])
        at = bisect_left(own, end, key=itemgetter(1))
        near += [(_distance(place, start, end), actor) for place in own[max(at - 1, 0) : at + 1]]
    return min(near)[1]


def _distance(place: tuple, start: int, end: int) -> tuple[bool, int]:
    """How far away another place is: one that comes before, or next to this one, is nearer than any that comes after;
    then the number of characters between."""
    after = place[1] - end
    return (after > 2, abs(after)) if after >= 0 else (False, 3 + start - place[2] if place[1] < start else 0)


def _join(places: list) -> list[tuple[int, str, int, int]]:
    """Places of one actor with nothing but a space or a comma between them, as one: sentence, actor, start, end."""
    joined = []
    for sentence, actor, start, end in places:
        if joined and joined[-1][:2] == (sentence, actor) and start - joined[-1][3] <= 2:
            joined[-1] = (sentence, actor, joined[-1][2], end)
        else:
            joined.append((sentence, actor, start, end))
    return joined
