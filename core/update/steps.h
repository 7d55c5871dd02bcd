/* steps.h - what the updater does, one thing after the other, on the thread that calls.
 *
 * updater.c runs it on the updater's thread and carries its page to the home thread; tests call it
 * as it is. A step ends at once when its stop sign is set; what it was about is then as before.
 * Threads: one at a time. Memory: owns the manifest of its offer; steps_release(). */
#ifndef CORE_UPDATE_STEPS_H
#define CORE_UPDATE_STEPS_H
#include "core/base/mem.h"
#include "core/update/updater.h"

struct steps {
    const struct updater_config *config;
    void (*tell)(void *ctx, const struct update_page *page); /* the page is another one */
    void *ctx;

    struct update_state state;
    int64_t spread_s;          /* of the next check by itself */
    struct manifest *manifest; /* NULL: nothing is offered */
    struct offer offer;        /* points into it */
    struct arena notes;        /* of the offer */
    bool ready, checked;       /* in this run */
    struct update_page page;
    int64_t told_ms; /* of a download: clock_ms() */
};

/* Reads the state; tells of a version that did not run, once. */
void steps_init(struct steps *s, const struct updater_config *config,
                void (*on_page)(void *ctx, const struct update_page *page), void *ctx);
/* Accepts a zeroed struct. */
void steps_release(struct steps *s);

/* Milliseconds until a check by itself is due, 0 for now. */
int64_t steps_wait_ms(const struct steps *s, int64_t earliest_s);
/* One check; nothing if an update is ready. */
void steps_check(struct steps *s, bool by_user, const struct cancel *stop);
/* From an offer to READY. Without one, or if it is ready, it only tells so. */
void steps_install(struct steps *s, const struct cancel *stop);
/* From READY to HANDED_OVER. Nothing if it is not. */
void steps_hand_over(struct steps *s);
/* The offer is not wanted: it goes, and its version is remembered. */
void steps_skip(struct steps *s);
/* What was told was read. */
void steps_seen(struct steps *s);

#endif
