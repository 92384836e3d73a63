"""Whatever a name or a text holds, a page shows it and does nothing else."""

import lxml.html
import mistune
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.findings import estimated, trust, voices
from helpers.findings.page import as_table
from helpers.findings.words import escaped, escaped_html, fenced, marked, plain, without_elements
from helpers.text.characters import visible

# As JupyterLab and GitHub read Markdown: with tables, strokes through words, and addresses that become links.
READ = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url", "footnotes", "task_lists"])
BARE = mistune.create_markdown(escape=True, plugins=["table"])  # as the report does
HARM = "<img src=x onerror=a()> [v](javascript:b()) ![u](http://e.fr/i) $x$ \\(y\\) "
HARM += "`c` | *d* __e__ # f &lt; www.e.fr a@b.fr"
TEXTS = st.text(st.one_of(st.sampled_from("\\`*_[]<>|~#&$@:/!(){}^+-.=1w \n\t\"'"), st.characters()), max_size=60)


def shown(markdown: str, read=READ):
    return lxml.html.fromstring(f"<main>{read(markdown)}</main>")


def words(text: str) -> str:
    return " ".join(text.split())


@given(TEXTS)
@example(HARM)
@example("https://a.example/b www.a.example a@b.example ftp://c")
@example("=1+1\n# a\n- b\n1. c\n    d\n---\n| e | f |\n| --- | --- |")
@example("x" * 10_000)
@example("\x00\x1b[31m\ud800\u202e\u2066\ufeff😀" + "Z" + "\u0351" * 50)
def test_any_text_is_shown_in_a_table_and_makes_no_element(text):
    for read, element in ((READ, "td"), (BARE, "td")):
        told = escaped(text) if read is READ else without_elements(escaped(text))
        page = shown(f"| a | b |\n| --- | --- |\n| x{told}x | c |", read)
        first, second = page.iter(element)
        assert words(first.text_content()) == words(f"x{visible(text.replace(chr(13), ' ').replace(chr(10), ' '))}x")
        assert {inner.tag for inner in first.iterdescendants()} <= {"span", "wbr"}
        assert second.text_content() == "c"
    assert "$" not in escaped(text).replace("<span>\\$</span>", "")


@given(TEXTS)
@example(HARM)
def test_any_text_is_shown_within_an_element(text):
    page = lxml.html.fromstring(f"<summary>x{escaped_html(text)}x</summary>")
    assert words(page.text_content()) == words(f"x{visible(' '.join(text.split()))}x")
    assert {inner.tag for inner in page.iterdescendants()} <= {"span", "wbr"}


@given(st.text(st.sampled_from('`~a,\n"=<'), max_size=40))
def test_a_block_ends_where_it_should(lines):
    lines = f"a{lines}b\n"
    page = shown(f"{fenced(lines)}\n\nafter")
    assert page.findtext(".//code") == lines and page[-1].text_content() == "after"


def test_a_template_is_markdown_and_what_fills_it_is_not():
    page = shown(marked("**{name}**: `{count:,}`", name="*a* <b>", count=1200))
    assert page.findtext(".//strong") == "*a* <b>" and page.findtext(".//code") == "1,200"


def test_a_name_without_end_is_cut():
    assert len(plain("x" * 10_000)) <= 80 and plain("public_health") == "public health"


@pytest.mark.parametrize("frame", [HARM[:80], "$x^2$ <script>a()</script>", "| `a` |", "x" * 500])
def test_no_finding_lets_a_frames_name_act(frame):
    """The sentences that a notebook shows as Markdown by themselves, and any table."""
    alphas = {"frame": frame, "alpha": 0.5, "low": 0.1, "high": 0.9, "sentences": 9, "coders": 2, "split": 1}
    plan = [{"frame": frame, "coded": 100, "sentences": 5000, "counted": 0.2, "reach": 0.1, "alone": True}]
    proposed = pd.DataFrame([{"actor": f"```\n{frame}", "kind": "person"}])
    told = {
        "a": trust.say_agreement(pd.DataFrame([alphas | {"kind": "person"}])),
        "b": estimated.say_plan("nobody", pd.DataFrame(plan)),
        "c": voices.say_unlisted(proposed),
        "d": as_table(pd.DataFrame({"frame": [frame], frame: ["y"]})),
    }
    for page in map(shown, told.values()):
        ours = [link.get("href") for link in page.iter("a")]
        assert all(link.startswith("13-") for link in ours)
        assert not list(page.iter("img", "script", "em", "del", "input", "h1"))
