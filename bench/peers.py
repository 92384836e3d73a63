"""How long other tools take for the same articles, each in its simplest form.

`python bench/peers.py TOOL FILE EVERY CODEBOOK` reads one article in EVERY and prints as JSON: seconds, bytes (of text
read), words. Loading the tool and reading the file are not timed.
"""

import json
import sys
import time

import pyarrow.parquet as pq


def nltk_words(texts, terms):
    from nltk.tokenize import MWETokenizer, NLTKWordTokenizer

    words = NLTKWordTokenizer()
    phrases = MWETokenizer([term.split() for term in terms if " " in term and "*" not in term])
    began = time.perf_counter()
    count = sum(len(phrases.tokenize([word.lower() for word in words.tokenize(text)])) for text in texts)
    return began, count


def spacy_phrases(texts, terms):
    import spacy
    from spacy.matcher import PhraseMatcher

    english = spacy.blank("en")
    english.max_length = 10_000_000
    matcher = PhraseMatcher(english.vocab, attr="LOWER")
    matcher.add("term", [english.make_doc(term) for term in terms if "*" not in term])
    began = time.perf_counter()
    count = 0
    for document in english.pipe(texts):
        matcher(document)
        count += len(document)
    return began, count


def sklearn_counts(texts, _terms):
    from sklearn.feature_extraction.text import CountVectorizer

    began = time.perf_counter()
    return began, int(CountVectorizer().fit_transform(texts).sum())


if __name__ == "__main__":
    tool, file, every, codebook = sys.argv[1:]
    with open(codebook, encoding="utf-8") as lines:
        rows = [line.split(",")[1] for line in lines]
    texts = pq.read_table(file, columns=["text"])["text"].to_pylist()[:: int(every)]
    started, words = globals()[tool](texts, rows[1:])
    taken = time.perf_counter() - started
    print(json.dumps({"seconds": taken, "bytes": sum(len(text.encode()) for text in texts), "words": words}))
