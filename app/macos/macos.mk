# macos.mk - the program for macOS, $(B)/ContainerKit.app, arm64 and x86_64 in one executable.
#
# Here is what is done twice or once: app/app.mk, called for each processor, compiles and links.
# On Linux with clang-19, lld-19 and an SDK of our own; on a Mac with the command line tools, and
# there for its own processor alone unless UNIVERSAL is set, because Homebrew's libraries are no more.
# cross/setup.sh comes first, but on a Mac only for UNIVERSAL: it fetches the libraries' sources.
#
#   B          folder of the bundle
#   WORK       folder of all that is needed on the way to it
#   UNIVERSAL  not empty: for both processors on a Mac too
#   ID_SUFFIX  see core/core.mk: its folders of objects are apart
#   SIDECAR, SIDECAR_VERSION, SIDECAR_TEAM   the engine to put into it, if any (cross/sidecar.sh)
B ?= build/macos
WORK ?= $(B)-work
ID_SUFFIX ?= .dev
Q ?= @
HOST ?= $(shell uname -s)
MINIMUM := $(shell sed -n '/LSMinimumSystemVersion/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist)
unexport LIBRARY_PATH CPATH C_INCLUDE_PATH

ifeq ($(HOST),Darwin)
ARCHS := $(if $(UNIVERSAL),arm64 x86_64,$(shell uname -m))
DEPS_MADE = $(UNIVERSAL)
clang = xcrun clang -target $(1)-apple-macos$(MINIMUM)
LINK =
AR = ar
LIPO = xcrun lipo
else
ARCHS = arm64 x86_64
DEPS_MADE = yes
SDK = $(WORK)/sdk
LLVM = /usr/lib/llvm-19/bin
clang = $(LLVM)/clang -target $(1)-apple-macos$(MINIMUM) -isysroot $(SDK)
LINK = -fuse-ld=lld -Wl,-adhoc_codesign
AR = $(LLVM)/llvm-ar --format=darwin
LIPO = $(LLVM)/llvm-lipo
endif

# The libraries that are linked in: made here from their sources, or Homebrew's.
DEPS = $(WORK)/deps
ifneq ($(DEPS_MADE),)
archives = $(WORK)/$(1)/libdeps.a
INCLUDES = -isystem $(DEPS)/include
LICENCES = cJSON=$(DEPS)/cjson/LICENSE libsodium=$(DEPS)/libsodium/LICENSE
else
archives = $(foreach p,libcjson libsodium,$(shell pkg-config --variable=libdir $(p))/$(p).a)
INCLUDES = $(shell pkg-config --cflags libcjson libsodium)
LICENCES = cJSON=$(shell pkg-config --variable=prefix libcjson)/LICENSE \
           libsodium=$(shell pkg-config --variable=prefix libsodium)/LICENSE
endif

# An update's name for a processor of Apple's.
target = darwin-$(patsubst arm64,aarch64,$(1))

APP = $(B)/ContainerKit.app
INSIDE = $(APP)/Contents
# Small: it stays in memory all day, and what takes time is elsewhere.
OPT = -Os -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
# Classes are reached by name only, so the linker is told to keep the libraries.
FRAMEWORKS = -Wl,-needed_framework,AppKit -Wl,-needed_framework,Foundation \
             -Wl,-needed_framework,ServiceManagement -Wl,-needed_framework,UserNotifications \
             -framework CoreFoundation -framework Security -lobjc -lsqlite3 -lcurl -lz
WORDS = core/words/words.def
LANGUAGES := $(shell awk -F '"' '/^LANGUAGE/ { print $$2 }' $(WORDS))
all: $(INSIDE)/MacOS/container-kit $(INSIDE)/Info.plist $(INSIDE)/PkgInfo \
     $(INSIDE)/Resources/AppIcon.icns $(INSIDE)/Resources/release.json \
     $(INSIDE)/Resources/licenses.txt $(LANGUAGES:%=$(INSIDE)/Resources/%.lproj/InfoPlist.strings) \
     $(INSIDE)/Resources/container-kit.1 sidecar

# --- the executable -------------------------------------------------------------------------------

$(INSIDE)/MacOS/container-kit: $(ARCHS:%=$(WORK)/%$(ID_SUFFIX)/container-kit)
	@mkdir -p $(@D)
	$(Q)$(LIPO) -create $^ -output $@

# $(call for_macos,PROCESSOR,FOLDER,DESCRIPTION): a make that builds with another description for a
# Mac, and decides what has changed
for_macos = $(MAKE) -s -f $(3) SYSTEM=Darwin B=$(WORK)/$(2) ID_SUFFIX=$(ID_SUFFIX) \
    TARGET=$(call target,$(1)) \
    CC='$(call clang,$(1))' AR='$(AR)' OPT='$(OPT)' PKG_CFLAGS='$(INCLUDES)' \
    LDFLAGS='$(LINK) -Wl,-dead_strip -Wl,-dead_strip_dylibs -Wl,-fatal_warnings -Wl,-S -Wl,-x' \
    LDLIBS='$(call archives,$(1))' APP_LIBS='$(FRAMEWORKS)'
$(WORK)/%$(ID_SUFFIX)/container-kit: $(if $(DEPS_MADE),$(WORK)/%/libdeps.a) always
	+$(Q)$(call for_macos,$*,$*$(ID_SUFFIX),app/app.mk) $@

# --- Linux: the SDK -------------------------------------------------------------------------------

ifneq ($(HOST),Darwin)
$(SDK)/.made: app/macos/cross/mksdk.sh app/macos/cross/stubs.txt $(WORK)/headers/.package
	$(Q)app/macos/cross/mksdk.sh $(WORK)/headers $(SDK)
	@touch $@
endif

# --- the two libraries ----------------------------------------------------------------------------

ifneq ($(DEPS_MADE),)
SODIUM = $(DEPS)/libsodium/src/libsodium
# No WEAK_SYMBOLS: a weak definition would be one more name for dyld to bind at each start.
DEPS_SRC := $(sort $(shell find $(SODIUM) -name '*.c' 2>/dev/null)) $(DEPS)/cjson/cJSON.c
DEPS_DEFINE = -DCONFIGURED=1 -DSODIUM_STATIC=1 -DNATIVE_LITTLE_ENDIAN=1 -DHAVE_TI_MODE=1 \
    $(addsuffix =1,$(addprefix -DHAVE_,PTHREAD SYS_MMAN_H MMAP MPROTECT MLOCK MADVISE \
    POSIX_MEMALIGN GETPID NANOSLEEP MEMSET_S SAFE_ARC4RANDOM C_VARARRAYS ATOMIC_OPS \
    INLINE_ASM))
# Their warnings are their authors' business. Hidden, for a weak symbol of libsodium's would else be
# looked for in every library of the system.
define compile_deps
$(WORK)/$(1)/deps/%.o: $(DEPS)/%.c $(if $(SDK),$(SDK)/.made) app/macos/macos.mk
	@mkdir -p $$(@D)
	$(Q)$(call clang,$(1)) -std=gnu11 $(OPT) -g0 -w -fvisibility=hidden $(DEPS_DEFINE) -I$(DEPS)/include \
	    -I$(DEPS)/include/sodium -c $$< -o $$@
$(WORK)/$(1)/libdeps.a: $(DEPS_SRC:$(DEPS)/%.c=$(WORK)/$(1)/deps/%.o)
	@rm -f $$@ $(WORK)/$(1)*/container-kit $(WORK)/$(1)*/probe # whose descriptions do not know of it
	$(Q)$(AR) rcs $$@ $$^
endef
$(foreach arch,$(ARCHS),$(eval $(call compile_deps,$(arch))))
endif

# --- the rest of the bundle -----------------------------------------------------------------------

contents = mkdir -p $(@D) && app/macos/contents.sh $(1) >$(WORK)/$(@F) && mv $(WORK)/$(@F) $@

$(INSIDE)/Info.plist: Info.plist app/macos/contents.sh
	$(Q)$(call contents,plist Info.plist '$(ID_SUFFIX)')
$(INSIDE)/Resources/release.json: $(INSIDE)/Info.plist
	$(Q)$(call contents,release $< $(foreach arch,$(ARCHS),$(call target,$(arch))))
$(INSIDE)/Resources/licenses.txt: LICENSE app/macos/contents.sh
	$(Q)$(call contents,licenses 'Container Kit=LICENSE' $(LICENCES))
$(INSIDE)/Resources/%.lproj/InfoPlist.strings: $(WORDS) app/macos/contents.sh
	$(Q)mkdir -p $(@D) && app/macos/contents.sh strings $< $* >$(WORK)/$*.strings && \
	    mv $(WORK)/$*.strings $@
# The manual page and what shells complete, told by a program that runs on this machine.
ifeq ($(HOST),Darwin)
TELLER = $(INSIDE)/MacOS/container-kit
else
TELLER = build/linux/container-kit
$(TELLER): always
	+$(Q)$(MAKE) -s -f app/app.mk B=$(@D) VARIANT=plain ID_SUFFIX=.dev $@
endif
$(INSIDE)/Resources/container-kit.1: $(TELLER) app/release/told.sh
	$(Q)sh app/release/told.sh $(TELLER) $(@D)
$(INSIDE)/PkgInfo:
	@mkdir -p $(@D)
	$(Q)printf 'APPL????' >$@
$(INSIDE)/Resources/AppIcon.icns: assets/app.svg app/macos/cross/icns.sh
	@mkdir -p $(@D) $(WORK)
	$(Q)sh app/macos/cross/icns.sh $< $@

# Made anew each time: nothing tells that a tree has not changed but reading it. Without one, what
# an earlier build put there goes. Before the bundle is signed, for the signature covers it.
sidecar:
ifneq ($(SIDECAR),)
	$(Q)sh app/macos/cross/sidecar.sh "$$SIDECAR" $(INSIDE)/Resources "$$SIDECAR_VERSION" $(SIDECAR_TEAM)
else
	@[ ! -d $(INSIDE)/Resources/container ] || chmod -R u+rwX $(INSIDE)/Resources/container
	$(Q)rm -rf $(INSIDE)/Resources/container $(INSIDE)/Resources/container.sha256
endif

always:
.PHONY: all always sidecar
