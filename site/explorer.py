"""The explorer for the site. The articles are third-party texts: only sentences in which a frame is found go there."""

import sys
from pathlib import Path

from helpers.articles.load import load_articles
from helpers.explorer.page import explore
from helpers.files.tables import SEEDS

page = Path(sys.argv[1])
page.parent.mkdir(parents=True, exist_ok=True)
page.write_bytes(explore(load_articles(SEEDS), hits_only=True))
