# Tidewatch. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Optional folder with servers and labelled data (kafka/, influxdb/, data/); everything works without it.
SERVERS ?= ../shared
# make demo: port of the page, output folder, and a CSV file to replay.
PORT ?= 8080
OUT ?= out
DATA ?=

export SERVERS PORT OUT DATA

.PHONY: help demo test build clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

demo: ## every service in one process, page at http://localhost:PORT; OUT=folder, DATA=file.csv to replay
	@infra/demo.sh

test: ## build, start real servers where they are found, run every test; last line: N passed, N failed, N skipped
	@infra/test.sh

build: ## the whole solution, Debug, warnings are errors
	@dotnet build Tidewatch.slnx -v q -nodeReuse:false

clean: ## removes build output, out/
	@find services shared tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	@rm -rf out
