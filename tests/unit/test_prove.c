/* test_prove.c - prove.h: it does not hold up the end of the program. That it proves, and when it
 * does not, is asked in tests/update/install.py, with shorter waits. */
#include "core/update/prove.h"
#include "tests/unit/unit.h"

static void post(void *ctx, void (*call)(void *arg), void *arg)
{
    unsigned *posted = ctx;

    (*posted)++;
    call(arg);
}

TEST(prove_ends_at_once_when_the_program_does)
{
    struct semver version;
    struct install_config config = {
        .app = "/nowhere/K.app", .why_not = "", .data = "/nowhere/data"};
    unsigned posted = 0;

    assert_int_equal(semver_read("1.0.0", 5, &version, NULL), RC_OK);
    config.current = &version;
    for (int i = 0; i < 50; i++)
        prove_free(prove_new(&config, "", post, &posted));
    assert_int_equal(posted, 0); /* ten seconds were not over */
    prove_free(NULL);
}

SUITE(prove, T(prove_ends_at_once_when_the_program_does))
