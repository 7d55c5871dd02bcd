/* platform.c - see app/cocoa/platform.h. macOS brings its own menu bar and always has a display for
 * a program that LaunchServices or a logged-in user starts. */
#include "app/cocoa/platform.h"
#include "app/macos/macos.h"

#define ROWS_DEF "app/macos/macos.def"
#define ROWS_NAME macos
#include "app/cocoa/rows_load.h"
/* behind it */
#include "app/cocoa/rows_list.h"

#define CAN_BE_SEEN 2UL /* NSWindowOcclusionStateVisible */

enum rc platform_init(struct fault *why)
{
    (void)why;
    macos_load();
    return RC_OK;
}

const struct selfcheck_table *platform_table(void)
{
    static const struct selfcheck_table table = {"macos.def", macos_rows, countof(macos_rows)};

    macos_load();
    return &table;
}

static struct placement_rect rect(NSRect r)
{
    return (struct placement_rect){r.origin.x, r.origin.y, r.size.width, r.size.height};
}

void platform_icon_facts(id button, struct placement_facts *out)
{
    id window = mac_view_window(button), screens = mac_screen_all();
    unsigned long count = mac_array_count(screens);

    *out = (struct placement_facts){.has_window = window != nil};
    out->icon = rect(mac_window_frame(window));
    out->drawn = window != nil && (mac_window_occlusion(window) & CAN_BE_SEEN) != 0;
    for (unsigned long i = 0; i < count && i < PLACEMENT_SCREENS_MAX; i++) {
        id screen = mac_array_at(screens, i);

        out->screens[i] = (struct placement_screen){rect(mac_screen_frame(screen)),
                                                    rect(mac_screen_visible(screen))};
        out->screen_count++;
    }
}

const char *platform_libraries(void)
{
    return "SQLite (public domain), curl (curl), zlib (zlib)";
}

const char *platform_page(enum system_page page)
{
    static const char *const pages[] = {
        [PAGE_MENU_BAR] = "x-apple.systempreferences:com.apple.MenuBarSettings",
        [PAGE_NOTIFICATIONS] =
            "x-apple.systempreferences:com.apple.Notifications-Settings.extension",
        [PAGE_LANGUAGE] = "x-apple.systempreferences:com.apple.Localization-Settings.extension",
    };

    return pages[page];
}

struct platform_scroll platform_scroll(id scroll_view)
{
    NSRect seen = mac_scroll_seen(scroll_view);
    NSRect all = mac_view_bounds(mac_scroll_document(scroll_view));

    return (struct platform_scroll){seen.origin.y, seen.size.width, seen.size.height,
                                    all.size.height};
}
