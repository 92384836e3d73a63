"""Articles made for tests, and files that hold them."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.scale import code_corpus

BOOK = pd.DataFrame([("a", "arms"), ("b", "US")], columns=["frame", "term"])
ARTICLES = [
    {"id": "The Post /1", "published": "2012-03-04", "text": "Peña asked for “arms”; the US, he said, had none."},
    {"id": "7", "published": "2013-05", "text": 'Arms again.\nA "second" line.'},
    {"id": "", "published": "2014", "text": "No arms at all."},
    {"id": "x:y", "published": "", "text": "<p>The US sold arms.</p><p>It did.</p>"},
    {"id": "no text", "published": "2015", "text": " "},
]


def code(source, out, *, codebook=BOOK, **settings):
    with ThreadPoolExecutor(1) as pool:
        return code_corpus(source, out, pool, codebook=codebook, **settings)


def csv_of(articles, divider=","):
    sink = io.StringIO()
    pd.DataFrame(articles).to_csv(sink, index=False, sep=divider)
    return sink.getvalue()


def jsonl_of(articles):
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def parquet_of(articles):
    sink = io.BytesIO()
    pd.DataFrame(articles).to_parquet(sink)
    return sink.getvalue()


def write(folder, texts, dates=None, rows=2, name="articles.parquet"):
    dates = dates or [f"20{10 + i % 3}-02-03" for i in range(len(texts))]
    table = pa.table({"article": [f"x{i}" for i in range(len(texts))], "date": dates, "text": texts})
    folder.mkdir(exist_ok=True)
    pq.write_table(table, folder / name, row_group_size=rows)
    return folder / name


def contents(out):
    return {file.relative_to(out): file.read_bytes() for file in sorted(out.rglob("*.parquet"))}
