# make run   executes every notebook and draws every figure
#            SOURCE=path: on your own articles, CODEBOOK=path: by your own codebook; everything goes to own/
#            SHEET=name: which sheet of your spreadsheets is read, if not the first
# make test  checks everything, as .ci/run does
# make lab   opens JupyterLab on the whole collection (SOURCE=path, CODEBOOK=path: on copies of the notebooks in own/)
# make bench measures it against other tools (CORPUS='folder/*.jsonl.xz': on real articles)
# make site  writes it all as web pages, site/built/html/index.html: the stored outputs, nothing is executed
# make browser opens notebooks and pages in a real Chromium (BROWSER=required: it is a failure that there is none)
# make faults tries what could break it: hostile inputs, full disks, kills (some 15 minutes; `make test` tries the quick ones)
# make lock  writes requirements.txt anew from pyproject.toml

PYTHON ?= python3
BIN = .venv/bin
export PYTHONPATH := $(CURDIR)

# Paths reach Python in the environment, as they were typed: neither make nor a shell reads the $, ; or quotes in them.
override SOURCE := $(value SOURCE)
override CODEBOOK := $(value CODEBOOK)
override CORPUS := $(value CORPUS)
override SHEET := $(value SHEET)
export SOURCE CODEBOOK CORPUS SHEET

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
	.venv-site/bin/sphinx-build -q -W -c site -d site/built/doctrees . site/built/html
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

# An environment that is there is added to, never emptied; one that is a link belongs to somebody else.
define environment
@if [ -L $(1) ]; then echo "$(1) is a link to $$(readlink $(1)): make would install into what it points to. Remove the link (rm $(1)) and try again: make then sets up a $(1) of its own." >&2; exit 1; fi
@if [ -e $(1) ]; then echo "Installing the versions of $(2) into $(1). What you installed there besides them stays."; else echo "Setting up $(1); this takes a minute."; fi
@PYTHONPATH= $(1)/bin/python -m pip --version >/dev/null 2>&1 || PYTHONPATH= $(PYTHON) -m venv $(1)
endef

.venv/made: requirements.txt pyproject.toml
	$(call environment,.venv,requirements.txt)
	@PYTHONPATH= $(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	@$(BIN)/uv pip install --quiet --system-certs --compile-bytecode --python $(BIN)/python -r requirements.txt
	@touch .venv/made

.venv-%/made: %/requirements.txt
	$(call environment,.venv-$*,$<)
	@PYTHONPATH= .venv-$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.PHONY: run test lab bench site browser faults lock
