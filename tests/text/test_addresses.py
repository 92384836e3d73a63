"""Addresses are no words, by neither path, and no term is found in one."""

import pytest

from helpers.codebook.matching import match_terms
from helpers.text.addresses import cover_addresses
from helpers.text.split import WORDS


@pytest.mark.parametrize(
    "address",
    [
        "https://www.sample.example/2021/03/list.html?utm=x",
        "http://sample.example",
        "www.sample.example",
        "HTTPS://SAMPLE.EXAMPLE/A",
        "ana.roe@sample.example",
        "@AnaRoe",
        "sample.com",
        "SAMPLE.COM",
        "diario.com.mx/nota/5",
        "ex.am/2aBc",
    ],
)
@pytest.mark.parametrize("frame", ["see {} now", "see ({}) now", "see {}, now", "see “{}” now", "see {}. now"])
def test_an_address_is_no_word(address, frame):
    assert WORDS.tokenize(frame.format(address)) == ["see", "now"]
    assert len(cover_addresses(address)) == len(address)


@pytest.mark.parametrize(
    "text", ["the U.S. and 3.5 p.m.", "and/or", "he left.The guards", "a.b", "5 @ 3", "Node.js", "e.g. this"]
)
def test_what_is_no_address_stays(text):
    assert cover_addresses(text) == text


def test_no_term_is_found_in_an_address():
    text = "The border is at https://x.org/border-news/border and @border, says border@x.org, on the border."
    found = match_terms([text], (("f", "border"),))
    assert found.start.tolist() == [4, text.rindex("border")]


@pytest.mark.parametrize("text", ["a@" * 50_000, "a." * 50_000, "a-" * 50_000, "www." * 50_000, "a" * 100_000 + "@"])
def test_long_lines_take_no_longer_than_they_are(text):
    assert len(cover_addresses(f"{text} .aa")) == len(text) + 4
