/* power_bus.c - see power_bus.h. The signals of properties are asked for before their values, so
 * that no change falls between; a value that is told twice does no harm. */
#include "app/gnustep/power_bus.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-login.h>
#include <unistd.h>

#define LOGIN "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define MANAGER LOGIN ".Manager"
#define SESSION LOGIN ".Session"
#define PROFILES "net.hadess.PowerProfiles"
#define PROFILES_PATH "/net/hadess/PowerProfiles"
#define PROPERTIES "org.freedesktop.DBus.Properties"

struct power_bus {
    sd_bus *bus;
    void (*hear)(void *ctx, enum power_event what);
    void *ctx;
};

static void hear_either(struct power_bus *b, bool first, enum power_event one,
                        enum power_event other)
{
    b->hear(b->ctx, first ? one : other);
}

static int on_sleep(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    int begins = 0;

    (void)error;
    if (sd_bus_message_read_basic(m, 'b', &begins) > 0)
        hear_either(ctx, begins != 0, POWER_SLEEP, POWER_WAKE);
    return 0;
}

/* One property, whose value comes next; negative: it could not be read. */
static int read_property(struct power_bus *b, sd_bus_message *m, const char *name)
{
    const char *text = NULL;
    int on = 0, n;

    if (strcmp(name, "LockedHint") == 0) {
        n = sd_bus_message_read(m, "v", "b", &on);
        if (n > 0)
            hear_either(b, on != 0, POWER_LOCK, POWER_UNLOCK);
    } else if (strcmp(name, "Active") == 0) {
        n = sd_bus_message_read(m, "v", "b", &on);
        if (n > 0)
            hear_either(b, on != 0, POWER_SESSION_BACK, POWER_SESSION_LEFT);
    } else if (strcmp(name, "ActiveProfile") == 0) {
        n = sd_bus_message_read(m, "v", "s", &text);
        if (n > 0)
            hear_either(b, strcmp(text, "power-saver") == 0, POWER_LOW_ON, POWER_LOW_OFF);
    } else {
        n = sd_bus_message_skip(m, "v");
    }
    return n;
}

/* a{sv}, next in the message. */
static void read_properties(struct power_bus *b, sd_bus_message *m)
{
    const char *name = NULL;

    if (sd_bus_message_enter_container(m, 'a', "{sv}") <= 0)
        return;
    while (sd_bus_message_enter_container(m, 'e', "sv") > 0) {
        if (sd_bus_message_read_basic(m, 's', &name) <= 0 || read_property(b, m, name) < 0 ||
            sd_bus_message_exit_container(m) < 0)
            return;
    }
}

static int on_changed(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    (void)error;
    if (sd_bus_message_skip(m, "s") > 0) /* the interface, which the match has fixed */
        read_properties(ctx, m);
    return 0;
}

/* An error means that the service is not there: then nothing is told about its matter. */
static int on_all(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    (void)error;
    if (sd_bus_message_is_method_error(m, NULL) == 0)
        read_properties(ctx, m);
    return 0;
}

/* Asks for the values of an interface now and for each change. Does not start the service. */
static int follow(struct power_bus *b, const char *service, const char *path, const char *interface)
{
    char rule[512];
    sd_bus_message *m = NULL;
    int n;

    if (snprintf(rule, sizeof rule,
                 "type='signal',sender='%s',path='%s',interface='" PROPERTIES
                 "',member='PropertiesChanged',arg0='%s'",
                 service, path, interface) >= (int)sizeof rule)
        return -ENAMETOOLONG;
    n = sd_bus_add_match_async(b->bus, NULL, rule, on_changed, NULL, b);
    if (n >= 0)
        n = sd_bus_message_new_method_call(b->bus, &m, service, path, PROPERTIES, "GetAll");
    if (n >= 0)
        n = sd_bus_message_set_auto_start(m, 0);
    if (n >= 0)
        n = sd_bus_message_append(m, "s", interface);
    if (n >= 0)
        n = sd_bus_call_async(b->bus, NULL, m, on_all, b, 0);
    sd_bus_message_unref(m);
    return n;
}

/* The session on whose screen we are. A program that the desktop's service manager started is in
 * none itself: then it is the one with the user's display. */
static char *find_session(void)
{
    const char *told = getenv("XDG_SESSION_ID");
    char *id = NULL;

    if (told != NULL && told[0] != '\0')
        return strdup(told);
    if (sd_pid_get_session(0, &id) >= 0 || sd_uid_get_display(getuid(), &id) >= 0)
        return id;
    return NULL;
}

static int follow_session(struct power_bus *b)
{
    char *id = find_session(), *path = NULL;
    int n = 0;

    if (id != NULL)
        n = sd_bus_path_encode(LOGIN_PATH "/session", id, &path);
    if (path != NULL)
        n = follow(b, LOGIN, path, SESSION);
    free(path); /* of libsystemd's */
    free(id);
    return n;
}

struct power_bus *power_bus_open(void (*hear)(void *ctx, enum power_event what), void *ctx, int *e)
{
    struct power_bus *b = mem_new(sizeof *b);
    int n;

    b->hear = hear;
    b->ctx = ctx;
    n = sd_bus_open_system(&b->bus);
    if (n >= 0)
        n = sd_bus_match_signal_async(b->bus, NULL, LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep",
                                      on_sleep, NULL, b);
    if (n >= 0)
        n = follow_session(b);
    if (n >= 0)
        n = follow(b, PROFILES, PROFILES_PATH, PROFILES);
    if (n >= 0)
        return b;
    *e = -n;
    power_bus_free(b);
    return NULL;
}

void power_bus_poll(struct power_bus *b, struct pollfd *out, int64_t *wait_ms)
{
    int events = sd_bus_get_events(b->bus);
    uint64_t at_us = UINT64_MAX;
    int64_t left;

    *out = (struct pollfd){.fd = sd_bus_get_fd(b->bus), .events = (short)(events < 0 ? 0 : events)};
    if (sd_bus_get_timeout(b->bus, &at_us) < 0 || at_us == UINT64_MAX)
        return;
    left = (int64_t)(at_us / 1000) - clock_ms() + 1; /* of CLOCK_MONOTONIC both */
    if (left < 0)
        left = 0;
    if (*wait_ms < 0 || left < *wait_ms)
        *wait_ms = left;
}

bool power_bus_process(struct power_bus *b)
{
    int n;

    do
        n = sd_bus_process(b->bus, NULL);
    while (n > 0);
    return n >= 0 && sd_bus_is_open(b->bus) > 0;
}

void power_bus_free(struct power_bus *b)
{
    if (b == NULL)
        return;
    sd_bus_close_unref(b->bus); /* NULL will do */
    mem_free(b);
}
