# core.mk - the probe for macOS, one for each processor: $(WORK)/<processor>/probe. For tests alone; it
# never gets into the bundle. Variables are those of macos.mk.
include app/macos/macos.mk

probes: $(ARCHS:%=$(WORK)/%/probe)
$(WORK)/%/probe: $(if $(SDK),$(WORK)/%/libdeps.a) always
	+$(Q)$(call for_macos,$*,tests/tests.mk) $@

.PHONY: probes
