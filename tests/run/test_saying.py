"""A run's lines, and its errors: one line, with the file and what to do."""

import errno
import os
import subprocess
import sys

import pytest

from helpers.run import ROOT, collection
from helpers.run import __main__ as command
from helpers.run.ready import require_folders
from helpers.run.saying import REMEDIES, say_fault

ERRORS = [OSError(number, os.strerror(number), "own/a.csv") for number in REMEDIES]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: errno.errorcode[error.errno])
def test_what_the_system_refuses_is_said_with_the_file(error):
    said = say_fault(error)
    assert said.startswith("own/a.csv: ") and "\n" not in said


def test_a_fault_of_ours_is_said_with_its_place():
    try:
        raise KeyError("two\nlines")
    except KeyError as error:
        assert "test_saying.py" in say_fault(error) and "\n" not in say_fault(error)


@pytest.mark.parametrize(
    "error", [MemoryError(), ImportError("cannot map"), OSError(errno.ENOSPC, "full"), KeyError(1)]
)
def test_no_traceback_reaches_the_command_line(monkeypatch, capsys, error):
    def fail(**_):
        raise error

    monkeypatch.setattr(collection, "run", fail)
    assert command.main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stopped_run_says_so(monkeypatch, capsys):
    def stop(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(collection, "run", stop)
    assert command.main([]) == 130
    assert "Nothing was changed" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs /dev/full and sh")
@pytest.mark.parametrize("how", ["> /dev/full", ">&-", "| true", "2>&- >&-", "> /dev/full 2>&1"])
def test_lines_that_nobody_takes_stop_nothing(tmp_path, how):
    code = "from helpers.run.saying import any_output_will_do, say; any_output_will_do(); import time\n"
    code += f"for n in range(9): say('line'); time.sleep(.02)\nopen({str(tmp_path / 'end')!r}, 'w').write('there')"
    (tmp_path / "lines.py").write_text(code)
    settings = {"env": os.environ | {"PYTHONPATH": str(ROOT)}, "capture_output": True, "text": True}
    ended = subprocess.run(["sh", "-c", f"{sys.executable} {tmp_path / 'lines.py'} {how}"], **settings)
    assert (tmp_path / "end").read_text() == "there"
    assert "Traceback" not in ended.stderr and "Exception" not in ended.stderr
    if "2>" not in how and how != ">&-":
        assert ended.stderr.count("line\n") >= 1


def test_a_file_where_a_folder_should_be_is_named(tmp_path):
    (tmp_path / "own").write_text("mine")
    for folder in (tmp_path / "own", tmp_path / "own" / "2026" / "figures"):
        with pytest.raises(ValueError, match="own: is a file"):
            require_folders(folder)
    require_folders(tmp_path / "new" / "folder")
    assert not (tmp_path / "new").exists()
