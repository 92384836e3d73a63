"""Texts of a megabyte that cost far more than their size, or used to: read or refused in time, and analysed in time."""

from pathlib import Path

import pytest

from faults.bounded import read_bounded, run_python

SIZE = 1_000_000
PROSE = "Officers of both countries said on Monday that the border must be secured against the cartels."
PAGES = {
    "unclosed comments": "<!--",
    "unclosed asides": "<aside>",
    "unclosed scripts": "<script type=ld+json>",
    "unclosed titles": "<title> ",
    "unclosed tags": "<meta <time ",
    "angle brackets": "<",
    "tags within tags": "<div>",
    "tables within tables": "<table><tr><td>",
    "paragraphs": "<p>",
    "attributes": "<p class='date",
    "keys of data": '"datedate',
    "articles": "<article>a</article>",
    "toolbars": "<!-- BEGIN WAYBACK TOOLBAR INSERT -->",
}
TEXTS = {
    "nothing but line feeds": "\n",
    "nothing but spaces": " ",
    "full stops": ".",
    "quotation marks": "‘",
    "digits": "1",
    "dashes": "—",
    "ellipses": "…",
    "capitals": "A",
    "one word": "a",
    "accents": "\u0301\u0323",
    "Chinese": "中。",
    "Arabic": "ا ",
    "wrong decodings": "â€™ ",
    "divided words": "ab-\ncd ",
    "dates": "March 5, 2012\n",
    "authors": "About the author\nAnn Lee\n",
    "ways out of the page": "You may also like\nab cd\n",
    "ways out with sentences": f"You may also like\nab cd\n{PROSE}\n",
    "titles": "Ab cd ef gh ij\n",
    "lists": "a b c:\n- d\n",
    "labels of an archive": "Load-Date: May 5, 2012\n\n",
    "points": ". . ",
}
CHAIN = {
    "abbreviations": "U.S. ",
    "addresses": "http://a.b/ ",
    "no space": "中。",
    "one sentence of names and speech": "Kelly said that Mexico and the United States ",
    "one sentence of pronouns": "he said ",
    "one sentence of quotations": "“drug war,” he said, ",
    "one sentence of terms": "drug trafficking soldiers ",
    "opening marks": "‘",
    "straight marks": 'b "a" ',
    "dashes": "—A-",
    "sentences": f"{PROSE} ",
}
ANALYSED = 120  # seconds for all analyses of one megabyte
ANALYSE = """
import sys
from helpers.articles.copies import find_pairs
from helpers.articles.load import read_articles
from helpers.codebook.hits import find_hits, list_sentences
from helpers.codebook.terms import load_codebook
from helpers.measures.contexts import collocates, concordance
from helpers.measures.keyness import count_words, find_names
from helpers.readings import quotations, responsibility, undertakings, unlisted, voices
from helpers.readings.actors import find_actors, load_actors
from helpers.text.split import split_sentences, split_words

articles, codebook = read_articles(sys.argv[1])[0], load_codebook()
actors, said = load_actors(), quotations.load_verbs()
sentences = split_sentences(articles)
words, hits, named = split_words(sentences), find_hits(sentences, codebook), find_actors(sentences, actors)
quoted = quotations.find_quotations(sentences, actors, said)
voices.give_voices(hits, quoted), voices.mark_hits(quoted, hits), list_sentences(hits, sentences)
unlisted.propose_actors(unlisted.find_unlisted(sentences, named, said), sentences, actors)
undertakings.find_commitments(sentences, undertakings.load_verbs())
rules = responsibility.load_rules(responsibility.load_categories())
responsibility.class_sentences(sentences, hits, named, rules)
concordance(sentences, codebook), collocates(sentences, codebook)
count_words(words), find_names(words), find_pairs(articles)
print(len(sentences), "sentences")
"""
READ = [(f"{PROSE}\n\n", unit, "txt", name) for name, unit in TEXTS.items()]
READ += [(f"<html><body><p>{PROSE}</p>", unit, "html", name) for name, unit in PAGES.items()]
READ += [(f"title,text,date\nTalks,{PROSE} <b>", unit, "csv", name) for name, unit in PAGES.items() if '"' not in unit]


@pytest.mark.parametrize(("head", "unit", "kind", "name"), READ, ids=[f"{name} in {kind}" for *_, kind, name in READ])
def test_a_megabyte_is_read_or_refused_in_time(tmp_path: Path, head: str, unit: str, kind: str, name: str) -> None:
    (tmp_path / "good.txt").write_text(PROSE)
    (tmp_path / f"bad.{kind}").write_text(head + unit * (SIZE // len(unit.encode())))
    assert "article" in read_bounded(tmp_path).said


@pytest.mark.parametrize("unit", CHAIN.values(), ids=CHAIN)
def test_a_megabyte_is_analysed_in_time(tmp_path: Path, unit: str) -> None:
    (tmp_path / "a.txt").write_text(f"{PROSE}\n\n" + unit * (SIZE // len(unit.encode())))
    ended = run_python(ANALYSE, tmp_path, seconds=ANALYSED)
    assert ended.code == 0 and "sentences" in ended.said and ended.megabytes < 3_000, ended
