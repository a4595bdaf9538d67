# Every recipe is one line that can be pasted where there is no make (write .venv/bin for $(BIN)).
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help dev site test serve bench soak first-note regenerate

help:  ## say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1@\2/p' Makefile | awk -F@ '{printf "%-18s%s\n", $$1, $$2}'

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]" -c constraints.txt && touch $@

dev: $(STAMP)  ## the virtual environment and the commit hooks
	if git rev-parse --git-dir >/dev/null 2>&1; then $(BIN)/pre-commit install; fi

site: $(STAMP)  ## check the bindings, execute the notebooks, build the site into build/site
	$(BIN)/memhon bindings check
	$(BIN)/memhon site build
	@echo "The site is built: open build/site/index.html through 'make serve'."

test: $(STAMP)  ## every check: style, types, imports, drift, site, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/memhon bindings check
	$(BIN)/python tests/support/browser.py
	$(BIN)/python tests/support/npm.py
	$(BIN)/python tests/support/postgres.py
	$(BIN)/python tests/support/poppler.py
	$(BIN)/memhon site build
	$(BIN)/pytest -n 2 --dist loadfile
	$(BIN)/pytest tests/site/lighthouse.py

serve: $(STAMP)  ## build and serve the site and a sandbox; what is saved shows at once
	$(BIN)/memhon site serve

bench: $(STAMP)  ## ratios against lxml, xmlschema and Sphinx; growth, hostile input, foreign schemas, signatures and their diagnosis, printed notes, the usage report, notebooks, the site
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/hostile.py
	$(BIN)/python tests/bench/foreign_schemas.py
	$(BIN)/python tests/bench/security.py
	$(BIN)/python tests/bench/diagnosis.py
	$(BIN)/python tests/bench/diagnosis_page.py
	$(BIN)/python tests/bench/pdf.py
	$(BIN)/python tests/bench/usage.py
	$(BIN)/python tests/bench/successor.py
	$(BIN)/python tests/bench/notebooks.py
	$(BIN)/python tests/bench/site_build.py

soak: $(STAMP)  ## a long load on sandbox and store: throughput, a million rows, 100 times kill -9
	PYTHONPATH=tests/support $(BIN)/python tests/bench/soak.py

first-note: $(STAMP)  ## seconds from a fresh clone to an accepted, signed deposit
	$(BIN)/python tests/bench/first_note.py

regenerate: $(STAMP)  ## write generated/memhon_bindings anew from xsd/, and the printed note into the examples
	$(BIN)/memhon bindings regenerate
	PYTHONPATH=tests/support $(BIN)/python tests/support/printed_examples.py
