"""Articles for several tests."""

import pytest

from helpers.scale import work
from tests.scale.made import write


@pytest.fixture
def many(tmp_path, monkeypatch):
    """Articles in eight batches."""
    monkeypatch.setattr(work, "BATCH", 60_000)
    texts = [f"Arms trafficking, no. {i}. The war on drugs is not over in the US. " * 300 for i in range(16)]
    return write(tmp_path / "in", texts), texts
