# Everything is set up on first use: `make demo` to see the program, `make test` to check it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench accuracy clean

.venv/.ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[calendars]' --group dev
	touch $@

demo: .venv/.ready
	$(BIN)/python -m tests.site.demo

lint: .venv/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest

bench: .venv/.ready
	$(BIN)/python -m benchmarks

accuracy: .venv/.ready
	$(BIN)/python -m benchmarks.accuracy

clean:
	rm -rf .venv build *.egg-info
