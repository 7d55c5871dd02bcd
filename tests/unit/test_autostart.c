/* test_autostart.c - autostart.h: texts of desktop entries. */
#include "core/desktop/autostart.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define SELF "/opt/kit/container-kit"
#define HEAD "[Desktop Entry]\nType=Application\nName=Container Kit\n"
#define TAIL "Terminal=false\nX-GNOME-Autostart-enabled=true\n"
#define FRESH HEAD "Exec=\"" SELF "\" --login\n" TAIL

static struct autostart read_text(const char *text)
{
    struct autostart a;

    autostart_read(text, strlen(text), SELF, &a);
    return a;
}

/* What `text` becomes; "" for a file that is removed, "refused" for one that stays. */
static const char *change(struct buf *out, const char *text, bool on)
{
    enum rc rc;

    buf_init(out, AUTOSTART_BYTES_MAX);
    rc = autostart_change(text, strlen(text), SELF, on, out, NULL);
    assert_true(rc == RC_OK || rc == RC_DENIED);
    return rc == RC_OK ? buf_text(out) : "refused";
}

#define ASSERT_CHANGES(text, on, want)                                                             \
    do {                                                                                           \
        struct buf out;                                                                            \
        assert_string_equal(change(&out, text, on), want);                                         \
        buf_release(&out);                                                                         \
    } while (0)

TEST(autostart_writes_what_the_specification_asks_for)
{
    struct buf out;

    buf_init(&out, AUTOSTART_BYTES_MAX);
    assert_int_equal(autostart_new(SELF, &out, NULL), RC_OK);
    assert_string_equal(buf_text(&out), FRESH);
    buf_release(&out);
}

TEST(autostart_quotes_twice)
{
    static const char *const rows[][2] = {
        {"/a b/container-kit", "/a b/container-kit"},
        {"/a\"b`c$d", "/a\\\\\"b\\\\`c\\\\$d"},
        {"/a\\b", "/a\\\\\\\\b"},
        {"/100%/c", "/100%%/c"},
        {"/%%f/c", "/%%%%f/c"},
        {"/d\xc3\xa9j\xc3\xa0", "/d\xc3\xa9j\xc3\xa0"},
        {"/a;b&c|d<e>f*g?h#i(j)k~l'm", "/a;b&c|d<e>f*g?h#i(j)k~l'm"},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct buf out;
        struct autostart a;
        char want[256];

        buf_init(&out, AUTOSTART_BYTES_MAX);
        assert_int_equal(autostart_new(rows[i][0], &out, NULL), RC_OK);
        snprintf(want, sizeof want, "\nExec=\"%s\" --login\n", rows[i][1]);
        assert_non_null(strstr(buf_text(&out), want));
        autostart_read(buf_text(&out), out.len, rows[i][0], &a);
        assert_string_equal(a.program, rows[i][0]);
        assert_int_equal(a.state, AUTOSTART_ON);
        assert_false(a.moved);
        buf_release(&out);
    }
}

TEST(autostart_refuses_paths_that_no_entry_can_start)
{
    static const char *const bad[] = {"/a=b", "/a\nExec=x", "/a\tb", "/a\x7f", "/a\xff"};
    struct buf out;
    struct fault why;

    buf_init(&out, AUTOSTART_BYTES_MAX);
    for (size_t i = 0; i < countof(bad); i++) {
        assert_int_equal(autostart_new(bad[i], &out, &why), RC_DENIED);
        assert_int_equal(out.len, 0);
        assert_int_equal(autostart_change(FRESH, strlen(FRESH), bad[i], true, &out, &why),
                         RC_DENIED);
        assert_int_equal(autostart_change(FRESH, strlen(FRESH), bad[i], false, &out, &why), RC_OK);
    }
    buf_release(&out);
}

TEST(autostart_reads_the_switches_of_the_first_group_alone)
{
    static const struct {
        const char *text;
        enum autostart_state state;
    } rows[] = {
        {FRESH, AUTOSTART_ON},
        {"", AUTOSTART_BROKEN},
        {"\n\n", AUTOSTART_BROKEN},
        {"Exec=a\n", AUTOSTART_BROKEN},
        {"[Other]\nExec=a\n", AUTOSTART_BROKEN},
        {"Exec=a\n[Desktop Entry]\nExec=a\n", AUTOSTART_BROKEN},
        {"[Desktop Entry]\n", AUTOSTART_BROKEN},
        {"[Desktop Entry]\n#Exec=a\n", AUTOSTART_BROKEN},
        {"[Desktop Entry]\nTryExec=a\nExec[de]=a\n", AUTOSTART_BROKEN},
        {"[Desktop Entry]\nExec=\n", AUTOSTART_BROKEN},
        {"[Desktop Entry]", AUTOSTART_BROKEN},
        {"[Desktop Entry]\nExec=a", AUTOSTART_ON},
        {"# mine\n\n [Desktop Entry] \r\n Exec = a \r\n", AUTOSTART_ON},
        {FRESH "Hidden=true\n", AUTOSTART_OFF},
        {FRESH "Hidden = true\r\n", AUTOSTART_OFF},
        {FRESH "#Hidden=true\n", AUTOSTART_ON},
        {FRESH "Hidden=false\n", AUTOSTART_ON},
        {FRESH "X-GNOME-Autostart-enabled=false\n", AUTOSTART_OFF},
        {FRESH "Hidden=true\nHidden=false\n", AUTOSTART_ON},
        {FRESH "[Desktop Action x]\nHidden=true\n", AUTOSTART_ON},
        {"[Desktop Entry]\nHidden=true\n", AUTOSTART_OFF},
    };

    for (size_t i = 0; i < countof(rows); i++)
        if (read_text(rows[i].text).state != rows[i].state)
            fail_msg("row %zu", i);
}

TEST(autostart_reads_the_first_word_of_exec)
{
    static const char *const rows[][2] = {
        {"a b", "a"},
        {"\"a b\" c", "a b"},
        {"a\\sb", "a"},
        {"\"a\\sb\"", "a b"},
        {"\"a\\\\\\\\b\"", "a\\b"},
        {"%f", "%f"},
        {"a%%b%%", "a%b%"},
        {"a%", "a%"},
        {"\"open", "open"},
        {"a\\", "a\\"},
        {"\"a\\", "a\\"},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char text[128];

        snprintf(text, sizeof text, "[Desktop Entry]\nExec=%s\n", rows[i][0]);
        assert_string_equal(read_text(text).program, rows[i][1]);
    }
}

TEST(autostart_tells_a_moved_program_from_a_wrapper)
{
    assert_false(read_text(FRESH).moved);
    assert_true(read_text(HEAD "Exec=/old/container-kit --login\n").moved);
    assert_true(read_text(HEAD "Exec=container-kit\n").moved);
    assert_false(read_text(HEAD "Exec=env A=b " SELF " --login\n").moved);
}

TEST(autostart_does_not_cut_a_program_that_is_too_long)
{
    char text[SYS_PATH_MAX + 64];
    int len = snprintf(text, sizeof text, "[Desktop Entry]\nExec=/%0*d\n", SYS_PATH_MAX, 0);

    assert_true(len > SYS_PATH_MAX);
    assert_int_equal(read_text(text).state, AUTOSTART_BROKEN);
}

TEST(autostart_removes_what_it_wrote)
{
    ASSERT_CHANGES(FRESH, false, "");
    ASSERT_CHANGES(HEAD "Exec=\"/old/container-kit\" --login\n" TAIL, false, "");
    ASSERT_CHANGES(HEAD "Exec=\"/old/container-kit\" --login\n" TAIL, true, FRESH);
    ASSERT_CHANGES(FRESH, true, FRESH);
}

TEST(autostart_keeps_what_a_person_wrote)
{
    static const char edited[] = "# mine\n" HEAD "X-Delay=5\nExec=\"" SELF "\" --login\n"
                                 "Hidden=true\n\n[More]\nHidden=true\nExec=y\n";

    ASSERT_CHANGES(edited, true,
                   "# mine\n[Desktop Entry]\nHidden=false\nX-GNOME-Autostart-enabled=true\n"
                   "Type=Application\nName=Container Kit\nX-Delay=5\nExec=\"" SELF "\" --login\n"
                   "\n[More]\nHidden=true\nExec=y\n");
    ASSERT_CHANGES("[Desktop Entry]\nExec=env /w\nX-GNOME-Autostart-enabled=true", false,
                   "[Desktop Entry]\nHidden=true\nExec=env /w\n");
    ASSERT_CHANGES("[Desktop Entry]\nExec=/old/container-kit\nX-Delay=5\n", true,
                   "[Desktop Entry]\nHidden=false\nX-GNOME-Autostart-enabled=true\nExec=\"" SELF
                   "\" --login\nX-Delay=5\n");
    ASSERT_CHANGES("[Desktop Entry]\nExec=env /w\nHidden=true\n", true,
                   "[Desktop Entry]\nHidden=false\nX-GNOME-Autostart-enabled=true\n"
                   "Exec=env /w\n");
    ASSERT_CHANGES("[Desktop Entry]\nHidden=true\n", true, FRESH);
}

TEST(autostart_leaves_alone_what_is_no_entry)
{
    ASSERT_CHANGES("", true, "refused");
    ASSERT_CHANGES("notes\n", true, "refused");
    ASSERT_CHANGES("notes\n", false, "refused");
    ASSERT_CHANGES("[Desktop Entry]\nName=x\n", true, "refused");
}

TEST(autostart_keeps_its_cap)
{
    static const char edited[] = "[Desktop Entry]\nExec=a\n#123456789\n";
    struct buf out;
    struct fault why;

    buf_init(&out, 40);
    assert_int_equal(autostart_new(SELF, &out, &why), RC_TOO_BIG);
    assert_int_equal(autostart_change(edited, strlen(edited), SELF, true, &out, &why), RC_TOO_BIG);
    buf_release(&out);
}

SUITE(autostart, T(autostart_writes_what_the_specification_asks_for), T(autostart_quotes_twice),
      T(autostart_refuses_paths_that_no_entry_can_start),
      T(autostart_reads_the_switches_of_the_first_group_alone),
      T(autostart_reads_the_first_word_of_exec), T(autostart_tells_a_moved_program_from_a_wrapper),
      T(autostart_does_not_cut_a_program_that_is_too_long), T(autostart_removes_what_it_wrote),
      T(autostart_keeps_what_a_person_wrote), T(autostart_leaves_alone_what_is_no_entry),
      T(autostart_keeps_its_cap))
