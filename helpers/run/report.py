"""The report of a reader's run: one page to open, complete in itself, and the files it leads to."""

import base64
from pathlib import Path
from urllib.parse import quote, urlencode

import mistune
import nbformat
import pandas as pd
from markupsafe import Markup
from PIL import Image

from helpers.codebook.languages import list_unmeasured, measured_articles
from helpers.codebook.terms import frames_of, load_codebook
from helpers.files.cells import read_csv
from helpers.files.tables import ids_of
from helpers.findings.page import HIDDEN, MOST_ROWS
from helpers.findings.unmeasured import find_unmeasured, judge_unmeasured
from helpers.findings.words import plain, without_elements
from helpers.run.methods import say_dates, say_entry, say_how_sure, say_methods
from helpers.run.notebook_pages import PAGES, look, notebook_pages
from helpers.run.pages import answers_of, question_of
from helpers.run.workbook import write_workbook

REPORT, TABLES = "report.html", "tables.xlsx"
TRUST = ["08", "09", "10", "12", "13"]  # the notebooks that ask how sure the others' answers are
AT_ONCE = 3  # sentences shown of each claim
FAULTS = 100  # shown of what was left out
ABOUT = "article label date date_precision title outlet byline language url file row".split()
MARKDOWN = mistune.create_markdown(escape=True, plugins=["table"])


def write_report(
    own: Path,
    ran: dict[Path, nbformat.NotebookNode],
    given: dict[str, str],
    articles: pd.DataFrame,
    left_out: pd.DataFrame,
    sentences: pd.DataFrame,
    failed: list[str],
    earlier: list[str],
) -> Path:
    """Write the report into a reader's folder, which has its figures by now: report.html, the notebooks as web pages,
    and all tables as one spreadsheet. Same input, same bytes.

    ran                 the executed notebooks, by file
    given               the reader's articles and codebook: SOURCE and perhaps CODEBOOK, paths
    articles, left_out  from read_articles; sentences: from split_sentences
    failed              what did not run to its end
    earlier             of this, what is in `ran` from an earlier run
    returns             the page to open
    """
    for name, page in notebook_pages({file.name: notebook for file, notebook in ran.items()}).items():
        _write(own / "notebooks" / name, page)
    numbers = sorted([*(own / "figures").glob("*.csv"), *(own / "figures").glob("*.csv.zip")])
    came = articles[ABOUT].assign(sentences=articles["article"].map(sentences["article"].value_counts()).fillna(0))
    tables = {"articles": came.astype({"sentences": int}), "left out": left_out, "sentences": own / "sentences.csv"}
    write_workbook(tables | {file.name.split(".csv")[0]: file for file in numbers}, own / TABLES)
    frames = frames_of(load_codebook(given.get("CODEBOOK")))
    answers = [_told(own, file, notebook, sentences, frames) for file, notebook in ran.items()]
    shown = _came_in(articles, left_out, sentences, given) | {
        "found": [one for one in answers if one["number"] not in TRUST],
        "trust": [one for one in answers if one["number"] in TRUST],
        "failed": [name for name in failed if name not in earlier],
        "earlier": earlier,
        "methods": say_methods(articles, left_out, sentences, given.get("CODEBOOK"), own.name.rsplit("-", 1)[-1]),
        "entry": say_entry(),
        "numbers": [file.name for file in numbers],
        "explorer": (own / "figures" / "explorer.html").exists(),
    }
    _write(own / REPORT, PAGES.get_template("report.html").render(shown | look()))
    return own / REPORT


def _came_in(articles: pd.DataFrame, left_out: pd.DataFrame, sentences: pd.DataFrame, given: dict[str, str]) -> dict:
    """What the page says of the articles: what came in, what did not and why, and who has checked the codebook."""
    book = given.get("CODEBOOK")
    unmeasured = find_unmeasured(list_unmeasured(articles, measured_articles(articles, load_codebook(book))))
    return {
        "name": Path(given["SOURCE"]).name,
        "codebook": Path(book).name if book else "",
        "articles": articles,
        "dates": say_dates(articles),
        "sentences": len(sentences),
        "sure": say_how_sure(sentences, book),
        "unmeasured": judge_unmeasured(unmeasured) if len(unmeasured) else "",
        "outlets": _counted(articles["outlet"]),
        "languages": _counted(articles["language"]),
        "unused": left_out[~left_out["kept"]],
        "remarks": left_out[left_out["kept"]],
        "most": FAULTS,
    }


def _told(own: Path, file: Path, notebook: nbformat.NotebookNode, sentences: pd.DataFrame, frames: list[str]) -> dict:
    """What a notebook found: number, question, verdict, table, claims with their sentences, figures, its page."""
    number = file.name[:2]
    verdict, *rest = next(iter(answers_of(notebook)), "").split("\n\n")
    return {
        "number": number,
        "question": question_of(notebook),
        "verdict": _html(verdict),
        "table": _html("\n\n".join(rest)),
        "claims": _claims(own / "figures" / f"{number}-findings.csv", sentences, frames),
        "figures": [_figure(picture) for picture in sorted((own / "figures").glob(f"{number}-*.png"))],
        "page": f"notebooks/{quote(file.with_suffix('.html').name)}",
    }


def _html(words: str) -> Markup:
    """Markdown as HTML. HTML in it is shown as text."""
    return Markup(MARKDOWN(without_elements(words)))


def _claims(file: Path, sentences: pd.DataFrame, frames: list[str]) -> list[dict]:
    """The rows of a table of findings that rest on sentences: what each says, how many sentences it has, the first of
    them, and the address of them all in the explorer if it is about a frame."""
    if not file.exists() or "ids" not in (table := read_csv(file)):
        return []
    texts = sentences.assign(id=ids_of(sentences)).set_index("id")
    claims = []
    for row in table.head(MOST_ROWS).to_dict("records"):
        ids = [id_ for id_ in row["ids"].split() if id_ in texts.index]
        told = {name: value.replace("_", " ") for name, value in row.items() if value and name not in HIDDEN}
        (_, first), *rest = told.items()
        said = "; ".join([first, *(f"{plain(name)}: {value}" for name, value in rest[:2])])
        spread = sorted({round(i * (len(ids) - 1) / (AT_ONCE - 1)) for i in range(AT_ONCE)}) if ids else []
        frame = row.get("frame") if row.get("frame") in frames else ""
        if ids:
            behind = [texts.loc[ids[place], ["label", "article", "sentence", "text"]].to_dict() for place in spread]
            count = f"{len(ids):,} or more" if row["ids"].endswith("…") else f"{len(ids):,}"
            address = f"figures/explorer.html#{urlencode({'frame': frame})}" if frame else ""
            claims.append({"said": said, "count": count, "behind": behind, "address": address})
    return claims


def _figure(picture: Path) -> dict:
    """A figure: its name, its title in words, the file of its numbers, and the picture itself as an address."""
    with Image.open(picture) as image:
        title = image.info.get("Title", "")
    data = base64.b64encode(picture.read_bytes()).decode()
    numbers = next(picture.parent.glob(f"{picture.stem}.csv*")).name
    return {"name": picture.stem, "title": title, "numbers": numbers, "data": f"data:image/png;base64,{data}"}


def _counted(values: pd.Series, most: int = 12) -> list[tuple[str, int]]:
    """How often each value occurs, the most frequent first; of more than `most`, the rest as one."""
    counts = values.replace("", "unknown").value_counts().sort_index().sort_values(ascending=False, kind="stable")
    rest = [("others", int(counts.iloc[most:].sum()))] if len(counts) > most else []
    return [*counts.head(most).items(), *rest]


def _write(file: Path, page: str) -> None:
    file.write_bytes(page.encode("utf-8", "replace"))
