/* notifier.c - see app/service/notifier.h: UNUserNotificationCenter.
 *
 * That works inside of a bundle alone: elsewhere asking for the centre ends the program, so the
 * bundle's identifier is asked for first. What the system says comes on threads of its own, through
 * a door that notifier_stop() shuts; behind it everything is the main thread's.
 *
 * When a note is due and we are not known to be allowed, the system is asked: the first time it
 * asks the user, later it says what the user has chosen. Until it has answered, notes wait. */
#include "app/service/notifier.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/target.h"
#include "app/macos/block.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define OPTION_SOUND 2UL      /* UNAuthorizationOptionSound */
#define OPTION_ALERT 4UL      /* UNAuthorizationOptionAlert */
#define PRESENT_SOUND 2UL     /* UNNotificationPresentationOptionSound */
#define PRESENT_LIST 8UL      /* UNNotificationPresentationOptionList */
#define PRESENT_BANNER 16UL   /* UNNotificationPresentationOptionBanner */
#define ACTION_FOREGROUND 4UL /* UNNotificationActionOptionForeground */
#define STATUS_UNASKED 0L     /* UNAuthorizationStatusNotDetermined */
#define STATUS_DENIED 1L      /* UNAuthorizationStatusDenied */
#define WAITING_MAX 16        /* the oldest goes */
#define CATEGORY_MAX 24       /* "buttons-3" */
#define KEY_ENGINE "engine"
#define KEY_ID "id"

/* Handlers that nobody calls any more keep it, so it is never freed: the program is ending then. */
struct door {
    pthread_mutex_t lock; /* guards `n`; held while posting, which never blocks */
    struct notifier *n;   /* NULL once shut */
};

struct notifier {
    struct notifier_config config;
    struct door *door;
    id center; /* nil: there is none */
    id target;
    enum notifier_status status;
    bool asking;
    struct note waiting[WAITING_MAX];
    size_t waiting_count;
};

/* What comes to the main thread. */
struct parcel {
    struct door *door;
    bool is_answer; /* else a status */
    bool asked;     /* the status is the answer to our asking */
    enum notifier_status status;
    enum engine_kind engine;
    struct valid_id id;
    enum note_button button;
};

/* A completion handler, and what it captures. */
struct handler {
    struct block block;
    struct door *door;
};

static void deliver(void *arg);

/* Any thread. */
static void post(struct door *door, const struct parcel *content)
{
    struct parcel *p = NULL;

    MUST(pthread_mutex_lock(&door->lock) == 0);
    if (door->n != NULL) {
        p = mem_new(sizeof *p);
        *p = *content;
        p->door = door;
        door->n->config.post(door->n->config.post_ctx, deliver, p);
    }
    MUST(pthread_mutex_unlock(&door->lock) == 0);
}

/* --- permission ------------------------------------------------------------------------------- */

static void on_asked(struct handler *h, BOOL granted, id error)
{
    const struct parcel p = {.asked = true,
                             .status = granted != NO ? NOTIFIER_ALLOWED : NOTIFIER_DENIED};

    (void)error; /* what it says is that the user has said no */
    post(h->door, &p);
}

static void on_settings(struct handler *h, id settings)
{
    long status = un_settings_authorization(settings);
    struct parcel p = {.status = NOTIFIER_ALLOWED};

    if (status == STATUS_UNASKED)
        p.status = NOTIFIER_UNASKED;
    else if (status == STATUS_DENIED)
        p.status = NOTIFIER_DENIED;
    post(h->door, &p);
}

static void ask(struct notifier *n)
{
    static const struct block_descriptor descriptor = {0, sizeof(struct handler),
                                                       "v@?" OBJC_BOOL "@"};
    struct handler h = {block_make((IMP)on_asked, &descriptor), n->door};

    if (n->asking)
        return;
    n->asking = true;
    un_center_request(n->center, OPTION_ALERT | OPTION_SOUND, &h.block);
}

static void look_at_settings(struct notifier *n)
{
    static const struct block_descriptor descriptor = {0, sizeof(struct handler), "v@?@"};
    struct handler h = {block_make((IMP)on_settings, &descriptor), n->door};

    un_center_get_settings(n->center, &h.block);
}

/* --- showing ---------------------------------------------------------------------------------- */

/* The name of the set of buttons of a note. */
static id category_name(unsigned buttons)
{
    char name[CATEGORY_MAX];

    snprintf(name, sizeof name, "buttons-%u", buttons);
    return cocoa_string(name);
}

static id make_category(unsigned buttons)
{
    id actions[sizeof buttons * 8];
    unsigned long count = 0;

    for (size_t i = 0; note_buttons[i] != 0; i++) {
        enum note_button b = note_buttons[i];

        if (buttons & b)
            actions[count++] =
                un_action(cocoa_string(note_button_word(b)), cocoa_string(note_button_label(b)),
                          b == NOTE_LOGS ? ACTION_FOREGROUND : 0);
    }
    return un_category(category_name(buttons), ns_array_from(actions, count),
                       ns_array_from(NULL, 0), 0);
}

/* One for each set of buttons. */
static void set_categories(struct notifier *n)
{
    id all[NOTE_RESTART | NOTE_LOGS];
    unsigned long count = 0;

    for (unsigned buttons = 1; buttons <= (NOTE_RESTART | NOTE_LOGS); buttons++)
        all[count++] = make_category(buttons);
    un_center_set_categories(n->center, ns_set_from(ns_array_from(all, count)));
}

static void show(struct notifier *n, const struct note *note)
{
    id content = ns_init(un_content_alloc()), info = ns_dictionary_new();

    un_content_set_title(content, cocoa_string(note->title));
    un_content_set_body(content, cocoa_string(note->body));
    un_content_set_sound(content, un_sound_default());
    if (note->buttons != 0)
        un_content_set_category(content, category_name(note->buttons));
    ns_dictionary_set(info, cocoa_string(engine_word(note->engine)), cocoa_string(KEY_ENGINE));
    ns_dictionary_set(info, cocoa_string(note->id.text), cocoa_string(KEY_ID));
    un_content_set_info(content, info);
    un_center_add(n->center, un_request(cocoa_string(note->key), content, nil), NULL);
    ns_release(info);
    ns_release(content);
}

static void drop_waiting(struct notifier *n, size_t at)
{
    n->waiting_count--;
    memmove(&n->waiting[at], &n->waiting[at + 1], (n->waiting_count - at) * sizeof n->waiting[0]);
}

static void take_back(struct notifier *n, const char *key)
{
    const id name = cocoa_string(key);
    id names = ns_array_from(&name, 1);

    for (size_t i = n->waiting_count; i > 0; i--) {
        if (strcmp(n->waiting[i - 1].key, key) == 0)
            drop_waiting(n, i - 1);
    }
    un_center_remove_pending(n->center, names);
    un_center_remove_delivered(n->center, names);
}

static void show_waiting(struct notifier *n)
{
    for (size_t i = 0; n->status == NOTIFIER_ALLOWED && i < n->waiting_count; i++)
        show(n, &n->waiting[i]);
    n->waiting_count = 0;
}

void notifier_post(struct notifier *n, const struct note *note)
{
    if (n->center == nil)
        return;
    if (note->withdrawn) {
        take_back(n, note->key);
        return;
    }
    if (n->status == NOTIFIER_ALLOWED) {
        show(n, note);
        return;
    }
    if (n->waiting_count == WAITING_MAX)
        drop_waiting(n, 0);
    n->waiting[n->waiting_count++] = *note;
    ask(n);
}

/* --- what comes back -------------------------------------------------------------------------- */

/* Main thread. */
static void deliver(void *arg)
{
    struct parcel *p = arg;
    struct notifier *n = p->door->n; /* this thread alone changes it */

    if (n != NULL && p->is_answer) {
        n->config.answer(n->config.answer_ctx, p->engine, &p->id, p->button);
    } else if (n != NULL && (p->asked || !n->asking)) {
        n->status = p->status;
        log_info("notifications: %s", p->status == NOTIFIER_ALLOWED ? "allowed" : "not allowed");
        if (p->asked) {
            n->asking = false;
            show_waiting(n);
        }
    }
    mem_free(p);
}

/* A note that is due while the program is in front is shown all the same. */
static void on_present(id self, SEL cmd, id center, id note, struct block *done)
{
    (void)self;
    (void)cmd;
    (void)center;
    (void)note;
    block_call_number(done, PRESENT_BANNER | PRESENT_LIST | PRESENT_SOUND);
}

/* What the note carries, checked as if a stranger had written it. */
static bool read_answer(id response, struct parcel *p)
{
    id info = un_content_info(un_request_content(un_note_request(un_response_note(response))));
    const char *engine = cocoa_utf8(ns_dictionary_get(info, cocoa_string(KEY_ENGINE)));
    const char *container = cocoa_utf8(ns_dictionary_get(info, cocoa_string(KEY_ID)));

    p->is_answer = true;
    return engine_from_word(engine, &p->engine) &&
           valid_id(container, strlen(container), &p->id, NULL) == RC_OK &&
           note_button_from_word(cocoa_utf8(un_response_action(response)), &p->button);
}

static void on_response(id self, SEL cmd, id center, id response, struct block *done)
{
    struct door *door = target_owner(self);
    id pool = cocoa_pool_push();
    struct parcel p = {0};

    (void)cmd;
    (void)center;
    if (door != NULL && read_answer(response, &p))
        post(door, &p);
    block_call(done);
    cocoa_pool_pop(pool);
}

/* --- life ------------------------------------------------------------------------------------- */

static id make_target(struct door *door)
{
    static const struct target_method methods[] = {
        {SEL_note_present, (IMP)on_present, "v@:@@@?"},
        {SEL_note_response, (IMP)on_response, "v@:@@@?"},
    };

    return target_new(
        target_class("CKNotifier", cocoa_class[CLS_NSObject], methods, countof(methods)), door);
}

struct notifier *notifier_new(const struct notifier_config *config)
{
    struct notifier *n = mem_new(sizeof *n);

    n->config = *config;
    n->status = NOTIFIER_UNAVAILABLE;
    if (!can_un_center_current() || ns_bundle_id(ns_bundle_main()) == nil)
        return n;
    n->status = NOTIFIER_UNASKED;
    n->door = mem_new(sizeof *n->door);
    n->door->n = n;
    MUST(pthread_mutex_init(&n->door->lock, NULL) == 0);
    n->center = ns_retain(un_center_current());
    n->target = make_target(n->door);
    un_center_set_delegate(n->center, n->target);
    set_categories(n);
    look_at_settings(n);
    return n;
}

enum notifier_status notifier_status(struct notifier *n, struct fault *why)
{
    static const char *const sentences[] = {
        [NOTIFIER_UNASKED] = "you will be asked when the first notification is due",
        [NOTIFIER_DENIED] = "notifications of Container Kit are switched off in System Settings",
        [NOTIFIER_UNAVAILABLE] = "notifications need the program to be inside of its bundle",
    };

    if (n->status != NOTIFIER_ALLOWED)
        fault_set(why, n->status == NOTIFIER_DENIED ? RC_DENIED : RC_MISSING, "%s",
                  sentences[n->status]);
    if (n->center != nil)
        look_at_settings(n); /* the user may have changed it: known the next time */
    return n->status;
}

void notifier_stop(struct notifier *n)
{
    if (n == NULL || n->center == nil)
        return;
    un_center_set_delegate(n->center, nil);
    MUST(pthread_mutex_lock(&n->door->lock) == 0);
    n->door->n = NULL;
    MUST(pthread_mutex_unlock(&n->door->lock) == 0);
}

void notifier_free(struct notifier *n)
{
    if (n == NULL)
        return;
    target_drop(n->target);
    if (n->center != nil)
        ns_release(n->center);
    mem_free(n);
}
