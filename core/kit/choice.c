/* choice.c - see choice.h. */
#include "core/kit/choice.h"

bool choice_engine(const struct settings *s, enum engine_kind kind)
{
    static const enum setting of[ENGINE_COUNT] = {[ENGINE_APPLE] = SETTING_APPLE,
                                                  [ENGINE_DOCKER] = SETTING_DOCKER,
                                                  [ENGINE_PODMAN] = SETTING_PODMAN};

    return s->number[of[kind]] != 0;
}

enum language choice_language(const struct settings *s, enum language wanted)
{
    int64_t chosen = s->number[SETTING_LANGUAGE]; /* the system's, then ours in their order */

    return chosen == 0 ? wanted : (enum language)(chosen - 1);
}

void choice_notes(const struct settings *s, struct notify_settings *out)
{
    static const enum setting of[] = {
        [NOTE_EXIT] = SETTING_NOTE_EXIT,      [NOTE_UNHEALTHY] = SETTING_NOTE_UNHEALTHY,
        [NOTE_LOOP] = SETTING_NOTE_LOOP,      [NOTE_ENGINE] = SETTING_NOTE_ENGINE,
        [NOTE_FAILURE] = SETTING_NOTE_FAILED,
    };

    *out = (struct notify_settings){.muted = NULL};
    for (size_t kind = 0; kind < countof(of); kind++) /* a summary has others in it */
        out->off[kind] = s->number[of[kind]] == 0;
}
