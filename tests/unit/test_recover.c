/* test_recover.c - recover.h: the table of updates.md 10.3, row by row, and that it comes to rest.
 */
#include "core/update/recover.h"
#include "tests/unit/unit.h"

#define MISSING RECOVER_APP_MISSING
#define OLD RECOVER_APP_OLD
#define NEW RECOVER_APP_NEW
#define OTHER RECOVER_APP_OTHER

/* clang-format off */
static const struct {
    const char *name;
    struct recover_facts facts; /* state, app, ours, whole, aside, staged, attempts */
    enum recover_act act;
} table[] = {
    {"no journal", {JOURNAL_NONE, OLD, 1, 0, 0, 0, 0}, RECOVER_NOTHING},
    {"ready", {JOURNAL_READY, OLD, 1, 1, 0, 1, 0}, RECOVER_KEEP},
    {"ready, but the staged copy was changed", {JOURNAL_READY, OLD, 1, 0, 0, 1, 0}, RECOVER_DROP},
    {"ready, but swapped", {JOURNAL_READY, NEW, 1, 0, 0, 1, 0}, RECOVER_TRY},
    {"moving, nothing has moved", {JOURNAL_MOVING, OLD, 1, 1, 0, 1, 0}, RECOVER_KEEP},
    {"moving, both have moved", {JOURNAL_MOVING, NEW, 1, 0, 1, 0, 0}, RECOVER_TRY},
    {"moving, the place is empty", {JOURNAL_MOVING, MISSING, 0, 0, 1, 1, 0}, RECOVER_FROM_ASIDE},
    {"moving, and the old one is gone", {JOURNAL_MOVING, MISSING, 0, 0, 0, 1, 0}, RECOVER_FROM_STAGED},
    {"moving, and both are gone", {JOURNAL_MOVING, MISSING, 0, 0, 0, 0, 0}, RECOVER_NOTHING},
    {"swapped, first start", {JOURNAL_SWAPPED, NEW, 1, 0, 0, 1, 0}, RECOVER_TRY},
    {"swapped, second start", {JOURNAL_SWAPPED, NEW, 1, 0, 0, 1, 1}, RECOVER_TRY},
    {"swapped, third start", {JOURNAL_SWAPPED, NEW, 1, 0, 0, 1, 2}, RECOVER_TAKE_BACK},
    {"swapped, many starts", {JOURNAL_SWAPPED, NEW, 1, 0, 0, 1, 9}, RECOVER_TAKE_BACK},
    {"swapped, but taken back", {JOURNAL_SWAPPED, OLD, 1, 0, 0, 1, 1}, RECOVER_NOTE_BACK},
    {"confirmed", {JOURNAL_CONFIRMED, NEW, 1, 0, 0, 1, 1}, RECOVER_TIDY},
    {"confirmed, and the old one put back by hand", {JOURNAL_CONFIRMED, OLD, 1, 0, 0, 1, 1}, RECOVER_DROP},
    {"rolled back", {JOURNAL_ROLLED_BACK, OLD, 1, 0, 0, 0, 1}, RECOVER_BLOCK},
    {"rolled back, and installed by hand", {JOURNAL_ROLLED_BACK, NEW, 1, 0, 0, 0, 1}, RECOVER_DROP},
    {"returning, nothing has moved", {JOURNAL_RETURNING, NEW, 1, 0, 0, 1, 2}, RECOVER_TAKE_BACK},
    {"returning, the place is empty", {JOURNAL_RETURNING, MISSING, 0, 0, 1, 1, 2}, RECOVER_FROM_STAGED},
    {"returning, and the old one is gone", {JOURNAL_RETURNING, MISSING, 0, 0, 1, 0, 2}, RECOVER_FROM_ASIDE},
    {"returning, both have moved", {JOURNAL_RETURNING, OLD, 1, 0, 1, 0, 2}, RECOVER_NOTE_BACK},
    {"a third version", {JOURNAL_SWAPPED, OTHER, 1, 0, 0, 1, 0}, RECOVER_DROP},
    {"an app that does not tell", {JOURNAL_SWAPPED, RECOVER_APP_UNKNOWN, 1, 0, 0, 1, 9}, RECOVER_NOTHING},
    {"the app was moved away", {JOURNAL_READY, MISSING, 0, 0, 0, 1, 0}, RECOVER_DROP},
    {"another copy's, ready", {JOURNAL_READY, OLD, 0, 1, 0, 1, 0}, RECOVER_NOTHING},
    {"another copy's, swapped", {JOURNAL_SWAPPED, NEW, 0, 0, 0, 1, 2}, RECOVER_NOTHING},
};
/* clang-format on */

TEST(recover_does_what_the_table_says)
{
    for (size_t i = 0; i < countof(table); i++) {
        if (recover_decide(&table[i].facts) != table[i].act)
            fail_msg("%s", table[i].name);
    }
}

/* What an act leads to, if it succeeds. */
static void perform(struct recover_facts *f, enum recover_act act)
{
    switch (act) {
    case RECOVER_KEEP:
        f->state = JOURNAL_READY;
        break;
    case RECOVER_DROP:
    case RECOVER_TIDY:
        f->state = JOURNAL_NONE;
        break;
    case RECOVER_TRY:
        f->state = JOURNAL_SWAPPED;
        f->attempts++;
        f->staged = f->staged || f->aside;
        f->aside = false;
        break;
    case RECOVER_TAKE_BACK:
    case RECOVER_NOTE_BACK:
        f->app = RECOVER_APP_OLD;
        f->state = JOURNAL_ROLLED_BACK;
        break;
    case RECOVER_FROM_ASIDE:
        f->app = f->state == JOURNAL_MOVING ? RECOVER_APP_OLD : RECOVER_APP_NEW;
        f->aside = false;
        f->whole = f->staged;
        f->ours = true;
        break;
    case RECOVER_FROM_STAGED:
        f->app = f->state == JOURNAL_MOVING ? RECOVER_APP_NEW : RECOVER_APP_OLD;
        f->staged = f->aside;
        f->aside = false;
        f->ours = true;
        break;
    default:
        break;
    }
}

static struct recover_facts facts_of(unsigned n)
{
    struct recover_facts f = {0};

    f.state = (enum journal_state)(n % JOURNAL_STATE_COUNT);
    n /= JOURNAL_STATE_COUNT;
    f.app = (enum recover_app)(n % RECOVER_APP_COUNT);
    n /= RECOVER_APP_COUNT;
    f.ours = (n & 1) != 0;
    f.whole = (n & 2) != 0;
    f.aside = (n & 4) != 0;
    f.staged = (n & 8) != 0;
    f.attempts = n >> 4;
    return f;
}

/* From whatever is found, a few starts lead to an end: no app is swapped back and forth. */
TEST(recover_comes_to_rest_from_anywhere)
{
    const unsigned all = JOURNAL_STATE_COUNT * RECOVER_APP_COUNT * 16 * 4;

    for (unsigned n = 0; n < all; n++) {
        struct recover_facts f = facts_of(n);
        struct recover_facts before = f;
        unsigned back = 0, steps = 0;

        for (; steps < 8; steps++) {
            enum recover_act act = recover_decide(&f);

            before = f;
            perform(&f, act);
            back += act == RECOVER_TAKE_BACK;
        }
        assert_true(back <= 1);
        assert_int_equal(f.state, before.state);
        assert_int_equal(f.app, before.app);
        assert_int_equal(f.attempts, before.attempts);
    }
}

SUITE(recover, T(recover_does_what_the_table_says), T(recover_comes_to_rest_from_anywhere))
