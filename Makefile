# Every target sets itself up: only Python 3.11+, make and the package index are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-training check bench clean

demo: $(VENV)/demo.stamp
	$(BIN)/verbatim analyze data/samples/hotel_reviews.csv --text review --by hotel \
		--outcome rating --taxonomy hospitality --out demo-out/hotels --overwrite
	$(BIN)/verbatim analyze data/samples/telecom_nps.csv --text comment --by segment \
		--outcome score --taxonomy telecom --out demo-out/telecom --overwrite
	@echo "Open demo-out/hotels/report.html and demo-out/telecom/report.html"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest

# Apart from `test`: what it needs is large, and no user needs it.
test-training: $(VENV)/test.stamp $(VENV)/train.stamp
	$(BIN)/python -m pytest --doctest-modules training

check: $(VENV)/check.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks all
	$(BIN)/python -m benchmarks.coverage
	$(BIN)/python -m benchmarks.recovery
	$(BIN)/python -m benchmarks.scoring

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# One stamp per set of extras; a changed pyproject.toml installs again.
$(VENV)/demo.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/%.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

clean:
	rm -rf $(VENV) build dist demo-out .mypy_cache .pytest_cache .ruff_cache .hypothesis
