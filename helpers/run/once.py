"""What every notebook would work out again for the same articles, worked out once by the run: which they are, where
their sentences end, which are alike."""

from pathlib import Path

import pandas as pd

from helpers.articles.copies import find_pairs
from helpers.articles.drawing import draw_articles, say_drawn
from helpers.articles.load import read_articles
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels
from helpers.files.kept import keep_table
from helpers.files.tables import SEEDS
from helpers.text.split import marks_of_texts, spans_of_texts


def read_for_notebooks(given: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles that a run is about, and what was left out: as from read_articles; of too many, some drawn."""
    book = Path(given.get("CODEBOOK") or SEEDS / "codebook.csv")
    coded = set(load_labels(frames_of(load_codebook(book)), book.with_name("coding"))["article"])
    return draw_articles(*read_articles(given.get("SOURCE")), coded)


def keep_for_notebooks(
    folder: Path, articles: pd.DataFrame, left_out: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str, str]:
    """Keep these tables where the notebooks' functions find them; returns the environment variables that say where, and
    on each page that articles were drawn, if they were."""
    folder.mkdir()
    keep_table(folder, "left_out", left_out)
    keep_table(folder, "articles", articles)
    keep_table(folder, "spans", spans_of_texts(articles, sentences))
    keep_table(folder, "marks", marks_of_texts(articles))
    keep_table(folder, "pairs", find_pairs(articles))
    return {"KEPT": str(folder), "DRAWN": say_drawn(left_out)}
