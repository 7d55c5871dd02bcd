/* notifier.h - shows notifications and brings back which of their buttons was clicked.
 *
 * One implementation in app/macos (UNUserNotificationCenter), one in app/gnustep (the desktop's
 * notification service over D-Bus). Where there is none of these, notes are dropped and nothing
 * else breaks. The user is asked for permission when the first note is due, not at the start.
 * Threads: main; answers come through `post`, on the main thread. Memory: notes are copied.
 * Notes that are shown when the program ends stay: what they say is still true. */
#ifndef APP_SERVICE_NOTIFIER_H
#define APP_SERVICE_NOTIFIER_H
#include "core/base/fault.h"
#include "core/notify/note.h"

struct notifier;

enum notifier_status {
    NOTIFIER_UNASKED, /* it will be asked when the first note is due */
    NOTIFIER_ALLOWED,
    NOTIFIER_DENIED,     /* by the user, who alone can change that */
    NOTIFIER_UNAVAILABLE /* nothing here shows notifications */
};

struct notifier_config {
    /* As kit_config.post. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* A button was clicked, maybe of a note that an earlier run of the program showed. The id is
     * valid, but the container may have gone. */
    void (*answer)(void *answer_ctx, enum engine_kind engine, const struct valid_id *id,
                   enum note_button button);
    void *answer_ctx;
};

/* Before launching has finished: else the answer that started the program is lost. */
struct notifier *notifier_new(const struct notifier_config *config);
/* Shows a note, or takes it back (`withdrawn`). Never blocks. */
void notifier_post(struct notifier *n, const struct note *note);
/* What became of it. *why (may be NULL) gets a sentence unless it is NOTIFIER_ALLOWED. */
enum notifier_status notifier_status(struct notifier *n, struct fault *why);
/* No answer begins after this; what was posted is still to be delivered. Accepts NULL. */
void notifier_stop(struct notifier *n);
/* After the last posted call. Accepts NULL. */
void notifier_free(struct notifier *n);

#endif
