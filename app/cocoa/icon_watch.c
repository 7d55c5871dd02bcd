/* icon_watch.c - see icon_watch.h. The first look may come too early, while the bar makes room; so
 * two must agree. */
#include "app/cocoa/icon_watch.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/platform.h"
#include "app/cocoa/target.h"
#include "core/base/log.h"
#include "core/base/mem.h"

static const double look_s[] = {5, 15};

struct icon_watch {
    id button, target;
    void (*missing)(void *ctx, enum placement placement);
    void *ctx;
    unsigned looks, misses;
};

enum placement icon_watch_look(const struct icon_watch *w)
{
    struct placement_facts facts = {0};
    enum placement placement;

    platform_icon_facts(w->button, &facts);
    placement = placement_of(&facts);
    log_info("icon: %s, at %.0f,%.0f, %.0f x %.0f", placement_word(placement), facts.icon.x,
             facts.icon.y, facts.icon.width, facts.icon.height);
    return placement;
}

static void on_look(id self, SEL cmd, id none)
{
    struct icon_watch *w = target_owner(self);
    id pool = cocoa_pool_push();
    enum placement placement = w == NULL ? PLACEMENT_OK : icon_watch_look(w);

    (void)cmd;
    (void)none;
    if (w != NULL) {
        w->looks++;
        w->misses += placement != PLACEMENT_OK;
        if (w->looks == countof(look_s) && w->misses == w->looks)
            w->missing(w->ctx, placement);
    }
    cocoa_pool_pop(pool);
}

struct icon_watch *icon_watch_new(id button, void (*missing)(void *ctx, enum placement placement),
                                  void *ctx)
{
    static const struct target_method methods[] = {{SEL_look, (IMP)on_look, "v@:@"}};
    struct icon_watch *w = mem_new(sizeof *w);
    id modes = ns_array_from((id[]){NSDefaultRunLoopMode}, 1); /* a menu that is open was found */

    *w = (struct icon_watch){.button = button, .missing = missing, .ctx = ctx};
    w->target = target_new(
        target_class("CKIconWatch", cocoa_class[CLS_NSObject], methods, countof(methods)), w);
    for (size_t i = 0; i < countof(look_s); i++)
        ns_perform_later(w->target, cocoa_sel[SEL_look], nil, look_s[i], modes);
    return w;
}

void icon_watch_free(struct icon_watch *w)
{
    if (w == NULL)
        return;
    target_drop(w->target);
    mem_free(w);
}
