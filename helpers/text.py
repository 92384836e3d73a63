"""Sentences and words, by NLTK with nothing downloaded.

Punkt (Kiss & Strunk 2006, Computational Linguistics 32(4): 485-525) is given its parameters here instead of a trained
model: the abbreviations of English news, and the words that may open a sentence after one.
"""

import re

import pandas as pd
from nltk.tokenize import RegexpTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = (
    "u.s u.k u.n e.u d.c u.s.a a.m p.m i.e e.g ph.d mr mrs ms dr sr jr st mt ft prof rev hon pres gov lt.gov sen "
    "rep sec gen lt.gen maj.gen brig.gen brig maj col lt.col lt capt cpt sgt cpl pvt adm cmdr supt insp det atty "
    "messrs lic ing dra sra sres inc corp co ltd llc bros assn dept univ jan feb apr jun jul aug sep sept oct nov "
    "dec tues thu thurs vs v al ca cf approx vol pp ave blvd calif tex ariz n.m fla"
)
STARTERS = (
    "the a an this that these those it its he she they we you i his her their our my in on at by for from with after "
    "before as if when while but and or so yet however meanwhile there here what who why how no not one some many most "
    "both all each another under during since since until although though because according also then now today "
    "yesterday last earlier later"
)
SPEAKER = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*\s+){1,4}(?:said|says|told|asked|added|replied|wrote|warned|shouted)\b")
CURLY, PLAIN = "‘’“”‑", "''\"\"-"  # one character for one: offsets stay
STRAIGHT = str.maketrans(CURLY, PLAIN)

PUNKT = PunktParameters()
PUNKT.abbrev_types = set(ABBREVIATIONS.split())
PUNKT.sent_starters = set(STARTERS.split())
SENTENCES = PunktSentenceTokenizer(PUNKT)

WORDS = RegexpTokenizer(
    r"""(?x)
    (?:[^\W\d_]\.|[A-Z][a-z]\.){2,}(?:[-‑'’][^\W_]+)*                 # U.S.  p.m.  U.S.-Mexico
    | \d+(?:[.,:]\d+)*(?:[-‑'’]?[^\W_]+)*                # 2,400  1990s  19-year-old
    | [^\W_]+(?:[-‑'’&][^\W_]+)*(?:(?<=[sS])['’](?!\w))? # José  multi-billion-dollar  government's  countries'
    """
)


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Sentences of each article. No sentence runs across two paragraphs.

    articles  one row per article: article, text, ...
    returns   one row per sentence: article, sentence (from 1 in each article), start, end, text;
              start and end are offsets into the article's text: text[start:end] is the sentence
    """
    rows = [
        (article, number, start, end, text[start:end])
        for article, text in zip(articles["article"], articles["text"], strict=True)
        for number, (start, end) in enumerate(_sentence_spans(text), 1)
    ]
    return pd.DataFrame(rows, columns=["article", "sentence", "start", "end", "text"])


def split_words(sentences: pd.DataFrame) -> pd.DataFrame:
    """Words of each sentence: what a reader would call one, hyphens, apostrophes and points of abbreviation included.

    sentences  one row per sentence, from split_sentences
    returns    one row per word: article, sentence, start, end, token; start and end are offsets into the article's text
    """
    rows = [
        (row.article, row.sentence, row.start + start, row.start + end, row.text[start:end])
        for row in sentences.itertuples()
        for start, end in WORDS.span_tokenize(row.text)
    ]
    return pd.DataFrame(rows, columns=["article", "sentence", "start", "end", "token"])


def measure_articles(articles: pd.DataFrame, sentences: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """How long each article is, and how much of its page was cut.

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


def straighten(text: str) -> str:
    """The text with straight quotation marks, apostrophes and hyphens: `translate(STRAIGHT)`, made faster."""
    for curly, plain in zip(CURLY, PLAIN, strict=True):
        text = text.replace(curly, plain)
    return text


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences. What only seems to begin one goes on with the one before: a lower-case letter ("No!"
    he said), the speaker of an exclamation ("No!" Kelly said), the figure after "No." or the text after "1."."""
    spans = []
    for paragraph in re.finditer(r"[^\n]+", text):
        first = len(spans)
        for start, end in SENTENCES.span_tokenize(paragraph[0].translate(STRAIGHT)):
            start, end = paragraph.start() + start, paragraph.start() + end
            if len(spans) > first and _belongs_together(text[slice(*spans[-1])], text[start:end]):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return spans


def _belongs_together(before: str, after: str) -> bool:
    return bool(
        after[0].islower()
        or (re.search(r"[!?][\"'”’]$", before) and SPEAKER.match(after))
        or (re.search(r"(?<!\w)(?:Nos?|pp?|[Aa]rt)\.$", before) and after[0].isdigit())
        or re.fullmatch(r"\d+\.", before)
    )
