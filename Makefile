# `make help` lists the targets.

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
SHELL := /bin/bash

PREFIX ?= /usr
DESTDIR ?=
RELEASE ?= bookworm
NODE ?= 1
KEEP ?=
TEST_FILTER ?=
QUICK ?=
ONLY ?=
SOAK ?= 15
FAULTS ?= 50
SEED ?= 7
DISTRO ?= 12
NODES ?= 3
AGENT ?= ours
ONLY_FAULT ?=
CASES ?= 1000000
TARGET ?=

rid := $(if $(filter aarch64 arm64,$(shell uname -m)),linux-arm64,linux-x64)
# Programs of .NET look for the runtime in fixed places only; an SDK that was unpacked elsewhere is found by its command.
DOTNET_ROOT ?= $(patsubst %/,%,$(dir $(shell readlink -f "$$(command -v dotnet)" 2>/dev/null)))
ifneq ($(DOTNET_ROOT),)
export DOTNET_ROOT
endif

agent := out/ovndb-servers
published := agent/bin/Release/net10.0/$(rid)/publish/ovndb-servers
bench := src/OvndbOcf.Bench/bin/Release/net10.0/bench
campaign := src/OvndbOcf.Campaign/bin/Release/net10.0/campaign
cli := src/OvndbOcf.Simulation.Cli/bin/Release/net10.0/cluster
fuzz := tests/OvndbOcf.Fuzzing/bin/Release/net10.0/OvndbOcf.Fuzzing
unit-tests := tests/OvndbOcf.UnitTests/bin/Release/net10.0/OvndbOcf.UnitTests
cluster-tests := tests/OvndbOcf.ClusterTests/bin/Release/net10.0/OvndbOcf.ClusterTests

dotnet-flags := -c Release --nologo -v quiet -clp:ErrorsOnly

find-sources = $(sort $(shell find $(1) -name bin -prune -o -name obj -prune -o -type f -print)) $(wildcard *.props *.targets global.json .editorconfig)
agent-sources := $(filter-out src/OvndbOcf.Simulation% src/OvndbOcf.Bench% src/OvndbOcf.Campaign%,$(call find-sources,agent src))
all-sources := $(call find-sources,src tests)

.PHONY: build install images test test-long mutation fuzz bench campaign demo cluster-up cluster-down cluster-shell cluster-status clean help FORCE

build: $(agent)

# Lists of the sources, rewritten only when one appeared or vanished: a file that is gone has no time stamp to compare.
ifneq ($(strip $(file <out/agent-sources)),$(agent-sources))
out/agent-sources: FORCE
endif
ifneq ($(strip $(file <out/all-sources)),$(all-sources))
out/all-sources: FORCE
endif
out/agent-sources: sources = $(agent-sources)
out/all-sources: sources = $(all-sources)
out/agent-sources out/all-sources:
	@mkdir -p out
	@echo '$(sources)' > $@

$(agent): $(agent-sources) out/agent-sources
	@container/setup/ensure-native-toolchain
	@echo "==> compiling the agent to a native executable (about a minute)"
	dotnet publish agent $(dotnet-flags) -r $(rid)
	@container/setup/check-executable $(published)
	@install -m 755 $(published) $@
	@echo "==> $@ is ready"

install: build
	install -D -m 755 $(agent) "$(DESTDIR)$(PREFIX)/lib/ocf/resource.d/ovn/ovndb-servers"
	install -D -m 644 agent/ovndb-servers.dtd "$(DESTDIR)$(PREFIX)/share/resource-agents/ovndb-servers.dtd"

$(cli): $(filter src/%,$(all-sources)) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building the cluster simulation"
	dotnet build src/OvndbOcf.Simulation.Cli $(dotnet-flags)
	@touch $@

$(bench): $(filter src/%,$(all-sources)) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building the benchmark"
	dotnet build src/OvndbOcf.Bench $(dotnet-flags)
	@touch $@

$(campaign): $(filter src/%,$(all-sources)) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building the fault campaign"
	dotnet build src/OvndbOcf.Campaign $(dotnet-flags)
	@touch $@

$(unit-tests): $(all-sources) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building the tests"
	dotnet build tests/OvndbOcf.UnitTests $(dotnet-flags)
	@touch $@

$(cluster-tests): $(all-sources) out/all-sources | $(unit-tests)
	dotnet build tests/OvndbOcf.ClusterTests $(dotnet-flags)
	@touch $@

images: build
	@container/setup/ensure-docker
	@container/setup/build-image bookworm
	@container/setup/build-image trixie

.PHONY: test-setup
test-setup: $(unit-tests) $(cluster-tests) images
	@container/setup/ensure-chromium

test:
	@MAKE="$(MAKE)" TEST_FILTER="$(TEST_FILTER)" tests/run $(unit-tests) $(cluster-tests)

# What `make test` leaves out to stay below an hour.
test-long:
	@MAKE="$(MAKE)" tests/run --long $(unit-tests) $(cluster-tests)

# Changes the decisions in hundreds of ways, and fails if the unit tests let more than a tenth of them pass.
mutation:
	@container/setup/ensure-dotnet
	dotnet tool restore
	cd tests/OvndbOcf.MutationTests && dotnet stryker --skip-version-check -O ../../out/mutation

$(fuzz): $(all-sources) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building the fuzzer"
	dotnet build tests/OvndbOcf.Fuzzing $(dotnet-flags)
	@touch $@

# Damaged and random input for everything that reads what others wrote; the same for the same seed.
fuzz: $(fuzz)
	@$(fuzz) $(CASES) $(SEED) $(TARGET)

demo: build $(cli)
	@container/setup/ensure-docker
	@container/setup/build-image $(RELEASE)
	@container/setup/with-docker $(cli) demo --release $(RELEASE) $(if $(filter-out 0 no,$(KEEP)),--keep)

# Figures are worth something only if nothing else runs on the machine.
bench: build $(bench)
	@container/setup/ensure-docker
	@container/setup/build-image $(RELEASE)
	@container/setup/with-docker $(bench) --release $(RELEASE) --soak $(SOAK) $(if $(filter-out 0 no,$(QUICK)),--quick) $(if $(ONLY),--only $(ONLY))

# Goes on where it was stopped. What DISTRO names is looked up here: 12 and 13 are Debian's numbers.
campaign-release-12 := bookworm
campaign-release-13 := trixie
campaign-release = $(or $(campaign-release-$(DISTRO)),$(error DISTRO is '$(DISTRO)': write 12 or 13))
campaign: build $(campaign)
	@container/setup/ensure-docker
	@container/setup/build-image $(campaign-release)
	@container/setup/with-docker $(campaign) --faults $(FAULTS) --seed $(SEED) --release $(campaign-release) --nodes $(NODES) --agent $(AGENT) $(if $(ONLY_FAULT),--only "$(ONLY_FAULT)")

cluster-up: build $(cli)
	@container/setup/ensure-docker
	@container/setup/build-image $(RELEASE)
	@container/setup/with-docker $(cli) up --release $(RELEASE)

cluster-down: $(cli)
	@container/setup/with-docker $(cli) down

cluster-shell: $(cli)
	@container/setup/with-docker $(cli) shell $(NODE)

cluster-status: $(cli)
	@container/setup/with-docker $(cli) status

clean:
	rm -rf out agent/bin agent/obj src/*/bin src/*/obj tests/*/bin tests/*/obj

help:
	@echo "make build                  the native executable: $(agent)"
	@echo "make install                installs it below \$$(DESTDIR)\$$(PREFIX), PREFIX=$(PREFIX)"
	@echo "make demo                   a cluster of three nodes, a crash of the active server, and what it cost"
	@echo "                            RELEASE=bookworm|trixie, KEEP=1 leaves the cluster"
	@echo "make test                   unit tests and cluster tests; TEST_FILTER=part-of-a-test's-name"
	@echo "make test-long              the cluster tests that make test leaves out: the other release's, where the releases do not differ"
	@echo "make mutation               mutation testing of the decisions, some minutes; the report: out/mutation/reports"
	@echo "make fuzz                   bad input for every reader; CASES=$(CASES) over all of them, SEED=$(SEED), TARGET=name selects one"
	@echo "make bench                  measures the agent, beside OVN's shell agent; RELEASE=bookworm|trixie, QUICK=1 only tries it out,"
	@echo "                            ONLY=monitor,failover,hard,cpu,scale,soak selects, SOAK=minutes; the results: out/bench"
	@echo "make campaign               random faults under load, with fencing, and what became of the data; FAULTS=number, SEED=number,"
	@echo "                            DISTRO=12|13, NODES=2|3, AGENT=ours|shell, ONLY_FAULT=part-of-a-fault's-name; the report: out/campaign/report.html"
	@echo "make cluster-up             a cluster without resources, left running; RELEASE=bookworm|trixie"
	@echo "make cluster-shell NODE=2   enters a node of a cluster that was left running"
	@echo "make cluster-status         shows the clusters that were left running"
	@echo "make cluster-down           removes them"
	@echo "make images                 the node images that the cluster tests and the demo use"
	@echo "make clean                  removes what was built"
