"""What a paper says of a run: how the counts were made, with which versions, and how to cite the collection."""

import platform
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import yaml

from helpers.articles.drawing import say_drawn
from helpers.codebook.languages import measured_articles
from helpers.codebook.terms import MASK, frames_of, load_codebook
from helpers.coders.labels import load_labels
from helpers.files.tables import SEEDS
from helpers.run import ROOT

VERSIONS = ["nltk", "pandas", "scipy", "krippendorff", "matplotlib"]  # what divides, counts, tests and draws
METHODS = (
    "We analysed news articles with the notebooks of “{title}” (version {version}). Articles: {articles}, {dates}; "
    "sentences: {sentences}. Files or rows that could not be used: {unused}. Not measured, because the codebook has no "
    "terms in their language: {unmeasured} articles. Articles were cleaned of page furniture and divided into "
    "sentences (Punkt, as NLTK has it, with parameters of the collection). A sentence carries a frame if one of the "
    "frame’s terms occurs in it. Shares are shares of sentences and are raw counts, not corrected for "
    "errors of the codebook. Codebook: {codebook} (frames: {frames}; terms: {terms}). Software: Python {python}, "
    "{versions}. Fingerprint of articles and codebook: {fingerprint}."
)
ENTRY = (
    "@software{{news_framing_{year},\n  title = {{{{{title}}}}},\n  author = {{{authors}}},\n"
    "  version = {{{version}}},\n  year = {{{year}}},\n  license = {{{license}}}\n}}"
)
SURE = {
    "unchecked": "A list of terms counts the frames, and nobody has checked on these articles how often it is wrong. "
    "Read some of the sentences behind a number before you rely on it.",
    "checked": "A list of terms counts the frames. Coders judged {judged:,} of the {sentences:,} sentences; notebook "
    "08 says how often the list is wrong there.",
}


def say_methods(
    articles: pd.DataFrame, left_out: pd.DataFrame, sentences: pd.DataFrame, codebook: str | None, mark: str
) -> str:
    """A paragraph on methods, to paste into a paper.

    articles, left_out  from read_articles; sentences: from split_sentences
    codebook            the reader's, a path; None: the collection's
    mark                the fingerprint of articles and codebook
    """
    terms, cited = load_codebook(codebook), _citation()
    told = METHODS.format(
        title=cited["title"],
        version=cited["version"],
        articles=f"{len(articles):,}",
        dates=say_dates(articles),
        sentences=f"{len(sentences):,}",
        unused=f"{(~left_out['kept']).sum():,}",
        unmeasured=f"{len(articles) - len(measured_articles(articles, terms)):,}",
        codebook=Path(codebook).name if codebook else "the collection’s",
        frames=len(frames_of(terms)),
        terms=f"{terms['frame'].ne(MASK).sum():,}",
        python=platform.python_version(),
        versions=", ".join(f"{name} {version(name)}" for name in VERSIONS),
        fingerprint=mark,
    )
    return " ".join(filter(None, [told, say_drawn(left_out)]))


def say_entry() -> str:
    """The collection as a BibTeX entry."""
    cited = _citation()
    return ENTRY.format(
        title=cited["title"],
        authors=" and ".join(f"{{{author['name']}}}" for author in cited["authors"]),
        version=cited["version"],
        year=cited["date-released"].year,
        license=cited["license"],
    )


def say_dates(articles: pd.DataFrame) -> str:
    """From when to when the articles are."""
    dates = articles["date"].dropna()
    return f"from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}" if len(dates) else "none with a date"


def say_how_sure(sentences: pd.DataFrame, codebook: str | None) -> str:
    """Whether anyone has held the codebook against these sentences."""
    book = Path(codebook or SEEDS / "codebook.csv")
    labels = load_labels(frames_of(load_codebook(book)), book.with_name("coding"))
    judged = labels[labels["article"].isin(sentences["article"])].groupby(["article", "sentence"]).ngroups
    return SURE["checked" if judged else "unchecked"].format(judged=judged, sentences=len(sentences))


def _citation() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
