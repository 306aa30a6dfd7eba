# `make help` lists the targets and variables from the comments with two # above them.

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
# Each step keeps all processors busy by itself.
.NOTPARALLEL:
SHELL := /bin/bash

## where make install puts its files, below $DESTDIR; Pacemaker's place for agents leads there
PREFIX ?= /usr
DESTDIR ?=
## amd64 or arm64, for make build, deb and rpm: this machine's, and on amd64 arm64, too
ARCHITECTURE ?=
## who answers for the packages: their maintainer, as "Name <address>"; without, an address that by its form (RFC 2606) reaches nobody
MAINTAINER ?= The ovndb-ocf authors <authors@ovndb-ocf.invalid>
export MAINTAINER
## a part of a test's class or method name, for make check and make test
TEST_FILTER ?=
## bookworm (Debian 12) or trixie (Debian 13), for make demo, bench, campaign and cluster-up; that takes bullseye (Debian 11), too
RELEASE ?= bookworm
## 1: make demo leaves the cluster running
KEEP ?=
## the node that make cluster-shell enters
NODE ?= 1
## 1: make cluster-up creates the resources, too
RESOURCES ?=
## number of hypervisors that make cluster-up starts beside the cluster
HYPERVISORS ?= 0
## what make cluster-fault does: kill-nb, kill-sb, move, "power-off node1", "power-on node1"
FAULT ?=
## text, or json for programs: what make cluster-status prints
OUTPUT ?= text
## 1: make bench only tries itself out
QUICK ?=
## what make bench measures, with commas between: monitor, failover, hard, cpu, scale, clients, ctl, chassis, soak
ONLY ?=
## other executables of the agent whose monitor make bench measures in the same run: NAME=PATH, with commas between
BESIDE ?=
## minutes of make bench's soak
SOAK ?= 15
## number of faults of make campaign
FAULTS ?= 50
## a part of the names of faults: make campaign injects only these
ONLY_FAULT ?=
## number of nodes of make campaign and cluster-up, 2 to 5
NODES ?= 3
## whose agent make campaign is about: ours, or OVN's (shell)
AGENT ?= ours
## decides what happens in make campaign and make fuzz
SEED ?= 7
## number of inputs of make fuzz, over all readers
CASES ?= 1000000
## the one reader that make fuzz feeds
TARGET ?=

machine-arch := $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,amd64)
arch := $(or $(ARCHITECTURE),$(machine-arch))
rid := linux-$(arch:amd64=x64)
# What was compiled for another architecture lies apart: everything else runs what is in out.
out := out$(if $(filter-out $(machine-arch),$(arch)),/$(arch))
strip := $(if $(filter-out $(machine-arch),$(arch)),aarch64-linux-gnu-)strip
# The time of everything in packages and archives: that of the last commit, or in a tree without history the last change of its description.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)
# Programs of .NET look for the runtime in fixed places only; an SDK that was unpacked elsewhere is found by its command.
DOTNET_ROOT ?= $(patsubst %/,%,$(dir $(shell readlink -f "$$(command -v dotnet)" 2>/dev/null)))
ifneq ($(DOTNET_ROOT),)
export DOTNET_ROOT
endif

agent := $(out)/ovndb-servers
ctl := $(out)/ovndbctl
cluster := tests/OvndbOcf.Lab/bin/Release/net10.0/cluster
fuzz := tests/OvndbOcf.Fuzzing/bin/Release/net10.0/OvndbOcf.Fuzzing
unit-tests := tests/OvndbOcf.UnitTests/bin/Release/net10.0/OvndbOcf.UnitTests
cluster-tests := tests/OvndbOcf.ClusterTests/bin/Release/net10.0/OvndbOcf.ClusterTests
programs := $(cluster) $(fuzz) $(unit-tests) $(cluster-tests)

dotnet-flags := -c Release --nologo -v quiet -clp:ErrorsOnly

find-sources = $(sort $(shell find $(1) -name bin -prune -o -name obj -prune -o -type f -print)) $(wildcard *.props *.targets *.sln global.json .editorconfig)
# The agent is made of nothing that the operator's command adds.
agent-sources := $(filter-out src/OvndbOcf.Ctl%,$(call find-sources,agent src))
ctl-sources := $(call find-sources,agent/native src)
all-sources := $(call find-sources,agent src tests)

.PHONY: record image-clean-bookworm image-clean-trixie image-arm64 image-bullseye image-prometheus image-rpm format build install uninstall deb rpm release release-check check test test-long chromium images mutation fuzz demo bench campaign cluster-up cluster-down cluster-shell cluster-status cluster-fault clean help FORCE

## the native executables, the agent and the operator's command: out/ovndb-servers and out/ovndbctl, or below out/arm64
build: $(agent) $(ctl)

# Lists of the sources, rewritten only when one appeared or vanished: a file that is gone has no time stamp to compare.
ifneq ($(strip $(file <out/agent-sources)),$(agent-sources))
out/agent-sources: FORCE
endif
ifneq ($(strip $(file <out/ctl-sources)),$(ctl-sources))
out/ctl-sources: FORCE
endif
ifneq ($(strip $(file <out/all-sources)),$(all-sources))
out/all-sources: FORCE
endif
out/agent-sources: sources = $(agent-sources)
out/ctl-sources: sources = $(ctl-sources)
out/all-sources: sources = $(all-sources)
out/agent-sources out/ctl-sources out/all-sources:
	@mkdir -p out
	@echo '$(sources)' > $@

# publish-native PROJECT [BYTES]: compiles a project to the native executable of the rule's name, checked and stripped.
# The build id is a sum over what is stripped, too, where the folder's name is.
define publish-native
	@container/setup/ensure-native-toolchain $(arch)
	@echo "==> compiling $(@F) to a native executable for $(arch) (about a minute)"
	dotnet publish $(1) $(dotnet-flags) -r $(rid)
	@mkdir -p $(@D)
	@$(strip) --remove-section=.comment --remove-section=.note.gnu.build-id -o $@ $(1)/bin/Release/net10.0/$(rid)/publish/$(@F)
	@container/setup/check-executable $(1)/bin/Release/net10.0/$(rid)/publish/$(@F) $@ $(2)
	@echo "==> $@ is ready"
endef

$(agent): $(agent-sources) out/agent-sources
	$(call publish-native,agent)

$(ctl): $(ctl-sources) out/ctl-sources
	$(call publish-native,src/OvndbOcf.Ctl,12000000)

place := $(DESTDIR)/usr/lib/ocf/resource.d/ovn/ovndb-servers
files := $(DESTDIR)$(PREFIX)/lib/ovndb-ocf

# What dpkg or rpm installed is theirs.
define refuse-beside-package
	@[ -n "$(DESTDIR)" ] || ! { dpkg-query -W -f '$${db:Status-Status}\n' ovndb-ocf 2>/dev/null | grep -qx installed || rpm -q --quiet ovndb-ocf 2>/dev/null; } || \
		{ echo "error: the package ovndb-ocf is installed: upgrade or remove that" >&2; exit 1; }
endef

# The executable is renamed into place: an action that runs keeps its file, and the next one finds the old or the new one. Pacemaker's place, and what OVN's packages make of it, is agent-place's.
## installs it without a package
install: build
	$(refuse-beside-package)
	install -D -m 755 $(agent) "$(files)/ovndb-servers.new"
	sync "$(files)/ovndb-servers.new"
	mv -f "$(files)/ovndb-servers.new" "$(files)/ovndb-servers"
	install -m 755 agent/packaging/agent-place "$(files)/agent-place"
	install -D -m 755 $(ctl) "$(DESTDIR)$(PREFIX)/sbin/ovndbctl"
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/lib/systemd/system" agent/packaging/systemd/*
	install -D -m 644 agent/packaging/completion/ovndbctl.bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ovndbctl"
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions" agent/packaging/completion/_ovndbctl
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d" agent/packaging/completion/ovndbctl.fish
	install -D -m 644 agent/ovndb-servers.dtd "$(DESTDIR)$(PREFIX)/share/resource-agents/ovndb-servers.dtd"
ifeq ($(DESTDIR),)
	"$(files)/agent-place" claim local
else
	mkdir -p "$(dir $(place))"
	ln -sfn "$(PREFIX)/lib/ovndb-ocf/ovndb-servers" "$(place)"
endif

## removes what make install installed, and puts back what was in its place before
uninstall:
	$(refuse-beside-package)
ifeq ($(DESTDIR),)
	"$(files)/agent-place" release local
else
	rm -f "$(place)"
endif
	rm -rf "$(files)" "$(DESTDIR)$(PREFIX)/sbin/ovndbctl" "$(DESTDIR)$(PREFIX)/lib/systemd/system/"ovndbctl-* \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ovndbctl" "$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_ovndbctl" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/ovndbctl.fish" "$(DESTDIR)$(PREFIX)/share/resource-agents/ovndb-servers.dtd"

# The man page is written from what the executable for this machine says of itself.
packaged := build$(if $(filter-out $(machine-arch),$(arch)), build-for-this-machine)
.PHONY: build-for-this-machine
build-for-this-machine:
	@$(MAKE) --no-print-directory build ARCHITECTURE=$(machine-arch)

## a package for Debian and its relatives, in out/packages
deb: $(packaged)
	@agent/packaging/build-deb $(arch) $(out) out out/packages

## a package for Fedora, RHEL and their relatives, in out/packages
rpm: $(packaged)
	@agent/packaging/build-rpm $(patsubst arm64,aarch64,$(arch:amd64=x86_64)) $(out) out out/packages

## all of a release, out of the last commit: packages for both architectures, source archive, list of parts, check sums; in out/release
release:
	@container/setup/ensure-dotnet
	@agent/packaging/build-release out/release

## makes the release twice, in different folders, and fails unless both have the same bytes; about a quarter of an hour
release-check:
	@container/setup/ensure-dotnet
	@agent/packaging/check-release

# A program's project is the folder above its bin.
$(programs): $(all-sources) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building $(@F)"
	dotnet build $(firstword $(subst /bin/, ,$@)) $(dotnet-flags)
	@touch $@

out/solution-built: $(all-sources) out/all-sources
	@container/setup/ensure-dotnet
	@echo "==> building everything but the native executable"
	dotnet build OvndbOcf.sln $(dotnet-flags)
	@touch -c $(programs)
	@touch $@

## formats the sources, as make check wants them
format:
	@container/setup/ensure-dotnet
	dotnet tool restore
	dotnet csharpier format .

## checks the format, builds and analyses all code, and runs the unit tests that need nothing but the SDK; no containers
check: out/solution-built
	@dotnet tool restore >/dev/null
	dotnet csharpier check .
	@$(if $(TEST_FILTER),$(unit-tests) -noLogo -list methods -trait- "Needs=*" -method "*$(TEST_FILTER)*" | grep -q '^OvndbOcf' || { echo "no unit test has '$(TEST_FILTER)' in its name" >&2; exit 1; })
	@$(unit-tests) -noLogo -noColor -failSkips -trait- "Needs=*" $(if $(TEST_FILTER),-method "*$(TEST_FILTER)*")

## all unit tests and cluster tests; with TEST_FILTER only the images that the selected tests need are built
test:
	@TEST_FILTER="$(TEST_FILTER)" tests/run $(unit-tests) $(cluster-tests)

## records anew what ovndbctl prints on real clusters, in tests/recorded: after a change of what it prints; some minutes
record: build $(cluster-tests) image-bookworm
	container/setup/with-docker env OVNDB_RECORD=1 $(cluster-tests) -noLogo -noColor -failSkips -namespace OvndbOcf.ClusterTests.Recorded

## the cluster tests that make test leaves out to stay below an hour: the other release's, where the releases do not differ
test-long:
	@tests/run --long $(unit-tests) $(cluster-tests)

chromium:
	@container/setup/ensure-chromium

image-%: build FORCE
	@container/setup/ensure-docker
	@container/setup/build-image $*

# What OVN it has is taken from there.
image-bullseye: image-bookworm
	@container/setup/build-image bullseye

image-prometheus: image-bookworm
	@container/setup/build-prometheus-image

image-rpm: image-bookworm
	@container/setup/build-rpm-image

# The package alone on the base system that the node image was made of.
image-clean-bookworm image-clean-trixie: image-clean-%: image-% deb
	@container/setup/build-clean-image $*

image-arm64: image-bookworm
	@$(MAKE) --no-print-directory out/arm64/ovndb-servers ARCHITECTURE=arm64
	@container/setup/build-arm64-image

## the node images that the cluster tests and the demo use, for both releases
images: image-bookworm image-trixie

## mutation testing of the decisions, some minutes: changes them in hundreds of ways, and fails if the unit tests let more than
## a tenth of the changes pass; the report: out/mutation/reports
mutation:
	@container/setup/ensure-dotnet
	dotnet tool restore
	cd tests/OvndbOcf.MutationTests && dotnet stryker --skip-version-check -O ../../out/mutation

## damaged and random input for everything that reads what others wrote; the same for the same seed
fuzz: $(fuzz)
	@$(fuzz) $(CASES) $(SEED) $(TARGET)

## a cluster of three nodes, a crash of the active server, and what it cost
demo: build $(cluster) image-$(RELEASE)
	@container/setup/with-docker $(cluster) demo --release $(RELEASE) $(if $(filter-out 0 no,$(KEEP)),--keep)

## measures the agent, beside OVN's shell agent, while nothing else runs on the machine; the results: out/bench
bench: build $(cluster) image-$(RELEASE)
	@container/setup/with-docker $(cluster) bench --release $(RELEASE) --soak $(SOAK) $(if $(filter-out 0 no,$(QUICK)),--quick) $(if $(ONLY),--only $(ONLY)) $(if $(BESIDE),--beside $(BESIDE))

## random faults under load, with fencing, and what became of the data; goes on where it was stopped; the report: out/campaign/report.html
campaign: build $(cluster) image-$(RELEASE)
	@container/setup/with-docker $(cluster) campaign --faults $(FAULTS) --seed $(SEED) --release $(RELEASE) --nodes $(NODES) --agent $(AGENT) $(if $(ONLY_FAULT),--only "$(ONLY_FAULT)")

## a cluster, left running
cluster-up: build $(cluster) image-$(RELEASE)
	@container/setup/with-docker $(cluster) up --release $(RELEASE) --nodes $(NODES) $(if $(filter-out 0 no,$(RESOURCES)),--resources) --hypervisors $(HYPERVISORS)

## enters a node of a cluster that was left running
cluster-shell: $(cluster)
	@container/setup/with-docker $(cluster) shell $(NODE)

## shows the clusters that were left running
cluster-status: $(cluster)
	@container/setup/with-docker $(cluster) status --output $(OUTPUT)

## does something to the newest one that was left running
cluster-fault: $(cluster)
	@container/setup/with-docker $(cluster) fault $(FAULT)

## removes them
cluster-down: $(cluster)
	@container/setup/with-docker $(cluster) down

## removes what was built
clean:
	rm -rf out agent/bin agent/obj src/*/bin src/*/obj tests/*/bin tests/*/obj

## this list
help:
	@awk '/^## / { text[n++] = substr($$0, 4); next } \
		n { variable = $$2 == "?="; value = $$0; sub(/^[^=]*= */, "", value); name = variable ? $$1 "=" value : "make " substr($$1, 1, length($$1) - 1); \
			for (i = 0; i < n; i++) { line = sprintf("%-22s %s\n", i ? "" : name, text[i]); if (variable) variables = variables line; else printf "%s", line } \
			n = 0 } \
		END { printf "\nVariables, as in make demo RELEASE=trixie, with what they are without:\n%s", variables }' $(firstword $(MAKEFILE_LIST))
