/* ui_post.c - see ui_post.h. The list is taken whole and run outside the lock; calls posted
 * meanwhile make a new round. */
#include "app/cocoa/ui_post.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/target.h"
#include "core/base/mem.h"
#include <pthread.h>

struct call {
    struct call *next;
    void (*call)(void *arg);
    void *arg;
};

struct ui_post {
    pthread_mutex_t lock;
    struct call *first, **last; /* lock */
    bool under_way;             /* lock: a perform was sent and has not come yet */
    id target;                  /* the rest is never changed */
    id modes;
};

static struct call *take_all(struct ui_post *p)
{
    struct call *list;

    MUST(pthread_mutex_lock(&p->lock) == 0);
    list = p->first;
    p->first = NULL;
    p->last = &p->first;
    p->under_way = false;
    MUST(pthread_mutex_unlock(&p->lock) == 0);
    return list;
}

static void run_all(struct ui_post *p)
{
    for (struct call *c = take_all(p); c != NULL;) {
        struct call *next = c->next;
        id pool = cocoa_pool_push();

        c->call(c->arg);
        mem_free(c);
        cocoa_pool_pop(pool);
        c = next;
    }
}

static void on_deliver(id self, SEL cmd, id none)
{
    struct ui_post *p = target_owner(self);

    (void)cmd;
    (void)none;
    if (p != NULL)
        run_all(p);
}

struct ui_post *ui_post_new(void)
{
    static const struct target_method methods[] = {{SEL_deliver, (IMP)on_deliver, "v@:@"}};
    id modes[] = {NSDefaultRunLoopMode, NSEventTrackingRunLoopMode, NSModalPanelRunLoopMode};
    struct ui_post *p = mem_new(sizeof *p);

    MUST(pthread_mutex_init(&p->lock, NULL) == 0);
    p->last = &p->first;
    p->target =
        target_new(target_class("CKPost", cocoa_class[CLS_NSObject], methods, countof(methods)), p);
    p->modes = ns_retain(ns_array_from(modes, countof(modes)));
    return p;
}

void ui_post(void *post, void (*call)(void *arg), void *arg)
{
    struct ui_post *p = post;
    struct call *c = mem_new(sizeof *c);
    bool send;

    *c = (struct call){NULL, call, arg};
    MUST(pthread_mutex_lock(&p->lock) == 0);
    *p->last = c;
    p->last = &c->next;
    send = !p->under_way;
    p->under_way = true;
    MUST(pthread_mutex_unlock(&p->lock) == 0);
    if (send) {
        id pool = cocoa_pool_push();

        ns_perform_on_main(p->target, cocoa_sel[SEL_deliver], nil, NO, p->modes);
        cocoa_pool_pop(pool);
    }
}

void ui_post_free(struct ui_post *p)
{
    if (p == NULL)
        return;
    while (p->first != NULL)
        run_all(p);
    target_drop(p->target);
    ns_release(p->modes);
    MUST(pthread_mutex_destroy(&p->lock) == 0);
    mem_free(p);
}
