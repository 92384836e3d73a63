import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from string import ascii_lowercase

import pytest

from helpers.articles import pdf_pages
from helpers.articles.pdf_pages import pages_of
from tests.articles.made_office import as_pdf

PDFS = [as_pdf([(60, 700, f"Page {number}")]) for number in range(30)]
LONG = as_pdf(*[[(60, 20 + 9 * line, "Officials met " * 9) for line in range(80)] for _ in range(40)])


def words_of(raw):
    return [line.words for page in pages_of(raw) for line in page]


def test_each_thread_has_the_answer_to_its_own_pdf():
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(words_of, PDFS)) == [[f"Page {number}"] for number in range(30)]


@pytest.mark.parametrize("of_group", [False, True])
def test_after_an_interruption_the_next_pdf_has_its_own_answer(of_group):
    reader = pdf_pages._reader(os.getpid())

    def interrupt():
        if of_group:  # as a terminal does, and Jupyter
            reader.send_signal(signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.1, interrupt)
    with pytest.raises(KeyboardInterrupt):
        timer.start()
        while True:
            pages_of(LONG)
    assert words_of(PDFS[3]) == ["Page 3"]


def test_a_reader_that_ended_while_it_waited_is_started_again():
    words_of(PDFS[1])
    pdf_pages._reader(os.getpid()).kill()
    pdf_pages._reader(os.getpid()).wait()
    assert words_of(PDFS[2]) == ["Page 2"]


def test_a_process_forked_while_a_pdf_is_read_reads_its_own():
    thread = threading.Thread(target=pages_of, args=[LONG])
    thread.start()
    if (child := os.fork()) == 0:
        signal.alarm(20)
        os._exit(words_of(PDFS[4]) != ["Page 4"])
    assert os.waitpid(child, 0)[1] == 0
    thread.join()


def test_pages_full_of_words_are_not_too_many_for_their_size(monkeypatch):
    drawn = random.Random(1)
    page = [(60, 20 + 9 * line, "".join(drawn.choices(ascii_lowercase, k=99))) for line in range(80)]
    raw = as_pdf(*9 * [page])
    monkeypatch.setattr(pdf_pages, "SIGNS", (0, pdf_pages.SIGNS[1]))
    assert len(pdf_pages._read(raw)) == 9
    monkeypatch.setattr(pdf_pages, "SIGNS", (0, 1))
    with pytest.raises(ValueError, match="too many"):
        pdf_pages._read(raw)
