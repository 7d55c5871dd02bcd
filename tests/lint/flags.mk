# flags.mk - tells lint.sh how the build compiles C, and makes what is generated for it.
B = build/lint
include tests/tests.mk

flags: $(if $(ICONS),$(B)/gen/icons.inc) $(B)/gen/core/update/ours.inc
	@echo '$(subst ','\'',$(CFLAGS)) -I$(B)/gen'
.PHONY: flags
