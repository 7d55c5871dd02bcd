/* facts.h - looks for what recover_decide() wants to know. Threads: any but the main one for an
 * update that is ready, whose every byte is read. Memory: none is kept. */
#ifndef CORE_UPDATE_FACTS_H
#define CORE_UPDATE_FACTS_H
#include "core/update/recover.h"

/* `app` is the app that runs, `app_id` the program's. The installed version is what lies there, not
 * what the journal says. */
void facts_find(const char *app, const char *app_id, const struct journal *j,
                struct recover_facts *out);

#endif
