"""The report of a reader's run: complete, inert, and every link opens."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image, PngImagePlugin

from helpers.articles.load import read_articles
from helpers.findings.words import escaped
from helpers.run.report import write_report
from helpers.text.split import split_sentences

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\N{RIGHT-TO-LEFT OVERRIDE}'\""
STORY = "Officials met on Tuesday and agreed to stop arms trafficking. The cartels fought back in several towns."


class Page(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def notebook_of(question, verdict):
    shown = f"**Answer.** {escaped(verdict)}\n\n| frame | finding |\n| --- | --- |\n| {escaped(HOSTILE)} | falls |"
    output = new_output("display_data", {"text/markdown": shown, "text/plain": "…"})
    text = f"# {question}\n\n[next](02-next.ipynb) [gone](09-gone.ipynb) [figure](../figures/01-findings.csv)"
    notebook = new_notebook(cells=[new_markdown_cell(text), new_code_cell("1", outputs=[output])])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    return notebook


@pytest.fixture
def brought(tmp_path):
    """A reader's articles, with one that cannot be used, and the folder that a run has filled."""
    source, own = tmp_path / "mine & <b>yours", tmp_path / "own" / "2024-01-01-mine-0badcafe"
    for folder in (source, own / "notebooks", own / "figures"):
        folder.mkdir(parents=True)
    rows = [
        {
            "title": HOSTILE,
            "text": f"{STORY} {HOSTILE}",
            "outlet": HOSTILE,
            "date": "2021-02-03",
            "url": "javascript:0",
        },
        {"title": "=1+1", "text": STORY.replace("Tuesday", "Friday"), "outlet": "=cmd|'/c calc'!A1", "date": ""},
        {"title": "no text", "text": "", "outlet": "", "date": ""},
    ]
    (source / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    articles, left_out = read_articles(source)
    sentences = split_sentences(articles)
    sentences[["article", "sentence", "text"]].to_csv(own / "sentences.csv", index=False)
    first = articles["article"].iloc[0]
    (own / "figures" / "01-findings.csv").write_text(
        f'frame,finding,ids\narms_control,falls,{first}:1 {first}:2\nall,"@SUM(1)",\n', "utf-8"
    )
    (own / "figures" / "explorer.html").write_text("")
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "Arms control falls")
    Image.new("RGB", (9, 9)).save(own / "figures" / "01-dots.png", pnginfo=words)
    for kind in ("svg", "csv"):
        (own / "figures" / f"01-dots.{kind}").write_text("")
    notebooks = {"01-first.ipynb": notebook_of("Did it fall?", HOSTILE), "02-next.ipynb": notebook_of("Why?", "No.")}
    ran = {Path("notebooks") / name: notebook for name, notebook in notebooks.items()}
    return own, ran, {"SOURCE": str(source)}, articles, left_out, sentences, ["08-lost.ipynb"], []


def pages_of(own):
    return {file: file.read_text("utf-8") for file in sorted(own.rglob("*.html")) if file.stem != "explorer"}


def test_what_comes_from_outside_is_text_in_every_page(brought):
    write_report(*brought)
    pages = pages_of(brought[0])
    assert len(pages) == 3
    for text in pages.values():
        page = Page(text)
        assert not [tag for tag, _ in page.tags if tag in {"script", "iframe", "object", "base", "form", "link"}]
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        sources = [attributes["src"] for _, attributes in page.tags if "src" in attributes]
        assert all(source.startswith("data:image/png;base64,") for source in sources)
        (policy,) = [own["content"] for tag, own in page.tags if tag == "meta" and "http-equiv" in own]
        assert policy.startswith("default-src 'none';") and "script" not in policy and "unsafe" not in policy
        assert "49" not in re.sub('base64,[^"]*', "", text)
    assert "mine &amp; &lt;b&gt;yours" in pages[brought[0] / "report.html"]


def test_every_link_opens_a_file_or_a_place_in_the_page(brought):
    write_report(*brought)
    for file, text in pages_of(brought[0]).items():
        page = Page(text)
        places = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
        for link in [attributes["href"] for tag, attributes in page.tags if tag == "a"]:
            path, _, place = link.partition("#")
            assert (file.parent / unquote(path)).is_file() if path else place in places, f"{file.name}: {link}"
    first = (brought[0] / "notebooks" / "01-first.html").read_text("utf-8")
    assert 'href="02-next.html"' in first


def test_the_report_tells_what_came_in_what_failed_and_where_the_sentences_are(brought):
    text = html.unescape(write_report(*brought).read_text("utf-8"))
    assert "no text" not in brought[3]["title"].tolist() and brought[4]["why"].iloc[0] in text
    assert "08-lost.ipynb" in text
    assert '<img src="data:' in text and 'alt="Arms control falls"' in text
    assert "figures/explorer.html#frame=arms_control" in text
    assert text.count("Officials met on Tuesday and agreed") == 1
    assert "0badcafe" in text and "@software{" in text


def test_the_same_run_gives_the_same_bytes(brought):
    own = brought[0]
    write_report(*brought)
    before = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    write_report(*brought)
    assert {file: file.read_bytes() for file in own.rglob("*") if file.is_file()} == before
