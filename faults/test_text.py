"""Texts that cost far more than their size, or used to."""

from pathlib import Path

import pytest

from faults.bounded import read_bounded

MARKUP = {
    "unclosed comments": "<!--" * 75_000,
    "unclosed asides": "<html><body>" + "<aside>" * 43_000,
}


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_a_page_ends_in_time(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text)
    assert "page.html" in read_bounded(tmp_path).said
