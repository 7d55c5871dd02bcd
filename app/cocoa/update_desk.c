/* update_desk.c - see update_desk.h. */
#include "app/cocoa/update_desk.h"
#include "app/service/here.h"
#include "app/service/proxies.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/update/updater_world.h"
#include "core/words/words.h"

struct update_desk {
    struct update_desk_config config;
    struct place place;
    struct updater_world world;
    struct updater *updater;
    struct update_window *window;
};

static void changed(void *ctx)
{
    struct update_desk *d = ctx;
    const struct update_page *page = updater_page(d->updater);

    kit_update(d->config.kit, page);
    update_window_changed(d->window);
    if (page->phase == UPDATE_HANDED_OVER)
        d->config.quit(d->config.ctx);
}

/* Without a data folder there is no place for what has to be remembered. */
static void find_place(struct update_desk *d)
{
    struct install_config *install = &d->config.here->config;

    here_place(d->config.setup, &d->place);
    install->why_not = d->place.updates ? "" : d->place.why;
    if (install->data[0] == '\0')
        install->why_not = word(WORD_UPDATE_NO_FILE);
}

static struct updater *make_updater(struct update_desk *d)
{
    const struct install_found *found = &d->config.here->found;
    struct updater_config config;
    struct fault why = {0};
    enum rc rc = updater_world_init(&d->world, &d->config.here->config, d->config.setup->spawner,
                                    proxies_read, &why);

    updater_world_config(&d->world, &config);
    if (rc != RC_OK) {
        log_warn("update: %s", why.text);
        config.off = word(WORD_UPDATE_NO_FILE);
    }
    if (found->news == INSTALL_READY)
        config.ready = found->version.text;
    if (found->news == INSTALL_FAILED)
        config.blocked = found->version.text;
    config.post = ui_post;
    config.post_ctx = d->config.post;
    config.changed = changed;
    config.ctx = d;
    return updater_new(&config);
}

struct update_desk *update_desk_new(const struct update_desk_config *config)
{
    struct update_desk *d = mem_new(sizeof *d);

    d->config = *config;
    find_place(d);
    d->updater = make_updater(d);
    d->window = update_window_new(config->windows, d->updater);
    kit_update(config->kit, updater_page(d->updater));
    return d;
}

void update_desk_follow(struct update_desk *d)
{
    updater_follow(d->updater, kit_settings(d->config.kit)->number[SETTING_UPDATE_CHECK] != 0);
}

void update_desk_woke(struct update_desk *d)
{
    updater_woke(d->updater);
}

void update_desk_show(struct update_desk *d)
{
    update_window_show(d->window);
}

bool update_desk_free(struct update_desk *d)
{
    bool handed_over;

    if (d == NULL)
        return false;
    handed_over = updater_page(d->updater)->phase == UPDATE_HANDED_OVER;
    update_window_free(d->window);
    updater_free(d->updater);
    mem_free(d);
    return handed_over;
}
