"""The same for millions of articles: what is here is here for speed alone."""

from helpers.scale.engine import code_corpus
from helpers.scale.output import read_coded
from helpers.scale.shares import read_shares

__all__ = ["code_corpus", "read_coded", "read_shares"]
