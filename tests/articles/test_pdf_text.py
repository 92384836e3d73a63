"""A PDF is read column by column, without what its pages repeat at head and foot."""

import random

import pytest
from pypdfium2 import PdfDocument

from helpers.articles.load import list_removed, load_articles, read_articles
from helpers.articles.pdf_lines import lines_of
from helpers.articles.pdf_text import PAGE_NUMBER
from tests.articles.made import ONE, as_csv, reasons, write
from tests.articles.made_office import as_pdf

WORDS = "The officials met at the border and agreed to share what they knew about arms."


NAMES = "Agua Baja Casa Dama Este Faro Gato Hoja Isla Jefe".split()


def column(x, first, rows=8, top=600):
    """The lines of a column: two sentences, each over half of its lines; each begins with the next of NAMES."""
    half, lines = rows // 2, []
    for row in range(rows):
        name, begins, ends = NAMES[first + row // half], row % half == 0, row % half == half - 1
        words = f"{name} begins to speak in these" if begins else f"lines of what {name} had to say there"
        lines.append((x, top - 12 * row, f"{words}." if ends else words))
    return lines


def read(tmp_path, *pages, **how):
    return load_articles(write(tmp_path, "a.pdf", as_pdf(*pages, **how)))


def speakers(text):
    """Who begins to speak, in this order; each goes on until the next begins."""
    said = " ".join(text.split()).split(" begins to speak in these")
    first = [part.split()[-1] for part in said[:-1]]
    for name, part in zip(first, said[1:], strict=True):
        assert set(part.split()) & set(NAMES) <= {name, *first[first.index(name) + 1 : first.index(name) + 2]}
    return first


@pytest.mark.parametrize("order", ["by columns", "by rows"])
@pytest.mark.parametrize("places", [(60, 320), (40, 220, 400)])
def test_columns_are_read_one_after_the_other(tmp_path, places, order):
    lines = [line for n, x in enumerate(places) for line in column(x, 2 * n)]
    lines = sorted(lines, key=lambda line: (-line[1], line[0])) if order == "by rows" else lines
    text = read(tmp_path, [(60, 700, "A headline across all of the columns of this page", 22), *lines])["text"].iloc[0]
    assert speakers(text) == NAMES[: 2 * len(places)]


def set_apart(lines, width, size=6):
    """The lines with their words apart, as where both edges are even; the first and last words stand at the edges."""
    chance = random.Random(1)
    for x, y, line in lines:
        words = [*line.split(), "o" * chance.randint(1, 12)]
        step = (width - 0.5 * size * len(words[-1])) / (len(words) - 1)
        for place, word in enumerate(words):
            moved = chance.uniform(-0.3, 0.3) if 0 < place < len(words) - 1 else 0
            yield (x + step * (place + moved), y, word, size)


@pytest.mark.parametrize("rows", [10, 40])
@pytest.mark.parametrize("places", [(40, 310), (40, 220, 400)])
def test_columns_with_even_edges_are_read_one_after_the_other(tmp_path, places, rows):
    width = places[1] - places[0] - 20
    lines = [word for n, x in enumerate(places) for word in set_apart(column(x, 2 * n, rows), width)]
    lines = sorted(lines, key=lambda line: (-line[1], line[0]))
    text = read(tmp_path, [(40, 700, "A headline across all of the columns of this page", 22), *lines])["text"].iloc[0]
    assert speakers(text) == NAMES[: 2 * len(places)]


def test_words_set_apart_in_one_column_are_read_line_by_line(tmp_path):
    text = read(tmp_path, list(set_apart(column(40, 0, 40), 500)))["text"].iloc[0]
    assert speakers(text) == NAMES[:2]


@pytest.mark.parametrize("words", ["as on a sea", "gypsy", "Talks of the day"])
@pytest.mark.parametrize("how", ["/F1 12 Tf 60 700 Td", "/F1 1 Tf 12 0 0 12 60 700 Tm", "/F1 6 Tf 2 0 0 2 60 700 Tm"])
def test_a_line_is_as_high_as_its_font_is_large(words, how):
    with PdfDocument(as_pdf(f"BT {how} ({words}) Tj ET".encode())) as pdf:
        (line,) = lines_of(pdf[0].get_textpage())
    assert line.top - line.bottom == pytest.approx(12)
    assert (line.words, round(line.bottom)) == (words, 698)


def test_a_line_across_the_columns_divides_them(tmp_path):
    across = (
        60,
        480,
        "A line across both columns divides what is above it from what is below.",
        11,
    )
    page = [*column(60, 0), *column(320, 2), across, *column(60, 4, top=440), *column(320, 6, top=440)]
    assert speakers(read(tmp_path, page)["text"].iloc[0]) == NAMES[:8]


def test_numbers_beside_a_list_are_no_column(tmp_path):
    page = [line for n in range(8) for line in [(60, 700 - 20 * n, f"{n}."), (90, 700 - 20 * n, f"Point {n}: {WORDS}")]]
    received = read(tmp_path, page)["received"].iloc[0]
    assert received.split() == " ".join(f"{n}. Point {n}: {WORDS}" for n in range(8)).split()


def test_running_heads_and_page_numbers_are_cut_and_listed(tmp_path):
    pages = [[(60, 760, f"The Daily {n}"), *column(60, 2 * n, 12, 700), (300, 30, f"- {n} -")] for n in range(1, 4)]
    articles = read(tmp_path, *pages)
    assert speakers(articles["text"].iloc[0]) == NAMES[2:8]
    assert "Daily" not in articles["text"].iloc[0]
    cut = list_removed(articles)
    assert cut.loc[cut["reason"].str.contains("PDF"), "text"].tolist() == [
        words for n in range(1, 4) for words in (f"The Daily {n}", f"- {n} -")
    ]


@pytest.mark.parametrize("words", ["12", "- 12 -", "Page 3 of 9", "p. 12", "xiv", "3/9", "Seite 4"])
def test_a_page_number_is_known_by_itself(words):
    assert PAGE_NUMBER.fullmatch(words)


@pytest.mark.parametrize("words", ["2012.", "civil", "mix", "12 rifles", "I. The north", "$12.5"])
def test_the_end_of_a_sentence_is_no_page_number(words):
    assert not PAGE_NUMBER.fullmatch(words)


def test_a_sentence_goes_on_over_columns_and_pages(tmp_path):
    first = [(60, 600 - 12 * n, f"The line {n} of a long sentence is here") for n in range(6)]
    first = [(x, y, words if n == 0 else words.lower()) for n, (x, y, words) in enumerate(first)]
    second = [(60, 600, "and it ends on the next page."), (60, 560, ONE)]
    text = read(tmp_path, first, second)["text"].iloc[0]
    assert "sentence is here and it ends on the next page.\n\n" in text


def test_paragraphs_begin_by_indent_by_distance_and_after_a_short_line(tmp_path):
    wide = "Officials of both countries met at the border and talked about arms"
    page = [
        (60, 700, wide), (60, 688, "for a day and a night, and then for another day, until they agreed."),
        (75, 676, wide), (60, 664, "for a day. They left."),
        (60, 652, wide), (60, 640, "for a day and a night, and then for another day, until they agreed."),
        (60, 610, wide), (60, 598, "for a day."),
    ]  # fmt: skip
    received = read(tmp_path, page)["received"].iloc[0].split("\n")
    assert [paragraph.startswith(wide) for paragraph in received] == [True] * 4


def test_a_word_divided_at_the_end_of_a_line_is_left_for_mending(tmp_path):
    page = [(60, 700, "Officials of both countries met and talked about the traf-"), (60, 688, "ficking of arms.")]
    assert read(tmp_path, page)["received"].tolist() == [
        "Officials of both countries met and talked about the traf-\nficking of arms."
    ]


def test_the_largest_letters_of_the_first_page_are_the_headline(tmp_path):
    page = [
        (60, 760, "The Daily of the whole north"),
        (60, 720, "Talks end", 24),
        (60, 690, "By Jane Doe"),
        *column(60, 0),
    ]
    articles = read(tmp_path, page)
    assert articles[["title", "byline"]].to_numpy().tolist() == [["Talks end", "Jane Doe"]]


def test_a_scan_is_told_and_so_is_a_page_without_text(tmp_path):
    write(tmp_path, "a.pdf", as_pdf([], []))
    write(tmp_path, "b.pdf", as_pdf([(60, 700, ONE)], []))
    articles, left_out = read_articles(tmp_path)
    assert articles["file"].tolist() == ["b.pdf"]
    assert left_out["kept"].tolist() == [False, True]
    assert "scan" in left_out["why"].iloc[0]
    assert "page 2" in left_out["why"].iloc[1]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (as_pdf(b" " * 50_000_000), "unpacked its pages would be"),
        (as_pdf(*[b"BT /F1 9 Tf 9 9 Td " + b"(Officials met) Tj " * 50_000 + b"ET"]), "more than"),
        (b"%PDF-1.4\nnothing", "a damaged PDF"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, raw, why):
    write(tmp_path, "b.csv", as_csv([{"text": ONE}]))
    write(tmp_path, "a.pdf", raw)
    assert [told[: len(why)] for _, _, told in reasons(tmp_path)] == [why]
