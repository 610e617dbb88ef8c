# HeavyProof. `make help` lists the targets. Everything generated goes to build/.
SHELL := /bin/sh
CC    := gcc
OUT   ?= build
MODE  ?= release

# The proofs assume IEEE binary64, round to nearest, one rounding per operation.
FLOATING := -ffp-contract=off -fexcess-precision=standard -fno-fast-math -frounding-math
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
TWINS     := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard reference/twin/*.c))
REFERENCE := $(filter-out $(TWINS),$(patsubst %.c,$(OUT)/obj/%.o,$(wildcard reference/*/*.c)))
VERIFY    := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard verify/*.c verify/claims/*.c))
CLI       := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard verify/cli/*.c))
TESTS     := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/test_*.c))
BENCHES   := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/bench_*.c))

# In debug and coverage builds every kernel call from another file goes through its MPFR twin.
ifneq ($(MODE),release)
CHECKS    := $(TWINS)
WRAPPED   := $(addprefix -Wl$(comma)--wrap=,$(shell sed -n 's/.*__wrap_\([a-z0-9_]*\)(.*/\1/p' reference/twin/*.c 2>/dev/null | sort -u))
endif
comma := ,

.PHONY: all help verify test clean setup-build setup-test setup-prove setup-report setup-lint
.DELETE_ON_ERROR:
.SECONDARY:

all: setup-build $(OUT)/bin/heavyproof $(OUT)/lib/libheavyproof.a ## build the command and the library

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup-build setup-test setup-prove setup-report setup-lint setup-debug: setup-%:
	@verify/setup/install.sh $*

$(OUT)/obj/%.o: %.c | setup-build
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(OUT)/lib/libheavyproof.a: $(KERNELS)
	@mkdir -p $(@D); rm -f $@
	ar rcs $@ $^

$(OUT)/lib/libreference.a: $(REFERENCE)
	@mkdir -p $(@D); rm -f $@
	ar rcs $@ $^

$(OUT)/lib/libverify.a: $(VERIFY)
	@mkdir -p $(@D); rm -f $@
	ar rcs $@ $^

LIBRARIES := $(OUT)/lib/libverify.a $(OUT)/lib/libreference.a $(OUT)/lib/libheavyproof.a

$(OUT)/bin/heavyproof: $(CLI) $(LIBRARIES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WRAPPED) $(CLI) $(CHECKS) $(LIBRARIES) $(LDLIBS) -o $@

$(OUT)/tests/%: $(OUT)/obj/tests/%.o $(LIBRARIES) $(CHECKS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WRAPPED) $< $(CHECKS) $(LIBRARIES) -lcriterion $(LDLIBS) -o $@

$(OUT)/bench/%: $(OUT)/obj/tests/bench/%.o $(LIBRARIES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $< $(LIBRARIES) $(LDLIBS) -o $@

clean: ## remove everything generated
	rm -rf build

-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)
