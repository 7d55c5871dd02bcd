/* power.c - see app/service/power.h.
 *
 * Sleep and fast user switching are notifications of the workspace, low power one of the process.
 * The names of those about the lock screen, which the login window sends to everybody, are
 * documented nowhere, but have been the same for many years; should they go, nothing is told about
 * it. They must come at once: AppKit holds such notifications back from an application that is not
 * in front, and we never are.
 * The network is a name of notify(3), which configd posts whenever addresses, routes or name
 * servers changed; a thread waits for it at a descriptor. */
#include "app/service/power.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/target.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#define AT_ONCE 4UL /* NSNotificationSuspensionBehaviorDeliverImmediately */
#define NETWORK "com.apple.system.config.network_change" /* kNotifySCNetworkChange */

/* libSystem's. 0: done; the descriptor is closed by notify_cancel(). */
extern uint32_t notify_register_file_descriptor(const char *name, int *fd, int flags, int *token);
/* 0: done. */
extern uint32_t notify_cancel(int token);

struct power {
    struct power_config config;
    bool stopped, low; /* main thread */
    id target;
    struct worker *thread; /* NULL: nothing of the network */
    int fd, token;         /* of notify(3), while there is the thread */
};

static void hear(struct power *p, enum power_event what)
{
    if (p != NULL && !p->stopped)
        p->config.hear(p->config.ctx, what);
}

static void on_fell_asleep(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_SLEEP);
}

static void on_woke(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_WAKE);
}

static void on_session_left(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_SESSION_LEFT);
}

static void on_session_back(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_SESSION_BACK);
}

static void on_locked(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_LOCK);
}

static void on_unlocked(id self, SEL cmd, id note)
{
    (void)cmd;
    (void)note;
    hear(target_owner(self), POWER_UNLOCK);
}

/* Main thread. */
static void low_changed(void *arg)
{
    struct power *p = arg;
    id info = ns_process_info();
    bool low = can_ns_process_is_low_power(info) && ns_process_is_low_power(info) != NO;

    if (low == p->low)
        return;
    p->low = low;
    hear(p, low ? POWER_LOW_ON : POWER_LOW_OFF);
}

/* Comes on a thread of the system's. */
static void on_low_changed(id self, SEL cmd, id note)
{
    struct power *p = target_owner(self);

    (void)cmd;
    (void)note;
    if (p != NULL)
        p->config.post(p->config.post_ctx, low_changed, p);
}

static void observe(struct power *p)
{
    id center = ns_workspace_center(ns_workspace_shared());
    id all = ns_distributed_center();
    id low = cocoa_constant("NSProcessInfoPowerStateDidChangeNotification");
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
        ns_center_observe(center, p->target, cocoa_sel[notes[i].sel], notes[i].name, nil);
    ns_center_observe_all(all, p->target, cocoa_sel[SEL_screen_locked],
                          cocoa_string("com.apple.screenIsLocked"), nil, AT_ONCE);
    ns_center_observe_all(all, p->target, cocoa_sel[SEL_screen_unlocked],
                          cocoa_string("com.apple.screenIsUnlocked"), nil, AT_ONCE);
    if (low != nil)
        ns_center_observe(ns_center_default(), p->target, cocoa_sel[SEL_power_changed], low, nil);
}

/* Main thread. */
static void network_changed(void *arg)
{
    hear(arg, POWER_NETWORK_CHANGED);
}

/* Empties the descriptor: each post is an int. False once nothing can come any more. */
static bool take_posts(int fd, bool *any)
{
    char posts[256];
    ssize_t n;

    while ((n = read(fd, posts, sizeof posts)) > 0)
        *any = true;
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* The thread. */
static int64_t follow(void *ctx, struct cancel *stop)
{
    struct power *p = ctx;
    struct burst burst = {0};
    struct pollfd fds[] = {{.fd = cancel_fd(stop), .events = POLLIN},
                           {.fd = p->fd, .events = POLLIN}};

    while (!cancel_is_set(stop)) {
        bool any = false;

        if (fds[1].fd >= 0 && !take_posts(fds[1].fd, &any))
            fds[1].fd = -1;
        if (any)
            burst_hear(&burst, clock_ms());
        if (burst_wait(&burst, clock_ms()) == 0) {
            burst_told(&burst);
            p->config.post(p->config.post_ctx, network_changed, p);
        }
        (void)poll(fds, countof(fds), (int)burst_wait(&burst, clock_ms()));
    }
    return WORKER_SLEEP;
}

static void follow_network(struct power *p)
{
    if (notify_register_file_descriptor(NETWORK, &p->fd, 0, &p->token) != 0) {
        log_info("power: nothing of network changes");
        return;
    }
    if (fcntl(p->fd, F_SETFL, O_NONBLOCK) < 0 || fcntl(p->fd, F_SETFD, FD_CLOEXEC) < 0) {
        (void)notify_cancel(p->token);
        return;
    }
    p->thread = worker_new("power", follow, p);
}

struct power *power_new(const struct power_config *config)
{
    static const struct target_method methods[] = {
        {SEL_fell_asleep, (IMP)on_fell_asleep, "v@:@"},
        {SEL_woke, (IMP)on_woke, "v@:@"},
        {SEL_session_left, (IMP)on_session_left, "v@:@"},
        {SEL_session_back, (IMP)on_session_back, "v@:@"},
        {SEL_screen_locked, (IMP)on_locked, "v@:@"},
        {SEL_screen_unlocked, (IMP)on_unlocked, "v@:@"},
        {SEL_power_changed, (IMP)on_low_changed, "v@:@"},
    };
    struct power *p = mem_new(sizeof *p);

    p->config = *config;
    p->target = target_new(
        target_class("CKPower", cocoa_class[CLS_NSObject], methods, countof(methods)), p);
    observe(p);
    p->config.post(p->config.post_ctx, low_changed, p); /* as it is now */
    follow_network(p);
    return p;
}

void power_stop(struct power *p)
{
    if (p == NULL)
        return;
    p->stopped = true;
    ns_center_forget(ns_workspace_center(ns_workspace_shared()), p->target);
    ns_center_forget(ns_center_default(), p->target);
    ns_center_forget_all(ns_distributed_center(), p->target, nil, nil);
    if (p->thread == NULL)
        return;
    worker_free(p->thread);
    p->thread = NULL;
    (void)notify_cancel(p->token);
}

void power_free(struct power *p)
{
    if (p == NULL)
        return;
    target_drop(p->target);
    mem_free(p);
}
