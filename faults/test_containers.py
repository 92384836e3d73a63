"""Archives, tables and documents that become far more than they are: each is read or left out, and the others kept."""

from pathlib import Path

import pytest

from faults.bounded import READ, run_python
from faults.made import FILES, GOOD

MAKE = "import sys; from pathlib import Path; from faults.made import FILES; file = Path(sys.argv[1]); "
MAKE += "file.write_bytes(FILES[file.name]())"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_or_refused_within_its_bounds(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.csv").write_bytes(GOOD)
    # Made in a program of its own: what this one had in memory would count as that of its children.
    assert run_python(MAKE, tmp_path / name, seconds=60).code == 0
    ended = run_python(READ.replace("out[", "out.head()["), tmp_path, seconds=60)
    assert ended.code == 0 and "Traceback" not in ended.said, ended
    assert ended.seconds < 15 and ended.megabytes < 500, ended  # of at most 1.6 MB, on a machine that others use
    assert not ended.said.startswith("0")
