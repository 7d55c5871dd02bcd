/* menu_words.h - which sentence of words.h stands for what in the menu.
 *
 * Pure; any thread. */
#ifndef CORE_MENU_MENU_WORDS_H
#define CORE_MENU_MENU_WORDS_H
#include "core/engine/life.h"
#include "core/menu/menu.h"
#include "core/words/words.h"

/* "2 hours": the largest unit that fits; less than a minute, and below zero, is a moment. */
const char *menu_say_span(struct arena *a, int64_t seconds);

/* What an operation is called: "stop", and while it is under way: "stopping…". NULL for those that
 * no row does. Static. */
const char *menu_op_verb(enum op op);
const char *menu_op_doing(enum op op);
/* What a section says behind its title: "not running". Static. */
const char *menu_engine_label(enum engine_state state);
/* The same as a sentence: "Docker is not running". */
const char *menu_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state);
/* How to start an engine that does not run, as a sentence; "" where there is nothing to say.
 * Static. */
const char *menu_engine_hint(enum engine_kind kind, bool mac);
/* What a mark means, for who does not see it. NULL for none. Static. */
const char *menu_mark_spoken(enum menu_mark mark);
/* What a health check says. Static. */
const char *menu_health(enum health health);
/* What happened to a container, as a sentence: "web was removed". */
const char *menu_event_sentence(struct arena *a, enum life_event event, const char *name);
/* What an exit code means to a shell, or NULL. Static. */
const char *menu_exit_meaning(int64_t code);

#endif
