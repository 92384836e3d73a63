"""Sentences and words, by NLTK. Nothing is downloaded."""

import hashlib
import os
import re
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd
from nltk.tokenize import RegexpTokenizer

from helpers.files.kept import kept_table
from helpers.files.tables import known_of
from helpers.text.addresses import cover_addresses
from helpers.text.characters import APOSTROPHES, HYPHENS
from helpers.text.punkt import sentence_spans


class WordTokenizer(RegexpTokenizer):
    """NLTK's, with addresses of pages, e-mail and accounts left out."""

    def tokenize(self, text: str) -> list[str]:
        """The words of a text."""
        return super().tokenize(cover_addresses(text))

    def span_tokenize(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of a text begin and end."""
        return super().span_tokenize(cover_addresses(text))


_A, _H = APOSTROPHES, HYPHENS[1:] + HYPHENS[0]  # in a set of characters the plain hyphen comes last
WORDS = WordTokenizer(
    rf"""(?x)
    (?:[^\W\d_]\.|[A-Z][a-z]\.){{2,}}(?:[{_A}{_H}][^\W_]+)*     # U.S.  p.m.  U.S.-Mexico
    | \d+(?:[.,:]\d+)*(?:[{_A}{_H}]?[^\W_]+)*                 # 2,400  1990s  19-year-old
    | [^\W_]+(?:[{_A}&{_H}][^\W_]+)*(?:(?<=[sS])[{_A}](?!\w))? # José  multi-billion-dollar  government's  countries'
    """
)
LINE = re.compile(r"[^\n]+")  # in cleaned text a paragraph is a line


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """The sentences of each article. No sentence runs across two paragraphs.

    articles  one row per article: article, text; its label, date and language, if there are any, are kept with each
              sentence
    returns   one row per sentence: article, label, date, language, sentence (from 1 in each article), start, end,
              text; start and end are offsets into the article's text: text[start:end] is the sentence
    """
    articles = articles.reset_index(drop=True)
    known = _known_spans(os.environ.get("KEPT"))
    spans = articles["text"].map(lambda text: (known and known.get(_mark(text))) or _sentences_in(text))
    kept = [*known_of(articles), *articles.columns.intersection(["language"])]
    table = articles[kept].assign(span=spans).explode("span").dropna(subset="span")
    table = table.assign(sentence=table.groupby(level=0).cumcount() + 1)
    texts = articles["text"].to_dict()
    starts, ends = ([span[side] for span in table["span"]] for side in (0, 1))
    words = [texts[row][start:end] for row, start, end in zip(table.index, starts, ends, strict=True)]
    table = table.assign(start=starts, end=ends, text=pd.Series(words, dtype=str, index=table.index))
    return table.drop(columns="span").astype({"start": int, "end": int}).reset_index(drop=True)


def spans_of_texts(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Where the sentences of each text are, for the notebooks of a run: one row per text: mark, spans (list of start
    and end).

    sentences  of these articles, from split_sentences
    """
    spans = pd.Series(sentences[["start", "end"]].to_numpy().tolist(), index=sentences.index, dtype=object)
    spans = spans.groupby(sentences["article"].to_numpy()).agg(list)
    table = marks_of_texts(articles).assign(spans=articles["article"].map(spans).to_numpy())
    return table.dropna(subset="spans").drop_duplicates("mark")[["mark", "spans"]].reset_index(drop=True)


def marks_of_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """By what each text is known: one row per article: article, mark (digits that stand for the text)."""
    return pd.DataFrame({"article": articles["article"].tolist(), "mark": [_mark(text) for text in articles["text"]]})


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _known_spans(folder: str | None) -> dict[str, list[tuple[int, int]]]:
    """The sentences of texts that a run has divided, by the text's mark."""
    table = kept_table("spans") if folder else None
    return {} if table is None else {row.mark: list(map(tuple, row.spans)) for row in table.itertuples()}


def _sentences_in(text: str) -> list[tuple[int, int]]:
    """Where the sentences of an article are in its text: start and end of each."""
    return [span for line in LINE.finditer(text) for span in _spans_of(line)]


def _spans_of(paragraph: re.Match) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph are in the article's text: start and end of each."""
    return [(paragraph.start() + start, paragraph.start() + end) for start, end in sentence_spans(paragraph[0])]


def split_words(sentences: pd.DataFrame) -> pd.DataFrame:
    """The words of each sentence, as a reader would count them: U.S.-Mexico, government's and 2,400 are one word each.

    sentences  one row per sentence, from split_sentences
    returns    one row per word: article, label, date, sentence, start, end, token; start and end are offsets into the
               article's text
    """
    pieces = sentences["text"].reset_index(drop=True).str.split(" ").explode().astype(str)
    lengths = pieces.str.len() + 1
    before = (lengths.groupby(level=0).cumsum() - lengths).to_numpy(int)
    kinds, unique = pd.factorize(pieces)  # by number: one piece may be a whole article without a space
    unique = unique.tolist()
    spans = [(kind, *span) for kind, piece in enumerate(unique) for span in WORDS.span_tokenize(piece)]
    distinct = pd.DataFrame(spans, columns=["piece", "start", "end"]).astype(int)  # no word has a space
    distinct["token"] = pd.Series([unique[kind][start:end] for kind, start, end in spans], dtype=str)
    found = pd.DataFrame({"piece": kinds, "row": pieces.index, "before": before}).merge(distinct, on="piece")
    before = found["before"] + sentences["start"].to_numpy(int)[found["row"]]
    words = sentences[[*known_of(sentences), "sentence"]].iloc[found["row"]].reset_index(drop=True)
    return words.assign(start=found["start"] + before, end=found["end"] + before, token=found["token"])


def measure_articles(articles: pd.DataFrame, sentences: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """How long each article is, and how much of its page was cut.

    articles, sentences, words  from load_articles, split_sentences and split_words

    returns  one row per article: article, label, paragraphs, sentences, words, lines_cut, words_cut
    """
    cut = [[line["text"] for line in lines] for lines in articles["removed"]]
    return articles[["article", "label"]].assign(
        paragraphs=articles["text"].str.count("\n\n") + 1,
        sentences=articles["article"].map(sentences["article"].value_counts()),
        words=articles["article"].map(words["article"].value_counts()),
        lines_cut=[len(lines) for lines in cut],
        words_cut=[len(WORDS.tokenize(" ".join(lines))) for lines in cut],
    )
