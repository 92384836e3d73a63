"""How every page writes names, lists and numbers."""

import html
import re

import pandas as pd

from helpers.text.characters import visible

CODERS = {"person": "people", "model": "a language model"}
MOST_WORDS, MOST_NUMBERS = 45, 12  # of a verdict
LONGEST = 80  # letters of a frame's name
# What Markdown or HTML reads; and what MathJax reads or what makes an address a link, which a backslash does not stop.
ACTIVE = re.compile(r"([`*_\[\]<>|~#&])|([$\\@]|:(?=//)|(?<=[wW]{3})\.)")
ENDLESS = re.compile(r"\S{60}(?=\S)")


def plain(frame: str) -> str:
    """A frame's name as it is read: a very long one is cut.

    >>> plain("public_health")
    'public health'
    """
    return short(frame.replace("_", " "), LONGEST)


def short(name: str, most: int) -> str:
    """A name in so many letters; of a longer one the first, and "…".

    >>> short("merida initiative", 17), short("merida initiative", 8)
    ('merida initiative', 'merida…')
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def listed(words, most: int = 8) -> str:
    """Words as a sentence lists them; of more than `most` the first ones and how many more.

    >>> listed(["one", "two", "three"]), listed("abcde", 3)
    ('one, two and three', 'a, b, c and more (2)')
    """
    words = list(map(str, words))
    if len(words) > most:
        return f"{', '.join(words[:most])} and more ({len(words) - most:,})"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def part_of(part: int, whole: int) -> str:
    """A count of a whole, "none" where it is zero.

    >>> part_of(4, 13), part_of(0, 13)
    ('4 of 13', 'none')
    """
    return f"{part:,} of {whole:,}" if part else "none"


def percent(share: float) -> str:
    """A share as a percentage, with one decimal below ten per cent.

    >>> percent(0.321), percent(0.0214), percent(0)
    ('32%', '2.1%', '0%')
    """
    return f"{share:.1%}" if 0 < share < 0.0995 else f"{share:.0%}"


def p_value(value: float) -> str:
    """A p-value to three decimals; halves go up, so that 1 / 16 is 0.063.

    >>> p_value(0.0625), p_value(0.0001)
    ('0.063', '< 0.001')
    """
    return f"{value + 1e-9:.3f}" if value >= 0.001 else "< 0.001"


def sentence(words: str) -> str:
    """The words with a capital at their start; all others stay as they are.

    >>> sentence("finance rises in the US")
    'Finance rises in the US'
    """
    return words[:1].upper() + words[1:]


def escaped(value) -> str:
    """A value as text whose characters mean nothing to Markdown, to HTML or to MathJax, which JupyterLab applies too.

    MathJax reads two dollar amounts as a formula, unless each sign stands in an element of its own; an address becomes
    a link, unless such an element breaks it. A word without end may be broken where it is shown.

    >>> print(escaped("a|b *c* <d> $5 https://e.fr"))
    a\\|b \\*c\\* \\<d\\> <span>\\$</span>5 https<span>\\:</span>//e.fr
    """
    text = ENDLESS.sub("\\g<0>\0", visible(re.sub(r"[\n\r]", " ", str(value))))
    return ACTIVE.sub(_inert, text).replace("\0", "<wbr>")


def escaped_html(value) -> str:
    """A value as text inside an HTML element, where Markdown reads nothing, but MathJax does.

    >>> print(escaped_html("a|b *c* <d> $5"))
    a|b *c* &lt;d&gt; <span>&#36;</span>5
    """
    text = html.escape(ENDLESS.sub("\\g<0>\0", visible(" ".join(str(value).split()))))
    return re.sub(r"[$\\]", lambda sign: f"<span>&#{ord(sign[0])};</span>", text).replace("\0", "<wbr>")


def marked(template: str, **about) -> str:
    """A template in Markdown, filled; whatever is text in it is escaped.

    >>> marked("**{name}**: {count:,}", name="a*b", count=1200)
    '**a\\\\*b**: 1,200'
    """
    return template.format(**{name: escaped(told) if isinstance(told, str) else told for name, told in about.items()})


def fenced(lines: str) -> str:
    """Lines as a block that Markdown shows as it stands: its fence is longer than any within.

    >>> print(fenced("a,b\\n"))
    ```
    a,b
    ```
    """
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`+", lines))])
    return f"{fence}\n{visible(lines)}{fence}"


def without_elements(text: str) -> str:
    """Escaped text without the elements that `escaped` puts in for JupyterLab, for pages that read Markdown only."""
    return re.sub(r"<span>(\\?.)</span>|<wbr>", r"\1", text)


def _inert(sign: re.Match) -> str:
    return f"\\{sign[1]}" if sign[1] else f"<span>\\{sign[2]}</span>"


def length_in_words(text: str) -> int:
    """How many words a sentence has, numbers included; marks alone are none.

    >>> length_in_words("Falls from 4 of 13 (2008) – slowly.")
    7
    """
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def count_numbers(text: str) -> int:
    """How many numbers it has; "4 of 13" has two, a year or a date is one.

    >>> count_numbers("Falls from 4 of 13 (2008) to 1,200.")
    4
    """
    return len(re.findall(r"\d+(?:[.,:·-]\d+)*", text))


def fits(text: str) -> bool:
    """Whether a verdict can be read at once: at most 45 words and 12 numbers."""
    return length_in_words(text) <= MOST_WORDS and count_numbers(text) <= MOST_NUMBERS


def first_that_fits(verdicts) -> str:
    """Of several ways to say the same, the first that can be read at once; else the last, the shortest."""
    verdicts = list(verdicts)
    return next(filter(fits, verdicts), verdicts[-1])


def who_coded(kinds: pd.Series) -> str:
    """Who the coders are: people, a language model, or both. "" where there are none.

    kinds  of the judgements that count: person, model
    """
    return " and ".join(name for kind, name in CODERS.items() if kinds.eq(kind).any())
