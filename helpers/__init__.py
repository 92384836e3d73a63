"""The functions that the notebooks share."""

import sys

# NLTK takes in SciPy's statistics where it finds SciPy, for measures that nothing here uses, and that takes longer than
# all else that a notebook imports. So it is kept from finding it. Who wants NLTK's Fisher test, its parsers or its
# wrapper of scikit-learn beside the helpers: import nltk first.
if "scipy" not in sys.modules and "nltk" not in sys.modules:
    sys.modules["scipy"] = None
    try:
        import nltk  # noqa: F401
    finally:
        del sys.modules["scipy"]
