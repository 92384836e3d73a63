"""Four times as much text takes some four times as long to read, never sixteen times."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.articles.load import read_articles

SIZE = 20_000
FIXED = 0.6  # seconds that do not grow: reading two small files
PROSE = "Officers of both countries said on Monday that the border must be secured against the cartels."
PAGES = {
    "unclosed comments": "<!--",
    "unclosed asides": "<aside>",
    "unclosed data": "<script type=ld+json>",
    "unclosed titles": "<title> ",
    "unclosed tags": "<meta <time ",
    "tags within tags": "<div>",
    "attributes": "<p class='date",
    "articles": "<article>",
}
TEXTS = {
    "one markup in another": "&lt;p <!--",
    "ways out of the page": "You may also like\nab cd\n",
    "ways out with sentences": f"You may also like\nab cd\n{PROSE}\n",
    "authors": "About the author\nAnn Lee\n",
    "corrections": "Correction\nx y z\n",
    "titles": "Ab cd ef gh ij\n",
    "lists": "a b c:\n- d\n",
    "labels of an archive": "Load-Date: May 5, 2012\n\n",
    "documents of an archive": "1 of 2 DOCUMENTS\nabc\n",
    "a table of contents": "HD\tx\nPD\ty\na ... 1\n",
    "points": ". . ",
    "divided words": "ab-\ncd ",
    "wrong decodings": "â€™ Ã©",
    "accents": "e\u0301\u0302",
}
CASES = [pytest.param(unit, "html", id=name) for name, unit in PAGES.items()]
CASES += [pytest.param(unit, "txt", id=name) for name, unit in TEXTS.items()]


def seconds(work: Callable[[str], None], text: str) -> float:
    """How long a piece of work takes this process; what others take beside it does not count."""
    began = time.process_time()
    work(text)
    return time.process_time() - began


@pytest.mark.parametrize(("unit", "kind"), CASES)
def test_reading_takes_as_long_as_the_text_is_large(tmp_path: Path, unit: str, kind: str) -> None:
    def read(text: str) -> None:
        (tmp_path / f"a.{kind}").write_text(f"{PROSE}\n\n{text}\n\n{PROSE}")
        try:
            read_articles(tmp_path)
        except ValueError as refused:
            assert f"a.{kind}" in str(refused)

    small = seconds(read, unit * (SIZE // len(unit)))
    assert seconds(read, unit * (4 * SIZE // len(unit))) < 8 * small + FIXED


def test_a_date_of_a_megabyte_is_told_and_its_article_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'title,text,date\nTalks,"{PROSE}","3 {" " * 100_000} 4 2012"\n')
    articles, left_out = read_articles(tmp_path)
    assert len(articles) == 1 and articles["date"].isna().all() and list(left_out["row"]) == [2]
