# `make demo` and `make test` are all a new machine needs: each sets itself up first (.ci/setup).
# POSIX make and sh only. `make PYTHON=/path/to/python3 setup` names an interpreter.
.POSIX:
.PHONY: help setup demo test check lock clean
BIN = .venv/bin
# Every extra that the lock holds; `slurm` is left out (it needs a cluster).
EXTRAS = --extra dev

help: ## these lines
	@sed -n 's/^\([a-z]*\): .*## /make \1	/p' Makefile

setup: ## make .venv from requirements.lock (nothing to do when it is there)
	@PYTHON="$(PYTHON)" sh .ci/setup

demo: setup ## run the demo experiment on the shipped corpus
	@echo "demo: framing run experiment=demo"
	@$(BIN)/framing run experiment=demo

test: setup ## the whole test suite
	@echo "test: pytest"
	@$(BIN)/python -m pytest

check: setup ## format, lint, types, import contract, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		$(EXTRAS) --output-file requirements.lock pyproject.toml

clean: ## remove .venv and every cache; outputs/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find framing tests -name __pycache__ -type d -prune -exec rm -rf {} +
