# `make run` and `make test` need only Python 3.11 or newer.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
READY := .venv/ready

.PHONY: help run test test-cluster generated train train-stories bench-quality benchmark bench-shapes bench-metadata \
	bench-facts bench-memory bench-sites bench-stories bench-queries fuzz audit trial-hostile trial-kill trial-disk trial-server trial-soak trial-schedule \
	trial-power-cut pictures lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/'

run: $(READY)  ## load the sample captures into warehouse/winnow.duckdb
	@$(BIN)/winnow run

test: $(READY)  ## check style and types, and run the whole test suite
	@echo "Checking style and types ..."
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/mypy
	@echo "Running the test suite ..."
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

test-cluster: .venv/bench-ready  ## try a Dask cluster and an S3 server of this machine (a minute or two)
	@$(BIN)/pytest tests/flows/test_dask.py tests/flows/test_addresses.py

generated: $(READY)  ## regenerate the files that come from the declared tables and rules
	@$(BIN)/python -m flows.generated

train: .venv/bench-ready  ## train and measure the models: make train BENCH=folder CORRECTIONS=file (an hour)
	@$(BIN)/python -m tests.benchmarks.train $(BENCH) --cache $(or $(CACHE),/tmp/winnow-bench) \
		$(if $(CORRECTIONS),--corrections $(CORRECTIONS))

train-stories: $(READY)  ## train the weights of links: make train-stories BENCH=folder (some minutes)
	@$(BIN)/python -m tests.benchmarks.train_stories $(BENCH)

bench-quality: .venv/bench-ready  ## compare quality with other tools: make bench-quality BENCH=folder
	@$(BIN)/python -m tests.benchmarks.quality $(BENCH) --cache $(or $(CACHE),/tmp/winnow-bench)

benchmark: .venv/bench-ready  ## compare CPU time with other tools: make benchmark BENCH=folder (half an hour)
	@$(BIN)/python -m tests.benchmarks.speed $(BENCH)
	@$(BIN)/python -m tests.benchmarks.end_to_end $(BENCH)

bench-shapes: $(READY)  ## measure wrapped, Markdown and one-line text: make bench-shapes BENCH=folder
	@$(BIN)/python -m tests.benchmarks.shapes $(BENCH)

bench-metadata: $(READY)  ## compare titles, authors and dates with trafilatura: make bench-metadata BENCH=folder
	@$(BIN)/python -m tests.benchmarks.metadata $(BENCH)

bench-facts: $(READY)  ## measure facts on hand-labelled articles, and their cost: make bench-facts BENCH=folder
	@$(BIN)/python -m tests.benchmarks.facts $(BENCH)

bench-memory: $(READY)  ## measure the peak memory of a run of 1,702 texts: make bench-memory BENCH=folder
	@$(BIN)/python -m tests.benchmarks.memory $(BENCH) --texts $(or $(TEXTS),1702)

bench-sites: .venv/bench-ready  ## measure what the memory of sites gains: make bench-sites BENCH=folder (half an hour)
	@$(BIN)/python -m tests.benchmarks.site_memory $(BENCH) --cache $(or $(CACHE),/tmp/winnow-bench)

bench-stories: $(READY)  ## score stories on labelled articles; with BENCH=folder, link its texts too (some minutes)
	@$(BIN)/python -m tests.benchmarks.stories $(BENCH)

bench-queries: $(READY)  ## time the queries of docs/queries.md on a large warehouse: make bench-queries FILE=big.duckdb
	@$(BIN)/python -m tests.benchmarks.queries $(FILE)

fuzz: $(READY)  ## try made-up inputs, so many minutes a target: make fuzz MINUTES=20
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),20) --seed $(or $(SEED),1)

trial-hostile: $(READY)  ## hostile files among so many good ones: make trial-hostile GOOD=500 (some minutes)
	@$(BIN)/python -m tests.trials.hostile --ordinary $(or $(GOOD),500)

audit:  ## compare the locked dependencies with the advisory databases (needs the network and pip-audit)
	@$(or $(UV),uv)x pip-audit -r requirements.lock --require-hashes --disable-pip

trial-kill: $(READY)  ## kill runs at random instants: make trial-kill RUNS=200 (half an hour)
	@$(BIN)/python -m tests.trials.kill --runs $(or $(RUNS),200) --seed $(or $(SEED),1)

trial-disk: $(READY)  ## fill the disk during runs, as root: make trial-disk RUNS=40 (some minutes)
	@$(BIN)/python -m tests.trials.disk --runs $(or $(RUNS),40) --seed $(or $(SEED),1)

trial-server: $(READY)  ## kill the Prefect server during runs: make trial-server RUNS=5 (some minutes)
	@$(BIN)/python -m tests.trials.server --runs $(or $(RUNS),5) --seed $(or $(SEED),1)

trial-soak: $(READY)  ## sixty nights in one process: make trial-soak NIGHTS=60 (a quarter of an hour)
	@$(BIN)/python -m tests.trials.soak --nights $(or $(NIGHTS),60) --seed $(or $(SEED),1)

trial-schedule: $(READY)  ## sixty nights of a served schedule: make trial-schedule NIGHTS=60 (40 minutes)
	@$(BIN)/python -m tests.trials.schedule --nights $(or $(NIGHTS),60) --seed $(or $(SEED),1)

trial-power-cut: $(READY)  ## kill a served schedule at random instants: make trial-power-cut CUTS=4 (some minutes)
	@$(BIN)/python -m tests.trials.power_cut --cuts $(or $(CUTS),4) --seed $(or $(SEED),1)

pictures: $(READY)  ## pictures of the site for the README, from the samples (needs Chromium)
	@$(BIN)/python -m tests.benchmarks.pictures

lock:  ## resolve the dependencies and write the lock files (needs uv)
	uv pip compile pyproject.toml --extra documents --extra test --universal --generate-hashes --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra documents --extra test --extra bench --extra dask --extra s3 --universal --generate-hashes --no-header -q \
		-c requirements.lock -o requirements-bench.lock

clean:  ## remove the environment and the caches of the tools
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Compile the byte code once here: it halves the time of imports.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Winnow needs Python 3.11 or newer, and found none; install it or set PYTHON=..." >&2; exit 2; }
	@echo "Creating the environment in .venv with $(PYTHON) and $(if $(UV),uv,pip) (a minute or two the first time) ..."
ifneq ($(UV),)
	@uv venv -q --allow-existing --python $(PYTHON) .venv
	@uv pip install -q --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements.lock
	@uv pip install -q --python $(BIN)/python --no-deps -e .
else
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
endif
	@touch $@

# The training and comparison tools, added to the same environment.
.venv/bench-ready: $(READY) requirements-bench.lock
	@echo "Adding the training and comparison tools to .venv ..."
ifneq ($(UV),)
	@uv pip install -q --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements-bench.lock
else
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
endif
	@touch $@
