# Tidewatch. `make help` lists the targets; docs/deploy.md explains the distributed forms.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Optional folder with servers and labelled data (kafka/, influxdb/, data/); everything works without it.
SERVERS ?= ../shared
# make demo: port of the page, output folder, and a CSV file to replay.
PORT ?= 8080
OUT ?= out
DATA ?=
# make local: Kafka brokers, 1 or 3.
BROKERS ?= 1
# The tools of the distributed forms.
DOCKER ?= docker
KUBECTL ?= kubectl

export SERVERS PORT OUT DATA BROKERS DOCKER COMPOSE KUBECTL KUBECONFIG IMAGE_LOAD

.PHONY: help demo test bench results bench-line bench-cost bench-pause bench-scale build local local-down up down check-compose check-kube clean simulate faults faults-report

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

demo: ## every service in one process, page at http://localhost:PORT; OUT=folder, DATA=file.csv to replay
	@infra/demo.sh

test: ## build, start real servers where they are found, run every test; last line: N passed, N failed, N skipped
	@infra/test.sh

SEEDS ?= 2000
simulate: ## the partition loop against a model broker: SEEDS=100000, FROM=first seed
	@dotnet build tests/Simulation -v q -nodeReuse:false -clp:NoSummary && SEEDS=$(SEEDS) tests/Simulation/bin/Debug/net10.0/Tidewatch.Simulation -noLogo -diagnostics

# A commit before first states in parts and before settings at an offset, whose alerts are byte for byte the present ones.
PREVIOUS ?= a4e3c4c
FAULTS = tests/Faults/bin/Release/net10.0/Tidewatch.Faults -noLogo -noColor -explicit only -method
faults: ## the fault matrix on real servers into docs/results/faults.md: KILLS=200 of row 1, SEED, LONG=1 for rows of minutes; ROWS=1,7,18a for some rows, PARTS=folder for their outcomes; PREVIOUS=commit that row 29 upgrades from
	@mkdir -p docs/results
	@dotnet build tests/Faults -c Release -v q -nodeReuse:false -clp:NoSummary && \
	  REPORT=$(if $(ROWS)$(PARTS),,$(CURDIR)/docs/results/faults.md) PARTS=$(abspath $(PARTS)) ROWS=$(ROWS) KILLS=$(KILLS) SEED=$(SEED) LONG=$(LONG) \
	  PREVIOUS=$(PREVIOUS) PREVIOUS_DETECTOR="$(if $(if $(ROWS),$(findstring 29,$(ROWS)),all),$$(infra/previous-detector.sh $(PREVIOUS)))" $(FAULTS) '*Matrix_EveryRow*'

faults-report: ## docs/results/faults.md put together of what several make faults PARTS=folder left in PARTS
	@dotnet build tests/Faults -c Release -v q -nodeReuse:false -clp:NoSummary && PARTS=$(abspath $(PARTS)) REPORT=$(CURDIR)/docs/results/faults.md $(FAULTS) '*Report_OfParts*'

build: ## the whole solution, Debug, warnings are errors
	@dotnet build Tidewatch.slnx -v q -nodeReuse:false

local: ## the services as processes against servers on this machine; BROKERS=3 for a replicated Kafka
	@infra/local.sh up

local-down: ## stops what `make local` started
	@infra/local.sh down

up: ## the suite by docker compose
	@infra/compose.sh up

down: ## takes the suite down, with its volumes
	@infra/compose.sh down

check-compose: ## brings the suite up, follows one alert from the generator to the mailbox, takes it down
	@infra/check-compose.sh

check-kube: ## the same in the cluster of KUBECONFIG, with the detector scaled 1 -> 2 -> 1; IMAGE_LOAD hands images over
	@infra/check-kube.sh

bench: ## speed, memory and allocation of every detector into docs/results/detectors.md
	@mkdir -p docs/results
	@dotnet build tests/Benchmarks -c Release -v q -nodeReuse:false && tests/Benchmarks/bin/Release/net10.0/Tidewatch.Benchmarks detectors docs/results/detectors.md

bench-line: ## the whole detector process on a real Kafka beside a bare exactly-once copy, into docs/results/thin-line.md
	@mkdir -p docs/results
	@dotnet build tests/Benchmarks -c Release -v q -nodeReuse:false && tests/Benchmarks/bin/Release/net10.0/Tidewatch.Benchmarks line 2000000 docs/results/thin-line.md

bench-cost: ## what transactions and snapshots cost the loop, and a restore from Redis, into docs/results/cost.md
	@mkdir -p docs/results
	@dotnet build tests/Benchmarks -c Release -v q -nodeReuse:false && tests/Benchmarks/bin/Release/net10.0/Tidewatch.Benchmarks cost 4000000 docs/results/cost.md

bench-pause: ## for how long a snapshot of 100,000 series in a partition holds up the loop, and what a crash mark costs a record, into docs/results/pause.md
	@mkdir -p docs/results
	@dotnet build tests/Benchmarks -c Release -v q -nodeReuse:false && tests/Benchmarks/bin/Release/net10.0/Tidewatch.Benchmarks pause 100000 docs/results/pause.md

MINUTES ?= 10
SERIES ?= 1000000
bench-scale: ## one detector with SERIES=1000000 series, a value a minute each, for MINUTES=10, into docs/results/scale.md
	@mkdir -p docs/results
	@dotnet build tests/Benchmarks -c Release -v q -nodeReuse:false && tests/Benchmarks/bin/Release/net10.0/Tidewatch.Benchmarks scale $(SERIES) $(MINUTES) docs/results/scale.md

results: ## the quality figures into docs/results; DATA=folder with nab, adbench, skab, smd, asd; ONLY="nab skab" for some
	@infra/results.sh

clean: ## removes build output, out/ and .local/
	@infra/local.sh down
	@find services shared tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	@rm -rf out .local
