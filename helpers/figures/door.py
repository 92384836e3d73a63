"""The only module that draws. Tables in, a figure out; `publish` is the one door out."""

from functools import cache, wraps
from pathlib import Path

import matplotlib
import matplotlib.dates
import pandas as pd
from IPython.display import Image, Markdown
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from helpers.files.outputs import MOST_BYTES, outputs_folder, write_numbers
from helpers.findings.words import short
from helpers.text.characters import visible

TICK, LINE = 50, 120  # letters that there is room for: of a name at an axis, of any other line
SHARP = 300  # dots per inch, where a drawing holds a picture
STYLE = Path(__file__).with_name("house.mplstyle")
CALENDAR = {"date.epoch": "1970-01-01T00:00:00", "timezone": "UTC"}  # a style may not set these


class Picture(Image):
    """A picture that says its title where it cannot be seen: to a screen reader, as plain text."""

    def __repr__(self) -> str:
        return self.alt


def in_house_style(draw):
    """Give a function that draws the looks of house.mplstyle, over Matplotlib's defaults and not over a reader's own;
    these are as they were when it is done."""

    @wraps(draw)
    def drawn(*args, **kwargs):
        """Draw as `draw` does, in the style of the house."""
        with plt.style.context(STYLE, after_reset=True), plt.rc_context(CALENDAR):
            return draw(*args, **kwargs)

    return drawn


@in_house_style
def publish(fig: Figure, numbers: pd.DataFrame, name: str) -> Picture | Markdown:
    """Write a figure as name.png and name.svg, and the numbers it draws as name.csv; close it and return the picture as
    it was written, for the notebook to show. A figure of a table without rows is left out; words are shown instead.

    Its title goes along: as alternative text, and as the title of both files. A drawing of more than a megabyte is
    thinned. The folder is that of `outputs_folder`.
    Same input, same bytes.
    """
    if numbers.empty:
        plt.close(fig)
        return Markdown("Nothing to draw.")
    folder, title = outputs_folder(), title_of(fig) or name
    _spell(fig)
    if fig.get_layout_engine():
        fig.get_layout_engine().execute(fig)
    with plt.rc_context({"figure.constrained_layout.use": False}):
        fig.set_layout_engine(None)  # laid out once, for both files
        whole = fig.get_tightbbox().padded(plt.rcParams["savefig.pad_inches"])
        fig.savefig(folder / f"{name}.png", bbox_inches=whole, metadata={"Software": None, "Title": title})
        drawing = {"fname": folder / f"{name}.svg", "bbox_inches": whole, "metadata": {"Date": None, "Title": title}}
        fig.savefig(**drawing)
        if drawing["fname"].stat().st_size > MOST_BYTES:
            _rasterize(fig)
            fig.savefig(**drawing, dpi=SHARP)
    write_numbers(numbers, name)
    plt.close(fig)
    return Picture(folder / f"{name}.png", alt=title)


def title_of(fig: Figure) -> str:
    """What a figure says it shows, in one line: its title, else that of its first panel that has one."""
    titles = [fig.get_suptitle(), *(ax.get_title(place) for ax in fig.axes for place in ("left", "center"))]
    line = " ".join(next(filter(None, titles), "").split())
    return "".join(letter for letter in line if letter.isprintable())


def _rasterize(fig: Figure) -> None:
    """Thousands of dots and lines become one picture within the drawing; words, axes and keys stay as they are."""
    for ax in fig.axes:
        for artist in [*ax.lines, *ax.collections, *ax.patches]:
            artist.set_rasterized(True)


def _spell(fig: Figure) -> None:
    """The figure with "?" for each character that its font has not: a letter of another script, an emoji. Names that
    there is no room for end in "…"."""
    for axis in [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]:
        labels = axis.get_ticklabels()
        if any(_spelt(label, TICK) != label.get_text() for label in labels):
            axis.set_ticks(axis.get_ticklocs(), [_spelt(label, TICK) for label in labels])
    for text in fig.findobj(matplotlib.text.Text):
        text.set_text(_spelt(text, LINE))


def _spelt(text: matplotlib.text.Text, most: int) -> str:
    lines = [short(line, most) for line in visible(text.get_text()).split("\n")]
    known = _letters(findfont(text.get_fontproperties()))
    return "\n".join("".join(letter if ord(letter) in known else "?" for letter in line) for line in lines)


@cache
def _letters(font: str) -> frozenset[int]:
    return frozenset(get_font(font).get_charmap())
