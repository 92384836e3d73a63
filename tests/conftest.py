"""The seed corpus, read once for all tests."""

import pytest

from helpers.corpus import load_articles
from helpers.text import split_sentences


@pytest.fixture(scope="session")
def articles():
    return load_articles()


@pytest.fixture(scope="session")
def sentences(articles):
    return split_sentences(articles)
