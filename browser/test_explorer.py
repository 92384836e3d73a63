"""The explorer, from disk and with the network off: by keyboard, every mark, on a phone, on hostile text."""

import csv
import json
import os
import re
import subprocess

import pytest

from conftest import PYTHON, ROOT

PAGE = ROOT / "figures" / "explorer.html"
HERE = """() => {
    const mark = document.activeElement;
    return mark.closest("svg") && [mark.getAttribute("href"), mark.getAttribute("aria-label").split(": ")[1]];
}"""
OPENED = "href => location.hash === href && document.activeElement.getAttribute('aria-current') === 'true'"
LABELS = "() => [...document.querySelectorAll('#panels svg a')].map(mark => mark.getAttribute('aria-label'))"
# What gets out of a text shows: a script that runs, an element that none of ours is.
BAD = (
    "</script><script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'><base href='https://a.example/'>"
    "<!--<script> ${7*7} {{7*7}} <svg onload='window.harmed = 3'> \u202e 😀 "
)
HOSTILE = [
    {"title": BAD, "outlet": BAD, "url": "javascript:window.harmed=4", "text": f"{BAD} Soldiers fight the cartels."},
    {"title": "=cmd", "outlet": "=cmd", "url": "https://b.example/", "text": "=1+1 😀 soldiers. Café Ángel: the army."},
]
EXPLORE = (
    "import sys; from pathlib import Path; from helpers.articles.load import load_articles as load; "
    "from helpers.explorer.page import explore; Path(sys.argv[2]).write_bytes(explore(load(sys.argv[1])))"
)


@pytest.fixture
def explorer(open_page):
    """A function that opens an explorer offline; in the end it has asked for nothing but itself, and nothing failed."""
    pages = []

    def opened(file=PAGE, state="", **settings):
        page, asked, wrong = open_page(offline=True, **settings)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(file.as_uri() + state)
        pages.append((page, asked, wrong))
        return page

    yield opened
    for page, asked, wrong in pages:
        assert all(url.startswith((page.url.split("#")[0], "blob:")) for url in asked), asked
        assert not wrong
        page.context.close()


def test_the_keyboard_reaches_every_mark_and_opens_its_sentences(explorer):
    page = explorer()
    marks = page.locator("#panels svg a").count()
    page.locator(".skip").first.focus()
    reached = []
    for _ in range(2 * marks):
        page.keyboard.press("Tab")
        if mark := page.evaluate(HERE):
            page.keyboard.press("Enter")
            page.wait_for_function(OPENED, arg=mark[0])
            assert mark[1] in page.locator("#counts").inner_text()
            reached.append(mark[0])
        if len(reached) == marks:
            break
    assert len(set(reached)) == marks > 0
    page.go_back()
    page.wait_for_function("hash => location.hash === hash && state.frame !== undefined", arg=reached[-2])
    told = page.locator("#found").inner_text()
    page.reload()
    assert page.locator("#found").inner_text() == told


def test_every_mark_is_a_row_of_the_figures_numbers_and_lists_as_many_sentences(explorer):
    page, told = explorer(), {}
    for label in page.evaluate(LABELS):
        mark, counts = label.split(": ", 1)
        frame, date = mark.rsplit(", ", 1)
        for reading, carrying, whole in re.findall(r"(codebook|coders) ([\d,]+) of ([\d,]+)", counts):
            told[frame.replace(" ", "_"), date, reading] = int(carrying), int(whole)
    with (ROOT / "figures" / "03-frames-by-year.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["article"] != "all"]
    drawn = {
        (row["frame"], row["label"], row["reading"]): (int(row["carrying"]), int(row["sentences"])) for row in rows
    }
    assert told == drawn
    for (frame, date, reading), (carrying, _) in told.items():
        address = f"#frame={frame}&from={date}&to={date}&by={reading}"
        page.evaluate("hash => { location.hash = hash; show(); }", address)
        assert page.locator("#list li").count() == carrying, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_without_scrolling_sideways(explorer, scheme):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "color_scheme": scheme}
    page = explorer(**phone)
    for state in ("", "#view=concordance"):
        page.evaluate("hash => { location.hash = hash; show(); }", state)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#panels svg a").first.tap()
    page.locator("#list mark").first.wait_for()
    assert "frame=" in page.evaluate("location.hash")


@pytest.fixture(scope="module")
def hostile(collection, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    rows = [json.dumps(row | {"date": "2020-01-01", "article": f"a{n}"}) for n, row in enumerate(HOSTILE)]
    (folder / "articles.jsonl").write_text("\n".join(rows), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(collection)}
    command = [PYTHON, "-c", EXPLORE, str(folder / "articles.jsonl"), str(folder / "explorer.html")]
    subprocess.run(command, cwd=collection, env=environment, check=True)
    return folder / "explorer.html"


def test_hostile_text_does_nothing_and_is_shown(explorer, hostile):
    page = explorer(hostile)
    for state in ("", "#view=concordance", "#article=a0", "#words=army", "#__proto__=1", "#frame=%E0%A4%A"):
        page.goto(hostile.as_uri() + state)
        page.reload()
        assert page.evaluate("window.harmed") is None
        assert page.locator("base, img, iframe").count() == 0
        assert page.locator("[href^='javascript:']").count() == 0
    page.goto(hostile.as_uri() + "#words=angel")
    page.reload()
    assert page.locator("#list mark").all_inner_texts() == ["Ángel"]


def test_what_is_downloaded_starts_no_formula(explorer, hostile, tmp_path):
    page = explorer(hostile)
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "shown.csv")
    raw = (tmp_path / "shown.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert len(rows) > 1
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@"))]
