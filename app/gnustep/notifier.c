/* notifier.c - see app/service/notifier.h: org.freedesktop.Notifications, specification 1.2.
 *
 * Notes wait in a queue under a lock; the bus's thread sends one at a time, for the answer gives
 * the number by which the service knows a note, and the next one may take its place. The service
 * is first asked what it can do, which also starts it, when the first note is due. When it goes,
 * its numbers go with it. */
#include "app/service/notifier.h"
#include "app/gnustep/bus.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include <pthread.h>
#include <string.h>

#define SERVICE "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define ANSWER_US 10000000ULL /* for a call; it may start the service */
#define QUEUE_MAX 64          /* the oldest goes */
#define SHOWN_MAX 256         /* the oldest is forgotten: it can be neither answered nor closed */

struct shown {
    uint32_t number; /* the service's */
    char key[NOTE_KEY_MAX];
    enum engine_kind engine;
    struct valid_id id;
};

struct notifier {
    struct notifier_config config;
    bool stopped; /* main thread */
    struct bus *bus;
    pthread_mutex_t lock; /* guards the next four */
    struct note queue[QUEUE_MAX];
    size_t queue_count;
    enum notifier_status status;
    struct fault why;
    /* the bus's thread's own from here on */
    bool asked, busy; /* the service has said what it can do; a call is under way */
    bool has_actions, has_body, has_markup;
    struct note current; /* what is being sent */
    struct shown shown[SHOWN_MAX];
    size_t shown_count;
};

struct parcel {
    struct notifier *n;
    enum engine_kind engine;
    struct valid_id id;
    enum note_button button;
};

static void lock(struct notifier *n)
{
    MUST(pthread_mutex_lock(&n->lock) == 0);
}

static void unlock(struct notifier *n)
{
    MUST(pthread_mutex_unlock(&n->lock) == 0);
}

/* --- the queue -------------------------------------------------------------------------------- */

/* Under the lock. */
static void drop_first(struct notifier *n)
{
    n->queue_count--;
    memmove(&n->queue[0], &n->queue[1], n->queue_count * sizeof n->queue[0]);
}

static bool first(struct notifier *n, struct note *out)
{
    bool any;

    lock(n);
    any = n->queue_count > 0;
    if (any)
        *out = n->queue[0];
    unlock(n);
    return any;
}

static void pop(struct notifier *n)
{
    lock(n);
    if (n->queue_count > 0)
        drop_first(n);
    unlock(n);
}

static void set_status(struct notifier *n, enum notifier_status status, const struct fault *why)
{
    lock(n);
    n->status = status;
    n->why = *why;
    if (status == NOTIFIER_UNAVAILABLE)
        n->queue_count = 0; /* by the time there is a service they would be old */
    unlock(n);
}

/* --- what is shown ---------------------------------------------------------------------------- */

static struct shown *shown_by_key(struct notifier *n, const char *key)
{
    for (size_t i = 0; i < n->shown_count; i++) {
        if (strcmp(n->shown[i].key, key) == 0)
            return &n->shown[i];
    }
    return NULL;
}

static struct shown *shown_by_number(struct notifier *n, uint32_t number)
{
    for (size_t i = 0; i < n->shown_count; i++) {
        if (n->shown[i].number == number)
            return &n->shown[i];
    }
    return NULL;
}

static void forget(struct notifier *n, struct shown *s)
{
    size_t at = (size_t)(s - n->shown);

    n->shown_count--;
    memmove(s, s + 1, (n->shown_count - at) * sizeof *s);
}

static void remember(struct notifier *n, const struct note *note, uint32_t number)
{
    struct shown *s = shown_by_key(n, note->key);

    if (s == NULL) {
        if (n->shown_count == SHOWN_MAX)
            forget(n, &n->shown[0]);
        s = &n->shown[n->shown_count++];
        memcpy(s->key, note->key, sizeof s->key);
    }
    s->number = number;
    s->engine = note->engine;
    s->id = note->id;
}

/* --- calls ------------------------------------------------------------------------------------ */

static int step(struct notifier *n, sd_bus *bus);

/* The service said no, or there is none. */
static void refused(struct notifier *n, sd_bus_message *m)
{
    const sd_bus_error *e = sd_bus_message_get_error(m);
    struct fault why = {0};

    fault_set(&why, RC_MISSING, "no service shows notifications: %s",
              e->message != NULL ? e->message : e->name);
    log_warn("%s", why.text);
    n->asked = false; /* another one may come */
    set_status(n, NOTIFIER_UNAVAILABLE, &why);
}

static int add_buttons(const struct notifier *n, sd_bus_message *m, unsigned buttons)
{
    int r = sd_bus_message_open_container(m, 'a', "s");

    for (size_t i = 0; r >= 0 && n->has_actions && note_buttons[i] != 0; i++) {
        if (buttons & note_buttons[i])
            r = sd_bus_message_append(m, "ss", note_button_word(note_buttons[i]),
                                      note_button_label(note_buttons[i]));
    }
    return r < 0 ? r : sd_bus_message_close_container(m);
}

static int on_notified(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct notifier *n = ctx;
    uint32_t number = 0;

    (void)error;
    n->busy = false;
    if (sd_bus_message_is_method_error(m, NULL))
        refused(n, m);
    else if (sd_bus_message_read(m, "u", &number) > 0)
        remember(n, &n->current, number);
    return step(n, sd_bus_message_get_bus(m));
}

static int send_note(struct notifier *n, sd_bus *bus)
{
    const struct note *note = &n->current;
    const struct shown *old = shown_by_key(n, note->key);
    struct arena a = {0};
    const char *body = n->has_markup ? text_markup(&a, note->body) : note->body;
    sd_bus_message *m = NULL;
    int r = sd_bus_message_new_method_call(bus, &m, SERVICE, PATH, SERVICE, "Notify");

    if (r >= 0)
        r = sd_bus_message_append(m, "susss", "Container Kit", old != NULL ? old->number : 0, "",
                                  note->title, n->has_body ? body : "");
    if (r >= 0)
        r = add_buttons(n, m, note->buttons);
    if (r >= 0)
        r = sd_bus_message_append(m, "a{sv}i", 1, "desktop-entry", "s", "container-kit", -1);
    if (r >= 0)
        r = sd_bus_call_async(bus, NULL, m, on_notified, n, ANSWER_US);
    n->busy = r >= 0;
    sd_bus_message_unref(m);
    arena_release(&a);
    return r;
}

static int take_back(struct notifier *n, sd_bus *bus)
{
    struct shown *s = shown_by_key(n, n->current.key);
    uint32_t number = s == NULL ? 0 : s->number;

    if (s == NULL)
        return 0;
    forget(n, s);
    return sd_bus_call_method_async(bus, NULL, SERVICE, PATH, SERVICE, "CloseNotification", NULL,
                                    NULL, "u", number);
}

static int on_capabilities(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    static const struct fault none;
    struct notifier *n = ctx;
    const char *word;

    (void)error;
    n->busy = n->has_actions = n->has_body = n->has_markup = false;
    if (sd_bus_message_is_method_error(m, NULL)) {
        refused(n, m);
        return 0;
    }
    if (sd_bus_message_enter_container(m, 'a', "s") < 0)
        return 0; /* a service that speaks another language is none */
    while (sd_bus_message_read(m, "s", &word) > 0) {
        n->has_actions = n->has_actions || strcmp(word, "actions") == 0;
        n->has_body = n->has_body || strcmp(word, "body") == 0;
        n->has_markup = n->has_markup || strcmp(word, "body-markup") == 0;
    }
    n->asked = true;
    set_status(n, NOTIFIER_ALLOWED, &none);
    return step(n, sd_bus_message_get_bus(m));
}

static int ask(struct notifier *n, sd_bus *bus)
{
    sd_bus_message *m = NULL;
    int r = sd_bus_message_new_method_call(bus, &m, SERVICE, PATH, SERVICE, "GetCapabilities");

    if (r >= 0)
        r = sd_bus_call_async(bus, NULL, m, on_capabilities, n, ANSWER_US);
    n->busy = r >= 0;
    sd_bus_message_unref(m);
    return r;
}

/* Sends what waits, until an answer has to be waited for. */
static int step(struct notifier *n, sd_bus *bus)
{
    int r = 0;

    while (r >= 0 && !n->busy && first(n, &n->current)) {
        if (!n->asked)
            return ask(n, bus);
        pop(n);
        r = n->current.withdrawn ? take_back(n, bus) : send_note(n, bus);
    }
    return r;
}

/* --- signals ---------------------------------------------------------------------------------- */

static void deliver(void *arg)
{
    struct parcel *p = arg;

    if (!p->n->stopped)
        p->n->config.answer(p->n->config.answer_ctx, p->engine, &p->id, p->button);
    mem_free(p);
}

static int on_action(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct notifier *n = ctx;
    const struct shown *s = NULL;
    struct parcel *p;
    enum note_button button;
    const char *word;
    uint32_t number;

    (void)error;
    if (sd_bus_message_read(m, "us", &number, &word) > 0)
        s = shown_by_number(n, number);
    if (s == NULL || s->id.text[0] == '\0' || !note_button_from_word(word, &button))
        return 0; /* of another program, or of a note that is forgotten */
    p = mem_new(sizeof *p);
    *p = (struct parcel){n, s->engine, s->id, button};
    n->config.post(n->config.post_ctx, deliver, p);
    return 0;
}

static int on_closed(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct notifier *n = ctx;
    struct shown *s = NULL;
    uint32_t number, reason;

    (void)error;
    if (sd_bus_message_read(m, "uu", &number, &reason) > 0)
        s = shown_by_number(n, number);
    if (s != NULL)
        forget(n, s);
    return 0;
}

/* Another service, or none: what the last one showed has gone with it. */
static int on_owner(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    static const struct fault none;
    struct notifier *n = ctx;
    const char *name, *before, *now;

    (void)error;
    if (sd_bus_message_read(m, "sss", &name, &before, &now) <= 0)
        return 0;
    n->asked = false;
    n->shown_count = 0;
    if (now[0] != '\0')
        set_status(n, NOTIFIER_UNASKED, &none);
    return 0;
}

/* --- the connection --------------------------------------------------------------------------- */

static int up(void *ctx, sd_bus *bus)
{
    static const struct fault none;
    struct notifier *n = ctx;
    int r = sd_bus_match_signal_async(bus, NULL, SERVICE, PATH, SERVICE, "ActionInvoked", on_action,
                                      NULL, n);

    if (r >= 0)
        r = sd_bus_match_signal_async(bus, NULL, SERVICE, PATH, SERVICE, "NotificationClosed",
                                      on_closed, NULL, n);
    if (r >= 0)
        r = sd_bus_add_match_async(bus, NULL,
                                   "type='signal',sender='org.freedesktop.DBus',"
                                   "member='NameOwnerChanged',arg0='" SERVICE "'",
                                   on_owner, NULL, n);
    n->asked = n->busy = false;
    n->shown_count = 0;
    set_status(n, NOTIFIER_UNASKED, &none);
    return r;
}

static int work(void *ctx, sd_bus *bus)
{
    return step(ctx, bus);
}

static void down(void *ctx, const struct fault *why)
{
    set_status(ctx, NOTIFIER_UNAVAILABLE, why);
}

/* --- the main thread -------------------------------------------------------------------------- */

struct notifier *notifier_new(const struct notifier_config *config)
{
    struct notifier *n = mem_new(sizeof *n);
    const struct bus_config bus = {
        .which = BUS_SESSION, .name = "notes", .up = up, .work = work, .down = down, .ctx = n};

    n->config = *config;
    MUST(pthread_mutex_init(&n->lock, NULL) == 0);
    n->bus = bus_new(&bus);
    return n;
}

void notifier_post(struct notifier *n, const struct note *note)
{
    lock(n);
    if (n->status != NOTIFIER_UNAVAILABLE) {
        if (n->queue_count == QUEUE_MAX)
            drop_first(n);
        n->queue[n->queue_count++] = *note;
    }
    unlock(n);
    bus_poke(n->bus);
}

enum notifier_status notifier_status(struct notifier *n, struct fault *why)
{
    enum notifier_status status;

    lock(n);
    status = n->status;
    if (why != NULL)
        *why = n->why;
    unlock(n);
    if (status == NOTIFIER_UNASKED)
        fault_set(why, RC_MISSING, "no notification was due yet");
    return status;
}

void notifier_stop(struct notifier *n)
{
    if (n == NULL)
        return;
    n->stopped = true;
    bus_free(n->bus);
    n->bus = NULL;
}

void notifier_free(struct notifier *n)
{
    if (n == NULL)
        return;
    MUST(pthread_mutex_destroy(&n->lock) == 0);
    mem_free(n);
}
