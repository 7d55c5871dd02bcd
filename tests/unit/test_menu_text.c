/* The text form of a menu, sign by sign. */
#include "core/menu/menu_text.h"
#include "tests/unit/unit.h"

static const char *text_of(const struct menu_item *items, size_t count, bool deep, struct buf *out)
{
    struct menu m = {
        .icon = MENU_ICON_IDLE, .status_title = "", .status_tip = "tip", .count = count};

    m.items = mem_new_array(count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        m.items[i] = items[i];
    buf_init(out, 4096);
    assert_int_equal(menu_text(&m, deep, out), RC_OK);
    mem_free(m.items);
    return buf_text(out);
}

TEST(every_kind_of_item_has_its_form)
{
    struct menu_item kids[] = {{.key = "k", .title = "Kid", .enabled = true, .shortcut = ""},
                               {.key = "f", .title = "fact", .kind = MENU_NOTE, .shortcut = ""}};
    struct menu_item items[] = {
        {.key = "h", .title = "Head", .kind = MENU_HEADER, .shortcut = "", .enabled = true},
        {.key = "r",
         .title = "Row",
         .enabled = true,
         .shortcut = "",
         .children = kids,
         .child_count = 2},
        {.key = "o", .title = "Off", .shortcut = ""},
        {.key = "s", .title = "", .kind = MENU_SEPARATOR, .shortcut = ""},
        {.key = "c", .title = "Settings", .enabled = true, .shortcut = ","},
        {.key = "q", .title = "Quit", .enabled = true, .shortcut = "q"},
        {.key = "a", .title = "Other", .enabled = true, .shortcut = "", .alternate = true},
        {.key = "g", .title = "Gone", .shortcut = "x", .children = kids, .child_count = 1},
    };
    struct buf out;

    assert_string_equal(text_of(items, countof(items), true, &out), "idle |  | tip\n"
                                                                    "(Head)\n"
                                                                    "Row >\n"
                                                                    "  Kid\n"
                                                                    "  (fact)\n"
                                                                    "(Off)\n"
                                                                    "- - -\n"
                                                                    "Settings [,]\n"
                                                                    "Quit [Q]\n"
                                                                    "Other [⌥]\n"
                                                                    "(Gone) [X] >\n"
                                                                    "  Kid\n");
    buf_release(&out);
    assert_string_equal(text_of(items, 2, false, &out), "idle |  | tip\n(Head)\nRow >\n");
    buf_release(&out);
}

TEST(an_empty_menu_is_its_status_line)
{
    struct menu m = {.icon = MENU_ICON_BUSY, .status_title = "3", .status_tip = "t"};
    struct buf out;

    buf_init(&out, 4096);
    assert_int_equal(menu_text(&m, true, &out), RC_OK);
    assert_string_equal(buf_text(&out), "busy | 3 | t\n");
    buf_release(&out);
}

/* Also when what comes after the cut would fit. */
TEST(a_full_buffer_is_told)
{
    struct menu_item kid = {.key = "k", .title = "0123456789", .enabled = true, .shortcut = ""};
    struct menu_item items[] = {
        {.key = "a", .title = "A", .shortcut = "", .children = &kid, .child_count = 1},
        {.key = "b", .title = "B", .enabled = true, .shortcut = ""}};
    struct menu m = {.items = items, .count = 2, .status_title = "", .status_tip = ""};
    struct buf out;

    buf_init(&out, 30);
    assert_int_equal(menu_text(&m, true, &out), RC_TOO_BIG);
    buf_release(&out);
    m.items = items + 1;
    m.count = 1;
    buf_init(&out, 10);
    assert_int_equal(menu_text(&m, true, &out), RC_TOO_BIG);
    buf_release(&out);
}

TEST(items_are_found_by_key)
{
    struct menu_item items[] = {{.key = "a"}, {.key = "b"}};

    assert_ptr_equal(menu_find(items, 2, "b"), &items[1]);
    assert_null(menu_find(items, 2, "c"));
    assert_null(menu_find(NULL, 0, "a"));
}

SUITE(menu_text, T(every_kind_of_item_has_its_form), T(an_empty_menu_is_its_status_line),
      T(a_full_buffer_is_told), T(items_are_found_by_key))
