# `make` alone lists the targets.

SOURCES = Package.swift Sources Tests Benchmarks
KAVIER = .build/release/kavier
# What `make conformance` replays, and where `make install` puts the program.
LOG ?= Examples/conformance/vllm-0.32
PREFIX ?= /usr/local

.DEFAULT_GOAL := help
.PHONY: help build release test lint format examples bench conformance docs install clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build everything for debugging, tests included
	swift build --build-tests

release: ## Build the program: .build/release/kavier
	swift build -c release --product kavier

test: ## Run all tests
	swift test

lint: ## Check the style of every Swift file
	swift format lint --strict --recursive $(SOURCES)

format: ## Put every Swift file into that style
	swift format --in-place --recursive $(SOURCES)

examples: release ## Run every example that needs no trace
	@for file in $$(grep -L '^  trace:' Examples/*.yaml); do \
	  echo "$(KAVIER) simulate $$file"; $(KAVIER) simulate "$$file" > /dev/null || exit; \
	done

bench: ## Measure the engine's speed
	swift run -c release kavier-bench

conformance: release ## Compare with a real engine's log: make conformance LOG=DIR
	$(KAVIER) conformance $(LOG)

docs: ## Build the pages of Docs as a DocC archive: .build/Kavier.doccarchive
	Docs/build .build/Kavier.doccarchive

install: release ## Copy the program to PREFIX/bin: make install PREFIX=DIR
	install -D $(KAVIER) $(DESTDIR)$(PREFIX)/bin/kavier

clean: ## Remove what was built
	swift package clean
