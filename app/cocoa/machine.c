/* machine.c - see machine.h. The service hears (app/service/power.h), presence decides, and here it
 * is done. */
#include "app/cocoa/machine.h"
#include "app/cocoa/cocoa.h"
#include "app/service/power.h"
#include "core/base/log.h"
#include "core/base/mem.h"

/* NSActivityUserInitiatedAllowingIdleSystemSleep */
#define ACTIVITY 0xEFFFFFULL

struct machine {
    struct kit *kit;
    struct power *power;
    struct presence presence;
    void (*woke)(void *ctx);
    void *ctx;
    id activity; /* retained, nil in low-power mode */
};

/* An activity stands for "do not slow this down"; in low-power mode the user wants that. */
static void hold_activity(struct machine *m, bool hold)
{
    id info = ns_process_info();

    if (!can_ns_process_begin_activity(info) || hold == (m->activity != nil))
        return;
    if (hold) {
        m->activity = ns_retain(ns_process_begin_activity(
            info, ACTIVITY, cocoa_string("Shows the state of containers")));
        return;
    }
    ns_process_end_activity(info, m->activity);
    ns_release(m->activity);
    m->activity = nil;
}

static void save_power(struct machine *m, bool save)
{
    kit_tell(m->kit, save ? SCHEDULE_LOW_POWER_ON : SCHEDULE_LOW_POWER_OFF);
    hold_activity(m, !save);
}

static void hear(void *ctx, enum power_event what)
{
    struct machine *m = ctx;
    unsigned todo = presence_hear(&m->presence, what);

    if (todo == 0)
        return;
    log_info("machine: %s", power_event_word(what));
    if (todo & PRESENCE_AWAY)
        kit_locked(m->kit, true);
    if (todo & PRESENCE_REST)
        kit_tell(m->kit, SCHEDULE_SLEEP);
    if (todo & PRESENCE_LOOK) {
        kit_tell(m->kit, SCHEDULE_WAKE);
        m->woke(m->ctx);
    }
    if (todo & PRESENCE_BACK)
        kit_locked(m->kit, false);
    if (todo & (PRESENCE_SAVE | PRESENCE_SAVE_OFF))
        save_power(m, (todo & PRESENCE_SAVE) != 0);
}

struct machine *machine_new(struct kit *kit, struct ui_post *post, void (*woke)(void *ctx),
                            void *ctx)
{
    struct machine *m = mem_new(sizeof *m);
    const struct power_config power = {.post = ui_post, .post_ctx = post, .hear = hear, .ctx = m};
    id info = ns_process_info();

    m->kit = kit;
    m->woke = woke;
    m->ctx = ctx;
    if (can_ns_process_disable_sudden_end(info))
        ns_process_disable_sudden_end(info);
    if (can_ns_process_disable_automatic_end(info))
        ns_process_disable_automatic_end(info, cocoa_string("It is in the menu bar"));
    hold_activity(m, true);
    m->power = power_new(&power);
    return m;
}

void machine_stop(struct machine *m)
{
    if (m == NULL)
        return;
    power_stop(m->power);
    hold_activity(m, false);
}

void machine_free(struct machine *m)
{
    if (m == NULL)
        return;
    power_free(m->power);
    mem_free(m);
}
