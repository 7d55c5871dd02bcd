# app.mk - the program, $(B)/container-kit, on Linux with GNUstep and on a Mac with AppKit.
#
#   RT  lookup (default) | trampoline: how a message reaches its method under GNUstep (objc.h)
include core/core.mk
RT ?= lookup

ifeq ($(SYSTEM),Darwin)
APP_DIRS ?= app app/cli app/service app/cocoa app/macos
APP_LIBS = -framework AppKit -framework Foundation -framework ServiceManagement \
           -framework UserNotifications -lobjc
else
APP_DIRS ?= app app/cli app/service app/cocoa app/gnustep
# --no-as-needed: classes are reached by name only, so the linker would drop the libraries
APP_LIBS = -Wl,--no-as-needed -lgnustep-gui -lgnustep-base -lobjc
endif
APP_SRC := $(wildcard $(APP_DIRS:%=%/*.c))
APP_OBJ := $(APP_SRC:%.c=$(B)/obj/%.o)
ifeq ($(RT),trampoline)
EXTRA_CFLAGS += -DOBJC_TRAMPOLINE
APP_OBJ += $(B)/obj/app/gnustep/msgsend.o
endif

# Icons: drawn in assets/*.svg, rendered in 1x and 2x, kept as PNG bytes in the executable.
ICONS := $(wildcard assets/*.svg)
$(B)/gen/icons.inc: $(ICONS) assets/icons.sh
	@mkdir -p $(@D)
	sh assets/icons.sh $(ICONS) >$@.new
	mv $@.new $@
$(B)/obj/app/cocoa/icons.o: $(B)/gen/icons.inc
$(B)/obj/app/cocoa/icons.o: EXTRA_CFLAGS += -I$(B)/gen

$(B)/container-kit: $(APP_OBJ) $(B)/libcore.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $(APP_OBJ) $(B)/libcore.a $(LDLIBS) $(APP_LIBS)

-include $(APP_OBJ:.o=.d)
