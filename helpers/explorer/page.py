"""The explorer: one page, complete in itself, that leads from each mark of a chart to its sentences."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from string import Template

import pandas as pd

from helpers.codebook.definitions import load_definitions
from helpers.codebook.hits import find_hits
from helpers.codebook.languages import measured_articles
from helpers.codebook.terms import expected_file, frames_of, load_codebook, load_expected
from helpers.coders.labels import load_labels, majority
from helpers.coders.samples import how_coded
from helpers.explorer.evidence import gather_evidence
from helpers.figures.parts import GREY, INK, PALE, TESTED
from helpers.files.tables import SEEDS
from helpers.findings.words import plain
from helpers.text.split import split_sentences

HERE = Path(__file__).parent
SCRIPTS = ["find", "chart", "list", "explorer"]  # one script in the page
COLOURS = f":root {{ --tested: {TESTED}; --grey: {GREY}; --pale: {PALE}; --ink: {INK}; }}\n"
# Only our own script and style run, told by their digests; the page asks nothing of the network.
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


def explore(loaded: pd.DataFrame, given: Mapping[str, str] = os.environ, *, hits_only: bool = False) -> bytes:
    """The explorer of articles, as a page that any browser opens. Same input, same bytes.

    loaded     one row per article, from load_articles; those in a language without terms are left out
    given      the reader's codebook and articles, as `beside` takes them; else the codebook is the collection's
    hits_only  keep only sentences that carry a frame, and say so: for texts whose rights are another's
    raises     ValueError where a coder's file does not fit the articles
    """
    book = Path(given.get("CODEBOOK") or SEEDS / "codebook.csv")
    terms = load_codebook(book)
    names = frames_of(terms)
    tested = list(load_expected(names, expected_file(given)))
    meanings = load_definitions(names, book.with_suffix(".md"))
    order = [*tested, *(name for name in names if name not in tested)]
    articles = measured_articles(loaded, terms)
    sentences = split_sentences(articles)
    labels = load_labels(names, book.with_name("coding"))
    votes, rings = majority(labels, sentences), how_coded(labels, sentences) == "all"  # shares of a sample mislead
    evidence = gather_evidence(articles, sentences, find_hits(sentences, terms), votes, order, hits_only=hits_only)
    frames = [
        {"frame": name, "name": plain(name), "tested": name in tested, "meaning": meanings.get(name, ("",))[0]}
        for name in order
    ]
    return fill_page({"frames": frames, "loaded": len(loaded), "rings": rings, **evidence})


def fill_page(evidence: dict) -> bytes:
    """The page with its data, style and script inside. The data is JSON without a single "<", so nothing in a text can
    end the element that holds it."""
    style = COLOURS + (HERE / "explorer.css").read_text("utf-8")
    script = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    data = json.dumps(evidence, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
    policy = POLICY.format(script=_digest(script), style=_digest(style))
    page = Template((HERE / "explorer.html").read_text("utf-8"))
    return page.substitute(policy=policy, style=style, data=data, script=script).encode("utf-8", "replace")


def _digest(text: str) -> str:
    """The digest of a script or style, as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
