/* notify_words.h - which sentence of words.h stands for what in a notification.
 *
 * Pure; any thread. */
#ifndef CORE_NOTIFY_NOTIFY_WORDS_H
#define CORE_NOTIFY_NOTIFY_WORDS_H
#include "core/engine/snapshot.h"
#include "core/notify/note.h"
#include "core/words/words.h"

/* What an action is called: "stop". NULL for those that are none. Static. */
const char *notify_op_verb(enum op op);
/* "Docker is not running any more". */
const char *notify_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state);

#endif
