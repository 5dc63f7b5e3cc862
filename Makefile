# Clientele. `make` lists what there is.

# So that the paths named here and in the README are true whatever the caller's setting.
export CARGO_TARGET_DIR := $(CURDIR)/target

.DEFAULT_GOAL := help
.PHONY: help run dev build test test-db test-db-stop bench audit format

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start on SQLite (data/clientele.db); prints what to open
	@.ci/need rust
	cargo run --package bundle -- dev
	cargo run --package server -- serve

dev: ## Like run, and again whenever a file changes
	@.ci/need rust
	@.ci/dev

build: ## Build the one file to deploy, target/release/clientele
	@.ci/need rust
	cargo run --package bundle -- release
	cargo build --release --package server
	@ls -lh target/release/clientele

test: ## Run all checks and tests; gets npm and PyPI packages, Chromium, Apache and a temporary PostgreSQL
	@.ci/test

test-db: ## Start a temporary PostgreSQL for `cargo test`; prints the line to export
	@.ci/test-db start

test-db-stop: ## Stop and remove it
	@.ci/test-db stop

bench: build ## Measure pages and tokens, with oidc-provider from npm beside ours; PART=pages or PART=tokens for one
	@.ci/need rust postgres peer
	CLIENTELE_BIN=$(CURDIR)/target/release/clientele .ci/test-db run cargo run --release --package bench -- $(PART)

audit: ## Check licences, banned crates and, where reachable, security advisories
	@.ci/audit

format: ## Format the Rust code
	cargo fmt --all
