"""The seed corpus, read once for all tests; and how nbval runs the notebooks here: kernels that no user's settings
reach, and pictures compared by their pixels."""

import base64
import hashlib
import io
import os
import platform
import sys
import tempfile
from pathlib import Path

import nbval.kernel
import pytest
from hypothesis import settings
from nbval.plugin import IPyNbCell
from PIL import Image

from helpers.articles.load import load_articles
from helpers.run.execute import kernel_environment
from helpers.run.kernels import PATIENCE
from helpers.text.split import split_sentences

settings.register_profile("house", deadline=None)  # a slow machine is no failure
settings.load_profile("house")
for name in ("SOURCE", "CODEBOOK"):
    os.environ.pop(name, None)  # what is tested here is the collection
os.environ.update(kernel_environment(Path(os.environ.get("FRESH") or tempfile.mkdtemp())))
start_new_kernel = nbval.kernel.start_new_kernel


def start_kernel(**settings):
    """A kernel that does not answer is started once more, as in `make run`."""
    first, second = PATIENCE
    try:
        return start_new_kernel(**settings | {"startup_timeout": first})
    except RuntimeError:
        return start_new_kernel(**settings | {"startup_timeout": second})


nbval.kernel.start_new_kernel = start_kernel


@pytest.fixture(scope="session")
def articles():
    return load_articles()


@pytest.fixture(scope="session")
def sentences(articles):
    return split_sentences(articles)


def pytest_collection_modifyitems(items):
    """nbval leaves pictures out of its comparison: put them back, as a digest of size and pixels."""
    for item in items:
        if isinstance(item, IPyNbCell):
            item.parent.skip_compare = tuple(key for key in item.parent.skip_compare if not key.startswith("image/"))
            item.sanitize = digest_of_picture


# Elsewhere the last bits of a computation differ, and with them the edge of a line.
SAME_PIXELS = sys.platform == "linux" and platform.machine() == "x86_64"


def digest_of_picture(output, exact=SAME_PIXELS):
    """An output as it is compared: text as it stands, a PNG as the digest of what it shows."""
    if not (isinstance(output, str) and output.startswith("iVBORw0KGgo")):
        return output
    if not exact:
        return "picture"
    picture = Image.open(io.BytesIO(base64.b64decode(output))).convert("RGBA")
    return f"picture {picture.size} {hashlib.sha256(picture.tobytes()).hexdigest()}"
