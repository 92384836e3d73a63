"""Archives, tables and documents that become far more than they are: each is read or left out, and the others kept."""

from pathlib import Path

import pytest

from faults.bounded import READ, run_python
from faults.made import FILES, GOOD


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_or_refused_within_its_bounds(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.csv").write_bytes(GOOD)
    (tmp_path / name).write_bytes(FILES[name]())
    ended = run_python(READ.replace("out[", "out.head()["), tmp_path, seconds=60)
    assert ended.code == 0 and "Traceback" not in ended.said, ended
    assert ended.seconds < 15 and ended.megabytes < 500, ended  # of at most 1.6 MB, on a machine that others use
    assert not ended.said.startswith("0")
