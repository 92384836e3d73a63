"""The line that says what a run is doing."""

import asyncio
import io

import pytest

from helpers.run import progress


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Screen(), io.StringIO()])
def test_the_line_moves_with_the_cells(stream, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", {True: 0.01, False: 0.01})

    async def run():
        shown = asyncio.create_task(progress.show_progress(20, stream))
        cell = [1]
        with progress.following("02-words.ipynb", cell, 12):
            await asyncio.sleep(0.05)
            cell[0] = 5
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)
        shown.cancel()

    asyncio.run(run())
    said = stream.getvalue()
    assert said.index("0 of 20") < said.index("4 of 20") < said.index("12 of 20")
    assert "02 (cell 5 of 12)" in said
    assert ("\n" in said) is not stream.isatty()
    assert not progress.AT
