# HeavyProof. `make help` lists the targets. Everything generated goes to build/.
SHELL := /bin/sh
CC    := gcc
OUT   ?= build
MODE  ?= release

# One short line a command; V=1 shows the commands themselves.
say = $(if $(V),,@printf '  %s %s\n' $(1) $(2); )

# The proofs assume IEEE binary64, round to nearest, one rounding per operation. The header refuses
# any compilation that does otherwise, whatever CFLAGS say.
FLOATING := -ffp-contract=off -fexcess-precision=standard -fno-fast-math -frounding-math
FLOATING += -include src/floating_point.h
ifeq ($(shell uname -m),x86_64)
FLOATING += -msse2 -mfpmath=sse
endif
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wvla
CFLAGS.release  := -O2 -g
CFLAGS.debug    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DHP_DEBUG
CFLAGS.coverage := -O0 -g --coverage -DHP_DEBUG
CFLAGS  = -std=c11 -D_GNU_SOURCE -I. $(WARNINGS) $(FLOATING) $(CFLAGS.$(MODE))
LDLIBS := -ljansson -lflint-arb -lflint -lmpfr -lgmp -lm

KERNELS   := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard src/*.c))
PROBES    := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard reference/arithmetic/*.c))
TWINS     := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard reference/twin/*.c))
REFERENCE := $(filter-out $(TWINS) $(PROBES),$(patsubst %.c,$(OUT)/obj/%.o,$(wildcard reference/*/*.c)))
VERIFY    := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard verify/*.c verify/claims/*.c))
CLI       := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard verify/cli/*.c))
TESTS     := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/test_*.c))
BENCHES   := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/bench_*.c))
BENCHED   := $(patsubst %.c,$(OUT)/obj/%.o,$(filter-out tests/bench/bench_%,$(wildcard tests/bench/*.c)))

comma := ,
# In debug and coverage builds every kernel call from another file goes through its MPFR twin.
ifneq ($(MODE),release)
CHECKS    := $(TWINS)
WRAPPED   := $(addprefix -Wl$(comma)--wrap=,$(shell sed -n 's/.*__wrap_\([a-z0-9_]*\).*/\1/p' reference/twin/*.c 2>/dev/null | sort -u))
endif

.PHONY: all help verify prove prove-anew prove-update prove-full coq mutants mutants-check eva certify mcdc mcdc-tests test bench run-tests sanitize check coverage report gate fuzz lint install clean setup-build setup-test setup-prove setup-coq setup-report setup-lint setup-mcdc
.DELETE_ON_ERROR:
.SECONDARY:

all: setup-build $(OUT)/bin/heavyproof $(OUT)/lib/libheavyproof.a ## build the command and the library

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup-build setup-test setup-prove setup-coq setup-report setup-lint setup-debug setup-mcdc: setup-%:
	@verify/setup/install.sh $*

$(OUT)/obj/%.o: %.c | setup-build
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(OUT)/lib/libheavyproof.a: $(KERNELS) $(PROBES)
	@mkdir -p $(@D); rm -f $@
	$(call say,AR,$@)ar rcs $@ $^

$(OUT)/lib/libreference.a: $(REFERENCE)
	@mkdir -p $(@D); rm -f $@
	$(call say,AR,$@)ar rcs $@ $^

$(OUT)/lib/libverify.a: $(VERIFY)
	@mkdir -p $(@D); rm -f $@
	$(call say,AR,$@)ar rcs $@ $^

LIBRARIES := $(OUT)/lib/libverify.a $(OUT)/lib/libreference.a $(OUT)/lib/libheavyproof.a

$(OUT)/bin/heavyproof: $(CLI) $(LIBRARIES)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(WRAPPED) $(CLI) $(CHECKS) $(LIBRARIES) $(LDLIBS) -o $@

$(OUT)/tests/%: $(OUT)/obj/tests/%.o $(LIBRARIES) $(CHECKS)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(WRAPPED) $< $(CHECKS) $(LIBRARIES) -lcriterion $(LDLIBS) -o $@

$(OUT)/bench/%: $(OUT)/obj/tests/bench/%.o $(BENCHED) $(LIBRARIES)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $< $(BENCHED) $(LIBRARIES) $(LDLIBS) -o $@

bench: setup-test $(BENCHES) ## measure the reference integrators: P1-P6, a ladder, beside a plain loop and mpmath
	@for b in $(BENCHES); do nice $$b || exit 1; done

PYTHON_TESTS := $(wildcard tests/test_*.py)
run-tests: $(OUT)/bin/heavyproof $(TESTS)
	HEAVYPROOF=$(OUT)/bin/heavyproof tests/run.py --json $(OUT)/tests.json $(TESTS) $(PYTHON_TESTS)

test: setup-build setup-test setup-report setup-prove setup-coq setup-lint ## build, then run all tests
	@$(MAKE) --no-print-directory -j2 run-tests

sanitize: setup-build setup-test ## the C tests under ASan and UBSan with each kernel call checked, the command under valgrind
	@$(MAKE) --no-print-directory -j2 MODE=debug OUT=build/debug PYTHON_TESTS= run-tests
	@$(MAKE) --no-print-directory -j2 all && HEAVYPROOF=$(OUT)/bin/heavyproof tests/run.py tests/valgrind.py

verify: setup-build setup-test setup-prove setup-report ## the main job: build, replay the proofs, check all claims, coverage, report
	@verify/main_job.sh

prove: setup-build setup-prove ## replay the committed proofs of src/ and spec/acsl/, no prover runs; seconds
	verify/proof/prove

prove-anew: setup-build setup-prove ## the same with every goal generated anew, and the records checked; minutes
	verify/proof/prove --anew

prove-update: setup-build setup-prove ## run the provers on what changed and refresh the committed proofs
	nice verify/proof/prove --update

prove-full: setup-build setup-prove ## prove everything from nothing, with smoke tests and the lemmas in Coq
	nice verify/proof/prove --full

coq: setup-coq ## check the theorems of spec/coq from nothing, what they rest on, and their witnesses
	nice verify/proof/theorems && verify/proof/contract_match

SHARD ?= 1/1
mutants: setup-build setup-test setup-prove ## run proofs and tests on what has no verdict yet; SHARD=I/N for a part
	nice verify/proof/mutate --shard $(SHARD)

mutants-check: ## do the committed verdicts of the mutants speak of this tree?
	@verify/proof/mutate --check

eva: setup-build setup-prove ## Eva on a driver for each kernel: no alarm, with and without the contracts
	verify/proof/eva

# Beside heavy ball and Nesterov a general look-ahead: a = (1-lambda)/6 at lambda = 1/2, where the first
# term of C2 that is no gradient vanishes.
GENERAL_A := A1 A2 A3 A4 C1 C2 C3 C4 --method a=1/12 --problem double-well --problem rosenbrock
check: all ## every claim on the built-in suite and the sparse-recovery map, to build/*.json; bounds as in Coq
	$(OUT)/bin/heavyproof check --jobs 2 --json $(OUT)/results.json
	$(OUT)/bin/heavyproof check $(GENERAL_A) --jobs 2 --resume $(OUT)/results.json --json $(OUT)/results.json
	$(OUT)/bin/heavyproof dln --map --json $(OUT)/recovery.json
	verify/proof/bound_match $(OUT)/results.json

CERTIFIED := A1 A2 A3 A4 --problem double-well --problem quadratic-5-half
CERTIFIED_LIMITS := B4 B5 --problem diagonal-linear --method hb
certify: all ## claims with every number enclosed, to build/certified.json; the certificates verified by recheck
	@rm -rf $(OUT)/certificates
	$(OUT)/bin/heavyproof check $(CERTIFIED) --certify --jobs 2 --certificates $(OUT)/certificates --json $(OUT)/certified-flows.json
	$(OUT)/bin/heavyproof check $(CERTIFIED_LIMITS) --certify --jobs 2 --json $(OUT)/certified-limits.json
	verify/join_results $(OUT)/certified.json $(OUT)/certified-flows.json $(OUT)/certified-limits.json
	$(OUT)/bin/heavyproof recheck $(OUT)/certificates/*.json

coverage: setup-build setup-test ## tests in an instrumented build; fails on an unreached line of src/ or reference/
	@rm -f build/coverage/tests.json; find build/coverage -name '*.gcda' -delete 2>/dev/null; \
	$(MAKE) --no-print-directory -j2 MODE=coverage OUT=build/coverage PYTHON_TESTS= run-tests; \
	tests=$$?; reports/coverage.py && exit $$tests

# The kernels as clang instruments them, in the tests of their stems; everything else is that of the build.
MCDC_FLAGS   := -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc
MCDC_KERNELS := $(patsubst src/%.c,$(OUT)/mcdc/%.o,$(wildcard src/*.c))
MCDC_TESTS   := $(patsubst src/%.c,$(OUT)/mcdc/test_%,$(wildcard src/*.c))
$(OUT)/mcdc/%.o: src/%.c $(wildcard src/*.h spec/acsl/*.h) | setup-build setup-mcdc
	@mkdir -p $(@D)
	$(call say,CC,$@)clang-19 -std=c11 -D_GNU_SOURCE -I. $(WARNINGS) $(FLOATING) -O0 -g $(MCDC_FLAGS) -c $< -o $@

$(OUT)/mcdc/test_%: $(OUT)/obj/tests/test_%.o $(MCDC_KERNELS) $(LIBRARIES)
	$(call say,LD,$@)clang-19 $(MCDC_FLAGS) $< $(MCDC_KERNELS) $(LIBRARIES) -lcriterion $(LDLIBS) -o $@

mcdc-tests: $(MCDC_TESTS)
	@rm -rf $(OUT)/mcdc/profiles
	LLVM_PROFILE_FILE=$(OUT)/mcdc/profiles/%m.profraw tests/run.py $(MCDC_TESTS)

mcdc: setup-build setup-test setup-mcdc ## condition/decision coverage (masking MC/DC) of src/; fails on an uncovered condition
	@$(MAKE) --no-print-directory -j2 mcdc-tests
	@reports/mcdc.py --binary $(firstword $(MCDC_TESTS)) --profiles $(OUT)/mcdc/profiles

report: setup-report ## build/report/ from whatever results, proofs, coverage and tests are in build/
	@mkdir -p build; reports/versions.py build/versions.json
	@verify/proof/functions
	@if [ -x build/bin/heavyproof ]; then reports/claims.py build/bin/heavyproof build/claims.json; fi
	@reports/report.py

FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
$(OUT)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard reference/problem/*.[ch]) | setup-build setup-debug
	@mkdir -p $(@D)
	$(call say,LD,$@)clang -std=c11 -D_GNU_SOURCE -I. -O1 -g -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all $< $(wildcard reference/problem/*.c) $(LDLIBS) -o $@

gate: report ## the report, and exit 1 unless its verdict is "verified"
	@reports/report.py --gate >/dev/null

fuzz: $(addprefix $(OUT)/fuzz/,$(FUZZERS)) ## each libFuzzer target for FUZZ_SECONDS (60), from the seeds in tests/fuzz
	@set -e; for name in $(FUZZERS:fuzz_%=%); do mkdir -p $(OUT)/fuzz/$$name; \
	  cp tests/fuzz/$$name-*.seed $(OUT)/fuzz/$$name; \
	  nice $(OUT)/fuzz/fuzz_$$name -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=2048 \
	    -max_len=4096 -print_final_stats=1 -verbosity=0 -artifact_prefix=$(OUT)/fuzz/$$name- \
	    $(OUT)/fuzz/$$name spec/problems; done

lint: setup-build setup-test setup-lint ## format, warnings, cppcheck, shellcheck, and lists against the tree
	@LINT_CFLAGS="$(FLOATING)" verify/lint/lint.py

# The command finds its problems in ../share/heavyproof of where it is installed.
PREFIX  ?= /usr/local
VERSION := $(shell sed -n 's/^.define HP_VERSION "\(.*\)"/\1/p' verify/version.h)
INSTALLED := $(DESTDIR)$(PREFIX)
install: all ## command, library, headers, pkg-config file, man page, problems; PREFIX=/usr/local DESTDIR=
	install -D -t $(INSTALLED)/bin $(OUT)/bin/heavyproof
	install -D -m 644 -t $(INSTALLED)/lib $(OUT)/lib/libheavyproof.a
	install -D -m 644 -t $(INSTALLED)/include/heavyproof src/*.h reference/arithmetic/*.h
	install -D -m 644 -t $(INSTALLED)/include/heavyproof/acsl spec/acsl/*.h
	sed -i 's|^#include "src/|#include "|; s|^#include "spec/|#include "|' $(INSTALLED)/include/heavyproof/*.h
	sed -i 's|^#include "src/|#include "../|; s|^#include "spec/acsl/|#include "|' $(INSTALLED)/include/heavyproof/acsl/*.h
	install -d $(INSTALLED)/lib/pkgconfig $(INSTALLED)/share/man/man1
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' verify/setup/heavyproof.pc >$(INSTALLED)/lib/pkgconfig/heavyproof.pc
	sed 's|@VERSION@|$(VERSION)|' verify/cli/heavyproof.1 >$(INSTALLED)/share/man/man1/heavyproof.1
	install -D -m 644 -t $(INSTALLED)/share/heavyproof/problems spec/problems/*.phi
	[ ! -d spec/problems/data ] || install -D -m 644 -t $(INSTALLED)/share/heavyproof/problems/data spec/problems/data/*

clean: ## remove everything generated
	rm -rf build

-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)
