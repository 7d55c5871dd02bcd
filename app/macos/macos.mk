# macos.mk - the program for macOS, $(B)/ContainerKit.app, arm64 and x86_64 in one executable.
#
# Here is what is done twice or once: app/app.mk, called for each processor, compiles and links.
# On Linux with clang-19, lld-19 and an SDK of our own (cross/setup.sh comes first); on a Mac with
# the command line tools, for its own processor alone, because Homebrew's libraries are no more.
#
#   B     folder of the bundle
#   WORK  folder of all that is needed on the way to it
B ?= build/macos
WORK ?= $(B)-work
Q ?= @
HOST ?= $(shell uname -s)
MINIMUM := $(shell sed -n '/LSMinimumSystemVersion/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist)
unexport LIBRARY_PATH CPATH C_INCLUDE_PATH

ifeq ($(HOST),Darwin)
ARCHS := $(shell uname -m)
clang = xcrun clang -target $(1)-apple-macos$(MINIMUM)
LINK =
AR = ar
LIPO = xcrun lipo
archives = $(foreach p,libcjson libsodium,$(shell pkg-config --variable=libdir $(p))/$(p).a)
INCLUDES = $(shell pkg-config --cflags libcjson libsodium)
else
ARCHS = arm64 x86_64
SDK = $(WORK)/sdk
DEPS = $(WORK)/deps
LLVM = /usr/lib/llvm-19/bin
clang = $(LLVM)/clang -target $(1)-apple-macos$(MINIMUM) -isysroot $(SDK)
LINK = -fuse-ld=lld -Wl,-adhoc_codesign
AR = $(LLVM)/llvm-ar --format=darwin
LIPO = $(LLVM)/llvm-lipo
archives = $(WORK)/$(1)/libdeps.a
INCLUDES = -isystem $(DEPS)/include
endif

APP = $(B)/ContainerKit.app
INSIDE = $(APP)/Contents
OPT = -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
# Classes are reached by name only, so the linker is told to keep the libraries.
FRAMEWORKS = -Wl,-needed_framework,AppKit -Wl,-needed_framework,Foundation \
             -framework CoreFoundation -framework Security -lobjc
all: $(INSIDE)/MacOS/container-kit $(INSIDE)/Info.plist $(INSIDE)/PkgInfo \
     $(INSIDE)/Resources/AppIcon.icns

# --- the executable -------------------------------------------------------------------------------

$(INSIDE)/MacOS/container-kit: $(ARCHS:%=$(WORK)/%/container-kit)
	@mkdir -p $(@D)
	$(Q)$(LIPO) -create $^ -output $@

# app.mk decides what has changed
$(WORK)/%/container-kit: $(if $(SDK),$(WORK)/%/libdeps.a) always
	$(Q)$(MAKE) -s -f app/app.mk SYSTEM=Darwin B=$(WORK)/$* CC='$(call clang,$*)' AR='$(AR)' OPT='$(OPT)' \
	    PKG_CFLAGS='$(INCLUDES)' \
	    LDFLAGS='$(LINK) -Wl,-dead_strip -Wl,-dead_strip_dylibs -Wl,-fatal_warnings -Wl,-S -Wl,-x' \
	    LDLIBS='$(call archives,$*)' APP_LIBS='$(FRAMEWORKS)' $@

# --- Linux: the SDK, and the two libraries --------------------------------------------------------

ifneq ($(HOST),Darwin)
$(SDK)/.made: app/macos/cross/mksdk.sh app/macos/cross/stubs.txt $(WORK)/headers/.package
	$(Q)app/macos/cross/mksdk.sh $(WORK)/headers $(SDK)
	@rm -f $(ARCHS:%=$(WORK)/%/container-kit) # app.mk does not know of it
	@touch $@

SODIUM = $(DEPS)/libsodium/src/libsodium
DEPS_SRC := $(sort $(shell find $(SODIUM) -name '*.c' 2>/dev/null)) $(DEPS)/cjson/cJSON.c
DEPS_DEFINE = -DCONFIGURED=1 -DSODIUM_STATIC=1 -DNATIVE_LITTLE_ENDIAN=1 -DHAVE_TI_MODE=1 \
    $(addsuffix =1,$(addprefix -DHAVE_,PTHREAD SYS_MMAN_H MMAP MPROTECT MLOCK MADVISE \
    POSIX_MEMALIGN GETPID NANOSLEEP MEMSET_S SAFE_ARC4RANDOM WEAK_SYMBOLS C_VARARRAYS ATOMIC_OPS \
    INLINE_ASM))
# Their warnings are their authors' business. Hidden, for a weak symbol of libsodium's would else be
# looked for in every library of the system.
define compile_deps
$(WORK)/$(1)/deps/%.o: $(DEPS)/%.c $(SDK)/.made
	@mkdir -p $$(@D)
	$(Q)$(call clang,$(1)) -std=gnu11 $(OPT) -g0 -w -fvisibility=hidden $(DEPS_DEFINE) -I$(DEPS)/include \
	    -I$(DEPS)/include/sodium -c $$< -o $$@
$(WORK)/$(1)/libdeps.a: $(DEPS_SRC:$(DEPS)/%.c=$(WORK)/$(1)/deps/%.o)
	@rm -f $$@
	$(Q)$(AR) rcs $$@ $$^
endef
$(foreach arch,$(ARCHS),$(eval $(call compile_deps,$(arch))))
endif

# --- the rest of the bundle -----------------------------------------------------------------------

$(INSIDE)/Info.plist: Info.plist
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(INSIDE)/PkgInfo:
	@mkdir -p $(@D)
	$(Q)printf 'APPL????' >$@
$(INSIDE)/Resources/AppIcon.icns: assets/app.svg app/macos/cross/icns.sh
	@mkdir -p $(@D) $(WORK)
	$(Q)sh app/macos/cross/icns.sh $< $@

always:
.PHONY: all always
