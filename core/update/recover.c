/* recover.c - see recover.h. */
#include "core/update/recover.h"

/* The new one is in place, whether that was noted or not. */
static enum recover_act judge_new(const struct recover_facts *f)
{
    return f->attempts >= RECOVER_ATTEMPTS ? RECOVER_TAKE_BACK : RECOVER_TRY;
}

/* Of the two that changed places, the one that is to come: the old one if it is there. */
static enum recover_act fill_place(const struct recover_facts *f)
{
    bool old_is_aside = f->state == JOURNAL_MOVING;

    if (!f->aside && !f->staged)
        return RECOVER_NOTHING;
    if (old_is_aside ? f->aside : !f->staged)
        return RECOVER_FROM_ASIDE;
    return RECOVER_FROM_STAGED;
}

static enum recover_act decide_missing(const struct recover_facts *f)
{
    if (f->state == JOURNAL_MOVING || f->state == JOURNAL_RETURNING)
        return fill_place(f);
    return RECOVER_DROP; /* it was moved or removed by hand */
}

static enum recover_act decide_old(const struct recover_facts *f)
{
    switch (f->state) {
    case JOURNAL_READY:
    case JOURNAL_MOVING:
        return f->whole ? RECOVER_KEEP : RECOVER_DROP;
    case JOURNAL_SWAPPED:
    case JOURNAL_RETURNING:
        return RECOVER_NOTE_BACK;
    case JOURNAL_ROLLED_BACK:
        return RECOVER_BLOCK;
    default:
        return RECOVER_DROP;
    }
}

static enum recover_act decide_new(const struct recover_facts *f)
{
    switch (f->state) {
    case JOURNAL_READY:
    case JOURNAL_MOVING:
    case JOURNAL_SWAPPED:
        return judge_new(f);
    case JOURNAL_RETURNING:
        return RECOVER_TAKE_BACK;
    case JOURNAL_CONFIRMED:
        return RECOVER_TIDY;
    default:
        return RECOVER_DROP; /* taken back once, and installed by hand all the same */
    }
}

enum recover_act recover_decide(const struct recover_facts *f)
{
    if (f->state == JOURNAL_NONE)
        return RECOVER_NOTHING;
    if (f->app == RECOVER_APP_MISSING)
        return decide_missing(f);
    if (f->app == RECOVER_APP_UNKNOWN)
        return RECOVER_NOTHING;
    if (f->app == RECOVER_APP_OTHER)
        return RECOVER_DROP;
    if (!f->ours)
        return RECOVER_NOTHING; /* of another copy, which will look itself */
    return f->app == RECOVER_APP_OLD ? decide_old(f) : decide_new(f);
}
