# core.mk - the probe for macOS, one for each processor: $(WORK)/<processor>$(ID_SUFFIX)/probe. For
# tests alone; it never gets into the bundle. Variables are those of macos.mk.
include app/macos/macos.mk

PROBE_LIBS = -lz # what the program itself links, the probe reads archives with

probes: $(ARCHS:%=$(WORK)/%$(ID_SUFFIX)/probe)
$(WORK)/%$(ID_SUFFIX)/probe: $(if $(DEPS_MADE),$(WORK)/%/libdeps.a) always
	+$(Q)$(call for_macos,$*,$*$(ID_SUFFIX),tests/tests.mk) PROBE_LIBS=$(PROBE_LIBS) $@

.PHONY: probes
