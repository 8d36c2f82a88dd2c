# Two commands for a newcomer: `make run` and `make test`. The rest is for those who work here.

DATA   ?= data
LISTEN ?= 127.0.0.1:8080

.PHONY: run test soak lint fmt codegen web screens prints bench bench-peers bench-large bench-screens clean-data help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: web ## build everything and serve with demo data on http://127.0.0.1:8080
	cargo run --release --package sanbao-sanbao -- \
	  serve --demo --data $(DATA) --listen $(LISTEN)

test: ## all tests, with seconds per suite; SUITES="lint rust" runs only those
	@scripts/test $(SUITES)

soak: ## the long variants: many kills, random histories, every rule taken away
	@scripts/test soak

lint: ## formatting and clippy only
	@scripts/test lint

fmt: ## format Rust
	cargo fmt --all

codegen: web/node_modules/.package-lock.json ## write the derived files anew
	cargo xtask codegen

web: web/dist/index.html ## build the web client

screens: ## draw docs/screens and docs/journey anew, 1440 and 390 px, zh and en
	@scripts/test screens

prints: ## draw docs/prints anew: every form of every pack on each paper it may lie on
	@SANBAO_PRINTS=$(CURDIR)/docs/prints scripts/test prints

bench: ## build a clean clone, measure it, and write docs/performance.md
	@scripts/bench

bench-peers: ## measure other engines of decision tables beside ours, into the same page
	@scripts/bench peers

bench-large: web/dist/index.html ## ask a company of a million cases and five million vehicles, into the same page
	@scripts/bench large

bench-screens: web/dist/index.html ## measure what a press costs in the browser, into the same page
	@scripts/bench screens

clean-data: ## forget the demo data
	rm -rf $(DATA)

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund

WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html \
  web/package.json web/vite.config.ts web/budget.ts

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@
