"""What readers from elsewhere meet first: versions, names and licences agree, and so do the Pythons tested."""

import json
import re
import tomllib

import yaml

from helpers.run import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_the_version_is_the_same_everywhere():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
    package = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    assert {PROJECT["version"], CITATION["version"], newest, package["version"]} == {PROJECT["version"]}


def test_zenodo_is_told_what_the_citation_says():
    told = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
    assert [told[name] for name in ("title", "license", "keywords")] == [
        CITATION[name] for name in ("title", "license", "keywords")
    ]
    assert told["creators"] == CITATION["authors"]


def test_the_oldest_python_that_is_promised_is_tested():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))["jobs"]
    pythons = jobs["systems"]["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == PROJECT["requires-python"]
    binder = (ROOT / "runtime.txt").read_text("utf-8").strip().removeprefix("python-")
    assert f"python:{binder}-" in (ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
