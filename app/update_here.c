/* update_here.c - see update_here.h. */
#include "app/update_here.h"
#include "app/applog.h"
#include "core/base/log.h"
#include "core/desktop/place.h"
#include "core/update/ours.h"
#include "core/update/watchdog.h"
#include <stdio.h>
#include <string.h>

void update_here_init(struct update_here *u, const struct setup *setup, const char *data)
{
    *u = (struct update_here){0};
    if (data[0] != '\0')
        place_bundle(setup->self, u->app);
    snprintf(u->data, sizeof u->data, "%s", data);
    MUST(semver_read(CK_VERSION, strlen(CK_VERSION), &u->current, NULL) == RC_OK);
    u->config = (struct install_config){
        .app = u->app,
        .why_not = "",
        .data = u->data,
        .app_id = CK_BUNDLE_ID,
        .target = ours_target(),
        .team = ours_team(),
        .current = &u->current,
        .mac = setup->where.mac,
    };
}

bool update_here_recover(struct update_here *u, const struct setup *setup)
{
    install_recover(&u->config, setup->update_token, &u->found);
    if (u->found.news != INSTALL_QUIET)
        log_info("update: this start found %s: %s", u->found.version.text,
                 install_news_word(u->found.news));
    return u->found.news != INSTALL_GIVE_WAY;
}

/* Its lines go to the same file as those of the program, between which it works: both only add. */
int update_here_watchdog(const struct setup *setup)
{
    struct watchdog_config config = {
        .app_id = CK_BUNDLE_ID, .spawner = setup->spawner, .mac = setup->where.mac};
    char data[FILE_PATH_MAX];

    watchdog_wait();
    if (file_data_folder(data, NULL) != RC_OK)
        return 1;
    applog_start();
    config.data = data;
    return watchdog_run(&config);
}
