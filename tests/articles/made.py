"""Articles made for tests, and files of every kind that hold them."""

import csv
import io
import json
import zipfile

import pandas as pd

from helpers.articles.load import list_left_out

ONE = "Mexico and the United States agreed on Tuesday to share intelligence on cartels."
TWO = "Peña Nieto’s officials said that arms go south; “we shall act,” they said."
ROWS = [{"id": "x1", "text": ONE, "date": "2012-02-27"}, {"id": "x2", "text": TWO, "date": "2012-03"}]
PAGE = f"""<html><head><title>A summit | The Daily</title><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2012-02-27T23:10:00-06:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "dateModified": "2012-03-01"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>A summit</h1>
{"".join(f"<p>{ONE} {TWO} This is paragraph {n} of the story, and long enough to be one.</p>" for n in range(5))}
</article><footer>Copyright The Daily. All rights reserved.</footer></body></html>"""


def as_csv(rows, delimiter=","):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_jsonl(rows):
    return "\n".join(map(json.dumps, rows)).encode()


def as_parquet(rows):
    file = io.BytesIO()
    pd.DataFrame(rows).to_parquet(file)
    return file.getvalue()


def as_zip(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("_", "."), raw)
    return file.getvalue()


def write(folder, name, raw):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return folder / name


def reasons(source, **options):
    return [(row.row, row.kept, row.why) for row in list_left_out(source, **options).itertuples()]
