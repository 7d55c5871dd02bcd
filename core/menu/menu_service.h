/* menu_service.h - what a section says about the service behind its engine, and the rows that
 * start, stop and restart it. Pure. */
#ifndef CORE_MENU_MENU_SERVICE_H
#define CORE_MENU_MENU_SERVICE_H
#include "core/menu/menu_ask.h"
#include "core/menu/menu_list.h"

struct menu_service {
    struct arena *arena; /* of the menu */
    const struct snapshot *snap;
    const struct menu_pending *pending; /* of the engine itself; NULL for none */
};

/* What is wrong with it, or takes its time, and what to do: none when all is well. */
void menu_service_notes(const struct menu_service *s, struct menu_list *into);
/* "Start Docker", "Stop Docker…": none where there is nothing to start or stop. */
void menu_service_rows(const struct menu_service *s, struct menu_list *into);

/* What is asked before OP_SERVICE_STOP or OP_SERVICE_RESTART is done; `snap` may be NULL. */
void menu_service_ask(struct arena *a, enum engine_kind kind, enum op op,
                      const struct snapshot *snap, struct menu_question *out);

#endif
