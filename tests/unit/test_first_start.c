/* The welcome comes once, and never at login. */
#include "core/desktop/first_start.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TEST(due_until_it_is_done)
{
    char folder[] = "/tmp/ck-first-XXXXXX", path[64];
    struct fault why;

    assert_non_null(mkdtemp(folder));
    assert_true(first_start_due(folder, false));
    assert_false(first_start_due(folder, true));
    assert_int_equal(first_start_done(folder, &why), RC_OK);
    assert_false(first_start_due(folder, false));
    snprintf(path, sizeof path, "%s/first-start-done", folder);
    assert_int_equal(unlink(path), 0);
    /* a link that leads nowhere is there too: whoever made it does not want to be asked */
    assert_int_equal(symlink("/nowhere", path), 0);
    assert_false(first_start_due(folder, false));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

TEST(without_a_folder_it_is_never_due)
{
    struct fault why;

    assert_false(first_start_due("", false));
    assert_int_equal(first_start_done("/tmp/ck-no-such-folder", &why), RC_IO);
}

SUITE(first_start, T(due_until_it_is_done), T(without_a_folder_it_is_never_due))
