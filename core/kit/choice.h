/* choice.h - what the user's settings mean to the kit. Private to core/kit. Pure. */
#ifndef CORE_KIT_CHOICE_H
#define CORE_KIT_CHOICE_H
#include "core/notify/notify.h"
#include "core/store/settings.h"
#include "core/words/words.h"

/* The engine is looked at and shown. */
bool choice_engine(const struct settings *s, enum engine_kind kind);
/* The language that is spoken where the system asks for `wanted`. */
enum language choice_language(const struct settings *s, enum language wanted);
/* Which kinds of notes are wanted; nothing is muted. */
void choice_notes(const struct settings *s, struct notify_settings *out);

#endif
