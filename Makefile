# Everything is set up on first use: `make demo` to see the program, `make test` to check it.
PYTHON ?= python3
BIN := .venv/bin
# What to measure on, where it is there: a folder of *.html.gz with expected.jsonl beside it, and one of English *.txt.
PAGES ?= ../shared/pages/pages
TEXTS ?= ../shared/corpora/en/dev

.PHONY: demo test lint bench accuracy clean
.SILENT:

.venv/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	echo 'Setting up .venv: a minute or two, once.'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[calendars]' --group dev
	touch $@

demo: .venv/.ready
	$(BIN)/python -m tests.site.demo

lint: .venv/.ready
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --check; exit 1; }
	$(BIN)/mypy --no-error-summary
	said=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$said"; exit 1; }

test: lint
	$(BIN)/pytest --quiet --numprocesses auto

bench: .venv/.ready
	$(BIN)/python -m benchmarks --saved $(PAGES) --texts $(TEXTS)

accuracy: .venv/.ready
	$(BIN)/python -m benchmarks.accuracy

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
