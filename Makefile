# `make` alone lists the targets.

SOURCES = Package.swift Sources Tests Benchmarks Examples
# The program as it is handed out has Swift's libraries inside, so that it runs where Swift is not.
# Its objects are not those of `swift run`, so they have a folder of their own.
RELEASE = -c release --static-swift-stdlib --scratch-path .build-dist
KAVIER = .build-dist/release/kavier
# What `make conformance` replays, and where `make install` puts the program.
LOG ?= Examples/conformance/vllm-0.32
PREFIX ?= /usr/local
# When packages were made, for them to be the same bytes again.
export SOURCE_DATE_EPOCH ?= $(or $(shell git log -1 --format=%ct 2> /dev/null),$(shell date +%s))
# The plans that `make fuzz` draws.
SEED ?= 1000000
COUNT ?= 10000
# What `make profile` fits to, and what it makes of it.
CASES ?= ../shared/data/groundtruth
PROFILE = Sources/ServingModel/Catalog/CalibrationProfile+Kavier202611.swift

# How long `make fuzz-inputs` tries inputs, and how many processes do it.
SECONDS ?= 120
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help build release test fuzz fuzz-inputs mutants lint format examples bench instructions \
  conformance profile outputs reference docs install uninstall dist deb clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build everything for debugging, tests included
	swift build --build-tests

release: ## Build the program: .build-dist/release/kavier, which runs without Swift
	swift build $(RELEASE) --product kavier

test: ## Run all tests
	swift test

fuzz: ## Hold the engine against its reference for long: make fuzz SEED=0 COUNT=10000
	KAVIER_FUZZ_SEED=$(SEED) KAVIER_FUZZ_COUNT=$(COUNT) swift test --filter "without number"

mutants: ## Tell which one-line faults no test notices: make mutants ONLY=3-9,Tournament
	Tests/Mutants/run $(ONLY)

lint: ## Check the style of every Swift file
	swift format lint --strict --recursive $(SOURCES)

format: ## Put every Swift file into that style
	swift format --in-place --recursive $(SOURCES)

examples: release ## Run every example that needs no trace
	@for file in $$(grep -L -e '^  trace:' -e '^axes:' Examples/*.yaml); do \
	  echo "$(KAVIER) simulate $$file"; $(KAVIER) simulate "$$file" > /dev/null || exit; \
	done
	swift build $(RELEASE) --product kavier-embedding
	.build-dist/release/kavier-embedding

bench: ## Measure the engine's speed
	swift build $(RELEASE) --product kavier-bench
	.build-dist/release/kavier-bench

instructions: ## Hold the engine's instructions a request to their budgets; takes valgrind
	Benchmarks/instructions

fuzz-inputs: ## Feed broken input to every reader: make fuzz-inputs SEED=1 SECONDS=120 (or INPUTS=N)
	swift build $(RELEASE) --product kavier-fuzz
	.build-dist/release/kavier-fuzz --seed $(SEED) --workers $(WORKERS) \
	  $(if $(INPUTS),--count $(INPUTS),--seconds $(SECONDS))

conformance: release ## Compare with a real engine's log: make conformance LOG=DIR
	$(KAVIER) conformance $(LOG)

profile: release ## Fit the shipped calibration profile anew: make profile CASES=DIR
	$(KAVIER) calibrate --from $(CASES) --prior none --name kavier-2026.11 --swift $(PROFILE) \
	  --source "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD"
	swift format --in-place $(PROFILE)

outputs: ## Put what the program prints now into the pages
	UPDATE_PAGES=1 swift test --filter PagesTests

reference: ## Write Docs/ScenarioReference.md from the program
	swift build --product kavier
	.build/debug/kavier explain --format markdown > .build/ScenarioReference.md
	mv .build/ScenarioReference.md Docs/ScenarioReference.md

docs: ## Build the pages of Docs as a DocC archive: .build/Kavier.doccarchive
	Docs/build .build/Kavier.doccarchive

install: ## Install the program, its manual, completions and pages: make install PREFIX=DIR
	@Packaging/writable "$(DESTDIR)$(PREFIX)"
	@$(if $(and $(SUDO_USER),$(wildcard $(KAVIER))),,$(MAKE) --no-print-directory release)
	@Packaging/install $(KAVIER) "$(DESTDIR)$(PREFIX)"

uninstall: ## Remove them: make uninstall PREFIX=DIR
	@Packaging/uninstall "$(DESTDIR)$(PREFIX)"

dist: release ## Pack an archive that runs without Swift: dist/kavier-VERSION-linux-ARCH.tar.gz
	@Packaging/dist $(KAVIER) dist

deb: release ## Pack a Debian package: dist/kavier_VERSION_ARCH.deb
	@Packaging/deb $(KAVIER) dist

clean: ## Remove what was built
	swift package clean
	rm -rf .build-dist dist
