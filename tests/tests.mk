# tests.mk - what only tests need: the unit tests, the probe, fault tools, benchmarks.
#
#   UNIT  names of unit suites (buf child ...), all of tests/unit/test_*.c by default
include app/app.mk
UNIT ?= $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))

UNIT_OBJ := $(UNIT:%=$(B)/obj/tests/unit/test_%.o) $(B)/obj/tests/unit/unit.o
$(B)/unit: $(UNIT_OBJ) $(B)/gen/suites.o $(B)/libcore.a | fakes
	$(Q)$(CC) $(LDFLAGS) -o $@ $(UNIT_OBJ) $(B)/gen/suites.o $(B)/libcore.a $(LDLIBS) -lcmocka
# the list of suites, made from the files' names
$(B)/gen/suites.c: tests/tests.mk $(wildcard tests/unit)
	@mkdir -p $(@D)
	@{ for s in $(UNIT); do echo "int suite_$$s(void);"; done; \
	   echo 'struct suite { const char *name; int (*run)(void); };'; \
	   echo 'extern const struct suite suites[];'; \
	   echo 'const struct suite suites[] = {'; \
	   for s in $(UNIT); do echo "    {\"$$s\", suite_$$s},"; done; \
	   echo '    {0, 0}};'; } >$@
$(B)/gen/suites.o: $(B)/gen/suites.c
	$(Q)$(CC) $(CFLAGS) -c $< -o $@

PROBE_OBJ := $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/probe/*.c))
$(B)/probe: $(PROBE_OBJ) $(B)/libcore.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(PROBE_LIBS)

KEYCHAIN_OBJ := $(B)/obj/tests/engine/keychain.o
$(B)/keychain: $(KEYCHAIN_OBJ) $(B)/libcore.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

FETCH_OBJ := $(B)/obj/tests/update/fetch.o
$(B)/fetch: $(FETCH_OBJ) $(B)/libcore.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

INSTALLED_OBJ := $(B)/obj/tests/update/installed.o
$(B)/installed: $(INSTALLED_OBJ) $(B)/libcore.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

FAKES := $(patsubst tests/fake/%.c,%,$(wildcard tests/fake/*.c))
$(B)/fake/%: tests/fake/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(STD) $(WARN) -O1 -g -o $@ $<
fakes: $(FAKES:%=$(B)/fake/%)

$(B)/bench: $(wildcard tests/bench/*.c) $(B)/libcore.a
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) $(B)/libcore.a $(LDLIBS)

.PHONY: fakes
-include $(UNIT_OBJ:.o=.d) $(PROBE_OBJ:.o=.d) $(KEYCHAIN_OBJ:.o=.d) $(FETCH_OBJ:.o=.d) \
    $(INSTALLED_OBJ:.o=.d)
