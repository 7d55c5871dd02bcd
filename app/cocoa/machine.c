/* machine.c - see machine.h. "Asleep" is either of two things: the machine sleeps, or another user
 * has the screen; the kit is told when the first begins and when the last ends. */
#include "app/cocoa/machine.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/platform.h"
#include "app/cocoa/target.h"
#include "core/base/log.h"
#include "core/base/mem.h"

/* NSActivityUserInitiatedAllowingIdleSystemSleep */
#define ACTIVITY 0xEFFFFFULL

struct machine {
    struct kit *kit; /* NULL once stopped */
    struct ui_post *post;
    id target;
    id activity; /* retained, nil in low-power mode */
    bool sleeps, session_away, low_power;
};

static void set_away(struct machine *m, bool sleeps, bool session_away)
{
    bool before = m->sleeps || m->session_away, after = sleeps || session_away;

    m->sleeps = sleeps;
    m->session_away = session_away;
    if (m->kit == NULL || before == after)
        return;
    log_info("machine: %s", after ? "asleep" : "awake");
    kit_tell(m->kit, after ? SCHEDULE_SLEEP : SCHEDULE_WAKE);
}

static void on_fell_asleep(id self, SEL cmd, id note)
{
    struct machine *m = target_owner(self);

    (void)cmd;
    (void)note;
    if (m != NULL)
        set_away(m, true, m->session_away);
}

static void on_woke(id self, SEL cmd, id note)
{
    struct machine *m = target_owner(self);

    (void)cmd;
    (void)note;
    if (m != NULL)
        set_away(m, false, m->session_away);
}

static void on_session_left(id self, SEL cmd, id note)
{
    struct machine *m = target_owner(self);

    (void)cmd;
    (void)note;
    if (m != NULL)
        set_away(m, m->sleeps, true);
}

static void on_session_back(id self, SEL cmd, id note)
{
    struct machine *m = target_owner(self);

    (void)cmd;
    (void)note;
    if (m != NULL)
        set_away(m, m->sleeps, false);
}

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

static void power_changed(void *arg)
{
    struct machine *m = arg;
    bool low = platform_low_power();

    if (m->kit == NULL || low == m->low_power)
        return;
    m->low_power = low;
    kit_tell(m->kit, low ? SCHEDULE_LOW_POWER_ON : SCHEDULE_LOW_POWER_OFF);
    hold_activity(m, !low);
}

/* Comes on a thread of the system's. */
static void on_power_changed(id self, SEL cmd, id note)
{
    struct machine *m = target_owner(self);

    (void)cmd;
    (void)note;
    if (m != NULL)
        ui_post(m->post, power_changed, m);
}

static void observe(struct machine *m)
{
    id center = ns_workspace_center(ns_workspace_shared());
    id power = cocoa_constant("NSProcessInfoPowerStateDidChangeNotification");
    const struct {
        int sel;
        id name;
    } notes[] = {
        {SEL_fell_asleep, NSWorkspaceWillSleepNotification},
        {SEL_woke, NSWorkspaceDidWakeNotification},
        {SEL_session_left, NSWorkspaceSessionDidResignActiveNotification},
        {SEL_session_back, NSWorkspaceSessionDidBecomeActiveNotification},
    };

    for (size_t i = 0; i < countof(notes); i++)
        ns_center_observe(center, m->target, cocoa_sel[notes[i].sel], notes[i].name, nil);
    if (power != nil)
        ns_center_observe(ns_center_default(), m->target, cocoa_sel[SEL_power_changed], power, nil);
}

struct machine *machine_new(struct kit *kit, struct ui_post *post)
{
    static const struct target_method methods[] = {
        {SEL_fell_asleep, (IMP)on_fell_asleep, "v@:@"},
        {SEL_woke, (IMP)on_woke, "v@:@"},
        {SEL_session_left, (IMP)on_session_left, "v@:@"},
        {SEL_session_back, (IMP)on_session_back, "v@:@"},
        {SEL_power_changed, (IMP)on_power_changed, "v@:@"},
    };
    struct machine *m = mem_new(sizeof *m);
    id info = ns_process_info();

    m->kit = kit;
    m->post = post;
    m->target = target_new(
        target_class("CKMachine", cocoa_class[CLS_NSObject], methods, countof(methods)), m);
    if (can_ns_process_disable_sudden_end(info))
        ns_process_disable_sudden_end(info);
    if (can_ns_process_disable_automatic_end(info))
        ns_process_disable_automatic_end(info, cocoa_string("It is in the menu bar"));
    hold_activity(m, true);
    power_changed(m);
    observe(m);
    return m;
}

void machine_stop(struct machine *m)
{
    if (m == NULL)
        return;
    ns_center_forget(ns_workspace_center(ns_workspace_shared()), m->target);
    ns_center_forget(ns_center_default(), m->target);
    hold_activity(m, false);
    m->kit = NULL;
}

void machine_free(struct machine *m)
{
    if (m == NULL)
        return;
    target_drop(m->target);
    mem_free(m);
}
