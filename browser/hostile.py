"""A reader's articles, codebook and lists in which every field holds what could run, load, break a page or compute."""

import csv
import json
from pathlib import Path

FRAMES = {  # each at most 80 letters, so that a page shows it whole
    "soldiers": "<img src='{canary}/frame' onerror='window.harmed=1'>",
    "court*": "$x^2$ \\(y\\) $$z$$ \\href{{javascript:window.harmed=2}}{{w}}",
    "hospital*": "[v](javascript:window.harmed=3) ![u]({canary}/frame)",
    "trade*": "=1+1 | `t` *s* ~~r~~ # {{{{7*7}}}} a@b.example",
    "$1.4 billion": "<script>window.harmed=4</script></details> www.b.example",
    "border": "\u202etxet \u05e9\u05dc\u05d5\u05dd " + "x" * 300,
}
SIGNS = "\u202e\u200b\x1b[31m\x07 \U0001f600 Z" + "\u0351\u0348\u036f" * 20


def make_hostile(folder: Path, canary: str) -> tuple[Path, Path, list[str]]:
    """Write articles and a codebook with lists beside it: the paths of both, and texts that pages show as they stand.

    canary  an address of this machine that nothing may ask for
    """
    frames = {term: frame.format(canary=canary) for term, frame in FRAMES.items()}
    source, book = folder / "news $x$ <b> `c`", folder / "book [a](b) $x$.csv"
    inner = source / "<img src=x onerror=window.harmed=5>"
    inner.mkdir(parents=True)
    with (inner / "a $x$ *b*.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article(number, canary)) + "\n" for number in range(12))
    for name in ("$x$ `y` [v](javascript:window.harmed=8) <i>", "line\nbreak | \x1b[31m", "z" * 200):
        (source / f"{name}.json").write_text("{", "utf-8")
    write(source / "=named *x*.csv", [bad("column", canary), "title"], [["a", "b"], ["c", "d"]])
    about = [bad(name, canary) for name in ("source", "place", "note")]
    write(
        book, ["frame", "term", "source", "word_from", "note"], [[name, term, *about] for term, name in frames.items()]
    )
    rows = [
        f"| {name.replace('|', chr(92) + '|')} | {bad('when', canary)} | words | never |" for name in frames.values()
    ]
    head = ["# Codebook", "", "| frame | code 1 | typical | not this |", "|---|---|---|---|"]
    book.with_suffix(".md").write_text("\n".join([*head, *rows, ""]), "utf-8")
    tested = [frames["soldiers"], frames["court*"], frames["$1.4 billion"]]
    write(folder / "expected.csv", ["frame", "course", "why"], [[name, "falls", bad("why", canary)] for name in tested])
    people = [("Kelly", "United States", bad("actor", canary).replace("|", "/"))]
    people += [("Ruiz", "Mexico", "=cmd /C calc!A0"), ("Luna", "Mexico", SIGNS)]
    told = [about[0], "", "", *about[1:], ""]
    actors = [[name, "person", f"John {short}", short, side, *told] for short, side, name in people]
    columns = "actor kind names short side office from to evidence dates_source pages".split()
    write(folder / "actors.csv", columns, actors)
    verbs = [["said", "clause", about[0]], ["warned", "clause", ""]]
    write(folder / "speech-verbs.csv", ["verb", "takes", "note"], verbs)
    keys = [["security", "security", ""], [frames["soldiers"], "soldiers", about[0]], [frames["court*"], "court*", ""]]
    write(folder / "keywords.csv", ["frame", "term", "note"], keys)
    return source, book, [*list(frames.values())[:5], "$5 million, then $6 million"]


def bad(field: str, canary: str) -> str:
    """What a field holds: all that could act, and where it came from, should it act."""
    told = " ".join(frame.format(canary=canary) for frame in list(FRAMES.values())[:5])
    return f"{field} {told.replace('/frame', f'/{field}')}"


def article(number: int, canary: str) -> dict:
    """A row of a table of articles. No two texts are copies of each other."""
    own = " ".join(f"{word}{number}" for word in "alfa bravo coca delta echo foxtrot golf hotel india juliet".split())
    words = [*["soldiers"] * (number % 5), *["court"] * ((11 - number) % 4), "hospital", "trade", "border"]
    cost = f"cost $1.4 billion, or $5 million, then $6 million, {bad('text', canary)}"
    text = [f"The {own} {word} case {place} of {number} {cost}." for place, word in enumerate(words)]
    text += [
        f"“The {words[0]} stay {bad('quote', canary)},” John Kelly said. John Ruiz said the {words[-1]} trade goes on.",
        f'=HYPERLINK("{canary}/cell") {words[0]} {own[::-1]} | a `b` {SIGNS} drugs. John Luna stays in {own}.',
        f"Mexico blames {bad('blame', canary)} guns from the United States for {own}. Pedro `Paz` warned of soldiers.",
        f"Carlos Diaz said the {words[-1]} {own[:20]} is safe. Carlos Diaz said no. {'y' * 1500 * (number == 3)}",
    ]
    addresses = ["javascript:window.harmed=6", f"{canary}/url", f"http://a@b.example/'\"><img src={canary}/url>"]
    return {
        "id": f"=id{number}" if number % 2 else f"{number} {bad('id', canary)}"[:300],
        "title": f"=title {number} {SIGNS}" if number % 2 else f"{number} {bad('title', canary)}",
        "date": f"{2010 + number // 2}-0{1 + number % 9}-11",
        "outlet": f"=outlet {'o' * 300}" if number % 2 else bad("outlet", canary),
        "byline": bad("byline", canary),
        "section": "@section" if number % 4 < 2 else bad("section", canary),
        "category": "-category" if number % 2 else bad("category", canary),
        "url": addresses[number % 3],
        "text": " ".join(text),
    }


def write(file: Path, head: list[str], rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])
