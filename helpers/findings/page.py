"""What a page shows: the answer, tables, sentences, concordance lines."""

import pandas as pd
from IPython.display import Markdown

from helpers.articles.load import is_seeds
from helpers.files.outputs import write_numbers
from helpers.findings.words import escaped, p_value, plain

HIDDEN = ["ids", "article", "movement"]  # columns of the .csv that a page leaves out
MOST_ROWS = 12  # that a page shows of a table; the .csv has all


def answer(verdict: str, findings: pd.DataFrame, name: str) -> Markdown:
    """The answer of a notebook: its verdict, and the findings as a small table below.

    verdict   one or two sentences, from judge_…
    findings  one row per claim, from find_…; the column ids stays in the file
    name      "03-findings": the findings are written as figures/03-findings.csv
    """
    write_numbers(findings, name)
    return Markdown(f"**Answer.** {verdict}\n\n{as_table(findings, name)}")


def as_table(table: pd.DataFrame, name: str = "") -> str:
    """A table in Markdown: without ids and empty columns, names in plain words, the first rows of many. A column that
    ends in _at says where its neighbour is: first and first_at are shown as "4 of 13 (2008)".

    name  where all rows are, "03-findings" for figures/03-findings.csv; "" if nowhere
    """
    shown = table.drop(columns=HIDDEN, errors="ignore").head(MOST_ROWS)
    shown = shown.loc[:, shown.notna().any() & shown.astype(str).ne("").any()]
    if shown.empty:
        return "None."
    p_values = [column for column in shown if column == "p" or column.startswith("smallest p")]
    shown = shown.assign(**{column: shown[column].map(p_value, na_action="ignore") for column in p_values})
    cells = _named(shown.astype(object).where(shown.notna(), "")).map(_cell)
    for place in [column for column in cells if column.endswith("_at")]:
        cells[place.removesuffix("_at")] += cells.pop(place).map(" ({})".format)
    rows = [[plain(column) for column in cells], ["---"] * len(cells.columns), *cells.to_numpy().tolist()]
    page = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return page + _rest(len(shown), len(table), name)


def readable(table: pd.DataFrame, *, most: int = MOST_ROWS, name: str = "") -> Markdown:
    """A table of texts as a page shows it; every character of the texts stands for itself.

    table  any table; where it has a column spans beside text (from list_sentences), those words are shown bold
    most   rows shown
    name   where all rows are written: "03-sentences" for figures/03-sentences.csv; "" for nowhere
    """
    if name:
        write_numbers(table.drop(columns="spans", errors="ignore"), name)
    if table.empty:
        return Markdown("None.")
    shown = table.head(most)
    cells = _named(shown.drop(columns=["spans", "article"], errors="ignore")).map(_cell)
    if "spans" in shown:
        cells["text"] = [_bold(text, spans) for text, spans in zip(shown["text"], shown["spans"], strict=True)]
    rows = [map(plain, cells.columns), ["---"] * len(cells.columns), *cells.to_numpy().tolist()]
    page = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return Markdown(page + _rest(len(shown), len(table), name))


def readable_concordance(lines: pd.DataFrame, *, most: int = MOST_ROWS, name: str = "") -> Markdown:
    """A concordance as a page shows it: one line per hit, the nodes in bold, one under the other.

    lines  one row per hit: label, sentence, left, node, right
    """
    if name:
        write_numbers(lines, name)
    shown = lines.head(most)
    rows = ["| label | sentence | left | node | right |", "| :--- | ---: | ---: | :---: | :--- |"]
    for line in shown.itertuples():
        left, node, right = (
            escaped(text).replace(" ", "\N{NO-BREAK SPACE}") for text in (line.left, line.node, line.right)
        )
        rows.append(f"| {escaped(line.label)} | {line.sentence} | {left} | **{node}** | {right} |")
    return Markdown("\n".join(rows) + _rest(len(shown), len(lines), name) if len(lines) else "No hit.")


def of_the_seeds(words: str) -> Markdown | None:
    """Words that hold for the five seed articles only: shown where the articles are these."""
    return Markdown(words) if is_seeds() else None


def first_of_each(table: pd.DataFrame, column: str, most: int = 3) -> pd.DataFrame:
    """The first rows of each value of a column, spread over the whole: of 14 rows and most=3 the 1st, 7th and 14th.

    >>> first_of_each(pd.DataFrame({"frame": list("aaaab"), "n": range(5)}), "frame", 2)["n"].tolist()
    [0, 3, 4]
    """
    groups = table.groupby(column, sort=False, observed=True)
    place, size = groups.cumcount(), groups[column].transform("size")
    picked = [
        here in {round(i * (whole - 1) / max(most - 1, 1)) for i in range(most)}
        for here, whole in zip(place, size, strict=True)
    ]
    return table[picked]


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its frames' names in plain words."""
    return table.assign(frame=[plain(str(frame)) for frame in table["frame"]]) if "frame" in table else table


def _cell(value) -> str:
    """A cell of a table: numbers with commas, every character of a text as it stands."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
    return f"{value:,}" if isinstance(value, int) else escaped(value)


def _rest(shown: int, whole: int, name: str) -> str:
    where = f" All are in `figures/{name}.csv`." if name else ""
    return f"\n\n{shown:,} of {whole:,} rows.{where}" if shown < whole else ""


def _bold(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [escaped(text[done:start]), f"**{escaped(text[start:end])}**"]
        done = end
    return "".join([*pieces, escaped(text[done:])])
