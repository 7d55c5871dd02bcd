# core.mk - the probe for macOS, one for each processor: $(WORK)/<processor>$(ID_SUFFIX)/probe. For
# tests alone; it never gets into the bundle. Variables are those of macos.mk.
include app/macos/macos.mk

# The probe unpacks archives, which the program does not yet, so the SDK that is made here has no
# zlib: its functions are left to be found at run time.
ifneq ($(DEPS_MADE),)
PROBE_LIBS = $(addprefix -Wl$(comma)-U$(comma),_inflate _inflateEnd _inflateInit2_)
else
PROBE_LIBS = -lz
endif
comma := ,

probes: $(ARCHS:%=$(WORK)/%$(ID_SUFFIX)/probe)
$(WORK)/%$(ID_SUFFIX)/probe: $(if $(DEPS_MADE),$(WORK)/%/libdeps.a) always
	+$(Q)$(call for_macos,$*,$*$(ID_SUFFIX),tests/tests.mk) PROBE_LIBS='$(PROBE_LIBS)' $@

.PHONY: probes
