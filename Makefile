# make run   executes every notebook and draws every figure
#            SOURCE=path: on your own articles, CODEBOOK=path: by your own codebook; everything goes to own/
#            SHEET=name: which sheet of your spreadsheets is read, if not the first
# make test  checks everything, as .ci/run does
# make lab   opens JupyterLab on the whole collection (SOURCE=path, CODEBOOK=path: on copies of the notebooks in own/)
# make bench measures it against other tools (CORPUS='folder/*.jsonl.xz': on real articles)
# make site  writes it all as web pages, site/built/html/index.html: the stored outputs, nothing is executed
# make browser opens notebooks and pages in a real Chromium (BROWSER=required: it is a failure that there is none)
# make faults tries what could break it: hostile inputs, full disks, kills (some 40 minutes; `make test` tries the quick ones)
# make lock  writes requirements.txt anew from pyproject.toml

PYTHON ?= python3
BIN = .venv/bin
export PYTHONPATH := $(CURDIR)

# Paths reach Python in the environment, as they were typed: neither make nor a shell reads the $, ; or quotes in them.
# One that is given but empty reaches it too, for that is a slip.
GIVEN := $(foreach name,SOURCE CODEBOOK CORPUS SHEET,$(if $(filter-out undefined,$(origin $(name))),$(name)))
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name)))$(eval export $(name)))

run: .venv/made
	@$(BIN)/python -m helpers.run

test: .venv/made
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf .fresh
	FRESH="$$PWD/.fresh" $(BIN)/python -m pytest --nbval --nbval-current-env -n 2 --dist loadfile -q notebooks
	FRESH="$$PWD/.fresh" $(BIN)/python -m pytest -n 2 -q

lab: .venv/made
	@$(BIN)/python -m helpers.run lab

bench: .venv/made .venv-bench/made
	$(BIN)/python bench/run.py "$$CORPUS"

site: .venv/made .venv-site/made
	rm -rf site/built
	.venv-site/bin/python -m sphinx -q -W -c site -d site/built/doctrees . site/built/html
	@$(BIN)/python site/explorer.py site/built/html/figures/explorer.html
	@echo "To read the site, open site/built/html/index.html in a browser."

browser: .venv/made .venv-browser/made
	.venv-browser/bin/python -m pytest -q -c browser/pytest.ini browser

faults: .venv/made
	$(BIN)/python -m pytest -q faults

lock: .venv/made
	echo '# Every package, pinned for all systems and Pythons at once. Written by `make lock` from pyproject.toml, where the reasons stand.' > requirements.new
	echo '-e .' | $(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --no-header --no-annotate --quiet - >> requirements.new
	mv requirements.new requirements.txt

# helpers/run/environment.py sets up an environment beside its place and puts it there when it is complete; it is called
# where the pins are newer, or the Python in the environment does not run any more.
broken = $(if $(wildcard $(1)/made),$(shell $(1)/bin/python -I helpers/run/environment.py 2>/dev/null || echo anew))

.SECONDEXPANSION:
.venv/made: requirements.txt $$(call broken,.venv)
	@$(PYTHON) -I helpers/run/environment.py .venv $<

.venv-%/made: %/requirements.txt $$(call broken,.venv-$$*) | .venv/made
	@$(PYTHON) -I helpers/run/environment.py .venv-$* $<

.PRECIOUS: .venv/made .venv-%/made
.PHONY: anew run test lab bench site browser faults lock
