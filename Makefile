# Rust, a C compiler and Python 3 with pip are all that this needs; the rest comes into .runtime/ (see setup/setup.py).

PYTHON ?= python3
TARGET := $(or $(CARGO_TARGET_DIR),target)
CONFIG ?= examples/quickstart/lockgate.yaml

# The compression library under pingora is built with cmake: the system's, or else the one that set-up brought.
CMAKE ?= $(or $(shell command -v cmake),$(CURDIR)/.runtime/cmake/cmake/data/bin/cmake)
export CMAKE PYTHON

# nextest where the machine has it: the same tests, each in a process of its own.
NEXTEST := $(shell cargo nextest --version >/dev/null 2>&1 && echo nextest)

.DEFAULT_GOAL := help
.PHONY: help setup run check test lint bench schema clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Bring what building needs into .runtime/, without root
	@$(PYTHON) setup/setup.py build

run: setup ## Run the gate on 127.0.0.1:8080 with a demo upstream behind it
	cargo run -p lockgate -- demo

check: setup ## Validate and explain a configuration: make check CONFIG=my.yaml
	cargo run -q -p lockgate -- check --config $(CONFIG)

test: ## Run every test, the real SDKs against the real binary among them
	@$(PYTHON) setup/setup.py test
	cargo build --workspace --bins --tests --examples
ifeq ($(NEXTEST),nextest)
	cargo nextest run --workspace --no-fail-fast
	cargo test --workspace --doc
else
	cargo test --workspace --no-fail-fast
endif
	cargo test -p lockgate-errors --features tower tower
	cargo test -p lockgate-errors --features tower --doc tower

lint: setup ## Check the format and the lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy -p lockgate-errors --all-targets --features tower -- -D warnings

bench: ## Compare the gate with bare pingora and nginx, time the model, and count what problems cost
	@$(PYTHON) setup/setup.py bench
	cargo build --release -p lockgate -p lockgate-tests -p lockgate-models -p lockgate-errors --bins --examples
	$(TARGET)/release/lockgate-bench
	$(TARGET)/release/examples/time_engines
	$(TARGET)/release/examples/token_table
	cargo bench -q -p lockgate-errors --bench render -- --quiet --warm-up-time 1 --measurement-time 2

schema: setup ## Print the JSON Schema of the configuration
	@cargo run -q -p lockgate -- schema

clean: ## Remove what was built and what was brought
	cargo clean
	rm -rf .runtime
