"""What a page shows: the answer, tables, sentences, concordance lines."""

import os
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from IPython.display import Markdown

from helpers.articles.load import is_seeds
from helpers.files.outputs import write_numbers
from helpers.findings.unmeasured import find_unmeasured, is_everything, judge_unmeasured
from helpers.findings.words import escaped, escaped_html, p_value, plain

HIDDEN = ["ids", "article", "movement", "cells", "begin", "end"]  # columns of the .csv that a page leaves out
EXPLORER = "../figures/explorer.html"  # as notebooks link to it
MOST_ROWS = 12  # that a page shows of a table; the .csv has all


def answer(verdict: str, findings: pd.DataFrame, name: str, left_out: pd.DataFrame | None = None) -> Markdown:
    """The answer of a notebook: its verdict, and the findings as a small table below.

    verdict   one or two sentences, from judge_…
    findings  one row per claim, from find_…; the column ids stays in the file
    name      "03-findings": the findings are written as figures/03-findings.csv
    left_out  one row per article left out because of its language, from list_unmeasured: said below the verdict, and
              written as figures/03-not-measured.csv. If it is every article, nothing else is said
    """
    pd.set_option("display.html.use_mathjax", False)  # in tables that a reader shows below: $5 and $6 are no formula
    remark = ""
    if left_out is not None and len(left_out):
        write_numbers(left_out, f"{name[:2]}-not-measured")
        unmeasured = find_unmeasured(left_out)
        remark = judge_unmeasured(unmeasured)
        if is_everything(unmeasured):
            verdict, findings, remark = remark, unmeasured, ""
    table = as_table(findings, write_numbers(findings, name))
    drawn = escaped(os.environ.get("DRAWN", ""))  # said by a run that could not hold all articles
    return Markdown("\n\n".join(filter(None, [f"**Answer.** {escaped(verdict)}", escaped(remark), drawn, table])))


def as_table(table: pd.DataFrame, file: str = "") -> str:
    """A table in Markdown: without ids and empty columns, names in plain words, the first rows of many. A column that
    ends in _at says where its neighbour is: first and first_at are shown as "4 of 13 (2008)".

    file  where all rows are, in figures/; "" if nowhere
    """
    shown = table.drop(columns=HIDDEN, errors="ignore").head(MOST_ROWS)
    shown = shown.loc[:, shown.notna().any() & shown.astype(str).ne("").any()]
    p_values = [column for column in shown if column == "p" or column.startswith("smallest p")]
    cells = _cells(shown.assign(**{column: shown[column].map(p_value, na_action="ignore") for column in p_values}))
    for place in [column for column in cells if column.endswith("_at")]:
        cells[place.removesuffix("_at")] += cells.pop(place).map(" ({})".format)
    return _lines(cells) + _rest(len(shown), len(table), file)


def readable(table: pd.DataFrame, *, most: int = MOST_ROWS, each: str = "", name: str = "") -> Markdown:
    """A table of texts as a page shows it; every character of the texts stands for itself.

    table  any table; where it has a column spans beside text (from list_sentences), those words are shown bold
    most   rows shown; with `each`, of each value of that column, spread over its rows
    name   where all rows are written: "03-sentences" for figures/03-sentences.csv; "" for nowhere
    """
    file = write_numbers(table.drop(columns="spans", errors="ignore"), name) if name else ""
    shown = first_of_each(table, each, most) if each else table.head(most)
    cells = _cells(shown.drop(columns=["spans", "article"], errors="ignore"))
    if "spans" in shown:
        cells["text"] = [_bold(text, spans) for text, spans in zip(shown["text"], shown["spans"], strict=True)]
    return Markdown(_lines(cells) + _rest(len(shown), len(table), file))


def fold_sentences(
    table: pd.DataFrame,
    by: list[str],
    *,
    most: int,
    name: str = "",
    where: str = "label sentence",
    marks: pd.DataFrame | None = None,
) -> Markdown:
    """Sentences folded under the marks they are behind: a click on a mark, its number beside it, shows some of them.

    table  one row per sentence: text, spans (shown bold), and the columns of `by` and `where`
    by     the columns that tell marks apart: ["frame", "mark"]
    most   sentences shown of each mark, spread over all; at most MOST_ROWS marks of each value of by[0], spread too
    name   where all are written: "03-sentences" for figures/03-sentences.csv; "" for nowhere
    where  the columns that say where a sentence is
    marks  one row per article, from marks_of, for a table with article and frame: gives it the column mark, and each
           mark a link to all its sentences in the explorer
    """
    file = write_numbers(table.drop(columns=["article", "spans"], errors="ignore"), name) if name else ""
    if marks is not None:
        table = table.merge(marks[["article", "mark", "key"]], on="article")
    every = table[by].drop_duplicates()
    shown = first_of_each(every, by[0], MOST_ROWS)
    groups = dict(list(table.groupby(by, observed=True)))
    folded = [_fold(mark, groups[mark], most, where.split()) for mark in shown.itertuples(index=False, name=None)]
    return Markdown(("\n\n".join(folded) or "None.") + _rest(len(shown), len(every), file, "marks"))


def readable_concordance(lines: pd.DataFrame, *, most: int = MOST_ROWS, each: str = "", name: str = "") -> Markdown:
    """A concordance as a page shows it: one line per hit, the nodes in bold, one under the other.

    lines  one row per hit: label, sentence, left, node, right; most, each, name as for `readable`
    """
    file = write_numbers(lines, name) if name else ""
    shown = first_of_each(lines, each, most) if each else lines.head(most)
    rows = ["| label | sentence | left | node | right |", "| :--- | ---: | ---: | :---: | :--- |"]
    for line in shown.itertuples():
        kept = [escaped(text).replace(" ", "\N{NO-BREAK SPACE}") for text in (line.left, line.node, line.right)]
        rows.append(f"| {escaped(line.label)} | {line.sentence} | {kept[0]} | **{kept[1]}** | {kept[2]} |")
    return Markdown("\n".join(rows) + _rest(len(shown), len(lines), file) if len(lines) else "No hit.")


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


def _fold(mark: tuple, sentences: pd.DataFrame, most: int, where: list[str]) -> str:
    """A mark and its sentences. Between empty lines Markdown is read as Markdown, elsewhere in an element it is not."""
    shown = first_of_each(sentences.assign(mark=""), "mark", most)
    lines = [f"<details><summary>{escaped_html(plain(', '.join(map(str, mark))))}: {len(sentences):,}</summary>", ""]
    for place, text, spans in zip(shown[where].to_numpy(str), shown["text"], shown["spans"], strict=True):
        lines.append(f"- *{escaped(', '.join(filter(None, place)))}:* {_bold(text, spans)}")
    if "key" in shown:
        asked = urlencode({"frame": shown["frame"].iloc[0], **dict.fromkeys(("from", "to"), shown["key"].iloc[0])})
        lines.append(f"- [In the explorer]({EXPLORER}#{asked})")
    return "\n".join([*lines, "", "</details>"])


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """A table's cells as text: frames' names in plain words, nothing where a value is missing."""
    cells = table.astype(object).where(table.notna(), "")
    if "frame" in cells:
        cells = cells.assign(frame=[plain(str(frame)) for frame in cells["frame"]])
    return cells.map(_cell)


def _cell(value) -> str:
    """A cell of a table: numbers with commas, yes and no, every character of a text as it stands."""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, float):
        value += 0.0  # never -0
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
    return f"{value:,}" if isinstance(value, int) else escaped(value)


def _lines(cells: pd.DataFrame) -> str:
    """Cells as a table in Markdown."""
    if cells.empty:
        return "None."
    rows = [[escaped(plain(name)) for name in cells], ["---"] * len(cells.columns), *cells.to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rest(shown: int, whole: int, file: str, what: str = "rows") -> str:
    where = f" All are in `figures/{file}`." if file else ""
    return f"\n\n{shown:,} of {whole:,} {what}.{where}" if shown < whole else ""


def _bold(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with these words bold; spans that touch become one."""
    pieces, done = [], 0
    for start, end in _merged(spans):
        pieces += [escaped(text[done:start]), f"**{escaped(text[start:end])}**"]
        done = end
    return "".join([*pieces, escaped(text[done:])])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """
    >>> _merged([(5, 9), (0, 3), (7, 12)])
    [(0, 3), (5, 12)]
    """
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged
