"""A folder of output knows what it was made by."""

import ast
import re

from helpers.files.tables import SEEDS
from helpers.scale.output import rule_files

ROOT = SEEDS.parent
# Read by modules among the rules, but told otherwise (the codebook, by its terms) or of no effect on the output.
ELSEWHERE = {"codebook.csv", "expected.csv", "languages.csv"}


def test_the_rules_are_all_modules_on_which_the_output_depends():
    """What they import is one of them."""
    modules = [file for file in rule_files() if file.suffix == ".py"]
    rules = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in modules}
    for file in modules:
        nodes = ast.walk(ast.parse(file.read_text("utf-8")))
        imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
        missing = {module for module in imported if module.startswith("helpers.")} - rules
        assert not missing, f"{file} imports {missing}. Add them to RULES in helpers/scale/output.py."


def test_the_rules_are_all_lists_that_these_modules_read():
    lists = {file.name for file in rule_files() if file.suffix == ".csv"}
    for file in rule_files():
        read = set(re.findall(r'SEEDS / "([^"]+)"', file.read_text("utf-8"))) if file.suffix == ".py" else set()
        missing = read - lists - ELSEWHERE
        assert not missing, f"{file} reads {missing}. Add them to LISTS in helpers/scale/output.py."
        assert file.is_file()
