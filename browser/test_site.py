"""Every page of the site, from disk and with the network off. `make site` builds it."""

import pytest

from conftest import ROOT

SITE = ROOT / "site" / "built" / "html"
PAGES = sorted(file for file in SITE.rglob("*.html") if "_static" not in file.parts)
NEEDS = "The site is not built. Type `make site` first."


@pytest.mark.skipif(not PAGES, reason=NEEDS)
@pytest.mark.parametrize("width", [1400, 390])
def test_every_page_opens_and_asks_for_nothing_elsewhere(open_page, width):
    page, asked, wrong = open_page(offline=True, viewport={"width": width, "height": 900})
    page.on("requestfailed", lambda request: wrong.append(f"not there: {request.url}"))
    for file in PAGES:
        page.goto(file.as_uri())
        assert page.title(), file
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{file.relative_to(SITE)} is {wide} pixels wide on a screen of {width}"
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not wrong
    page.context.close()


@pytest.mark.skipif(not PAGES, reason=NEEDS)
def test_the_search_finds_pages_without_a_server(open_page):
    page, asked, wrong = open_page(offline=True)
    page.goto((SITE / "search.html").as_uri() + "?q=cartel")
    page.locator("#search-results a").first.wait_for()
    assert not wrong
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.context.close()
