# core.mk - the core as one static library, $(B)/libcore.a, and what every folder's description
# shares: compiler, flags, pattern rules. GNU make 3.81 will do. Called by build.sh only.
#
#   B        folder that everything goes to, one per variant
#   VARIANT  plain | asan | tsan | debug; for tests alone, with core/update/hooks.h: hooks | asan-hooks
#   Q        empty to see the commands
#   ID_SUFFIX  behind the bundle identifier: empty for a release, which a Developer ID signs; without
#            one the program is another one to macOS, with data of its own
#   TARGET   system and processor that is built for, as in an update's manifest
#   variables of core/update/ours.sh, in the environment
B ?= build/linux
VARIANT ?= plain
Q ?= @
SYSTEM := $(shell uname -s)

STD = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes \
       -Wwrite-strings -Wformat=2 -Werror
VERSION := $(shell sed -n '/CFBundleShortVersionString/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist)
BUNDLE_ID := $(shell sed -n '/CFBundleIdentifier/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist)
ID_SUFFIX ?= .dev

ifneq ($(findstring asan,$(VARIANT)),)
OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
else ifeq ($(VARIANT),tsan)
OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=thread
else ifeq ($(VARIANT),debug)
OPT = -O0 -g
else
OPT = -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
endif
ifneq ($(findstring hooks,$(VARIANT)),)
EXTRA_CFLAGS += -DUPDATE_HOOKS
endif

PKGS = libcjson libsodium sqlite3 zlib libcurl
ifneq ($(SYSTEM),Darwin)
PKGS += libsecret-1 libsystemd # macOS has a framework for what they do
else
CORE_LIBS = -framework Security -framework CoreFoundation
endif
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS))
PKG_LIBS := $(shell pkg-config --libs $(PKGS))
CFLAGS = $(STD) $(WARN) $(OPT) -I. $(PKG_CFLAGS) -DCK_VERSION='"$(VERSION)"' \
         -DCK_BUNDLE_ID='"$(BUNDLE_ID)$(ID_SUFFIX)"' $(EXTRA_CFLAGS)
LDFLAGS = $(OPT) -pthread
LDLIBS = $(PKG_LIBS) -lm $(CORE_LIBS)

CORE_DIRS ?= base words exec engine store refresh menu action notify desktop logs update kit
ifeq ($(SYSTEM),Darwin)
CORE_SKIP = %_linux.c
else
CORE_SKIP = %_macos.c
endif
CORE_SRC := $(filter-out $(CORE_SKIP),$(wildcard $(CORE_DIRS:%=core/%/*.c)))
CORE_OBJ := $(CORE_SRC:%.c=$(B)/obj/%.o)

$(B)/libcore.a: $(CORE_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(CORE_OBJ)

$(B)/obj/%.o: %.c Info.plist
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(B)/obj/%.o: %.S
	@mkdir -p $(@D)
	$(Q)$(CC) $(OPT) -c $< -o $@


# What the updater has compiled in (core/update/ours.h); written anew only if it is another.
TARGET ?= linux-$(shell uname -m)
$(B)/gen/core/update/ours.inc: always-ours
	@mkdir -p $(@D)
	@sh core/update/ours.sh include $(TARGET) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
always-ours:
.PHONY: always-ours
$(B)/obj/core/update/ours.o: $(B)/gen/core/update/ours.inc
$(B)/obj/core/update/ours.o: EXTRA_CFLAGS += -I$(B)/gen

-include $(CORE_OBJ:.o=.d)
