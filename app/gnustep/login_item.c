/* login_item.c - see app/service/login_item.h: a file in the user's autostart folder, written whole
 * and never through a link. Its text is core/desktop/autostart.h's. */
#include "app/service/login_item.h"
#include "core/base/file.h"
#include "core/desktop/autostart.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* $XDG_CONFIG_HOME/autostart, with ~/.config for a missing or relative one. */
static enum rc find_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    char home[FILE_PATH_MAX];
    enum rc rc = RC_OK;
    int len = 0;

    if (config != NULL && config[0] == '/') {
        len = snprintf(out, FILE_PATH_MAX, "%s/autostart", config);
    } else {
        rc = file_home(home, why);
        if (rc != RC_OK)
            return rc;
        len = snprintf(out, FILE_PATH_MAX, "%s/.config/autostart", home);
    }
    if (len >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the autostart folder is too long");
    return RC_OK;
}

/* The file's bytes into *old, which is empty and RC_MISSING if it is not there; its path. */
static enum rc read_file(char path[FILE_PATH_MAX], struct buf *old, struct fault *why)
{
    char folder[FILE_PATH_MAX];
    enum rc rc = find_folder(folder, why);

    if (rc != RC_OK)
        return rc == RC_MISSING ? fault_set(why, RC_DENIED, "this user has no home folder") : rc;
    if (snprintf(path, FILE_PATH_MAX, "%s/" AUTOSTART_FILE, folder) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the autostart folder is too long");
    return file_read(path, old, why);
}

static enum login_item_state state_of(const struct autostart *a, const char *path,
                                      struct fault *why)
{
    if (a->state == AUTOSTART_BROKEN) {
        fault_set(why, RC_DENIED, "%s is no desktop entry that starts something", path);
        return LOGIN_ITEM_UNAVAILABLE;
    }
    if (a->state == AUTOSTART_OFF)
        return LOGIN_ITEM_OFF;
    if (a->moved)
        fault_set(why, RC_DENIED, "another copy is opened: %s", a->program);
    return LOGIN_ITEM_ON;
}

enum login_item_state login_item_read(const struct place *place, const char *self,
                                      struct fault *why)
{
    enum login_item_state state = LOGIN_ITEM_OFF;
    char path[FILE_PATH_MAX];
    struct autostart a;
    struct buf old;
    enum rc rc;

    (void)place; /* any executable may be opened at login here */
    buf_init(&old, AUTOSTART_BYTES_MAX);
    rc = read_file(path, &old, why);
    if (rc == RC_OK || rc == RC_MISSING)
        why->text[0] = '\0';
    if (rc == RC_OK) {
        autostart_read(buf_text(&old), old.len, self, &a);
        state = state_of(&a, path, why);
    } else if (rc != RC_MISSING) {
        state = LOGIN_ITEM_UNAVAILABLE;
    }
    buf_release(&old);
    return state;
}

static enum rc write_file(const char *path, const struct buf *text, struct fault *why)
{
    char folder[FILE_PATH_MAX];
    enum rc rc;

    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    rc = file_make_folder(folder, why);
    return rc != RC_OK ? rc : file_replace(path, buf_text(text), text->len, why);
}

/* As autostart_change(), for a file that may not be there. */
static enum rc change(const struct buf *old, enum rc found, const char *self, bool on,
                      struct buf *out, struct fault *why)
{
    if (found == RC_OK)
        return autostart_change(buf_text(old), old->len, self, on, out, why);
    return on ? autostart_new(self, out, why) : RC_OK;
}

enum rc login_item_set(const struct place *place, const char *self, bool on, struct fault *why)
{
    char path[FILE_PATH_MAX];
    struct buf old, fresh;
    enum rc found, rc;

    (void)place;
    buf_init(&old, AUTOSTART_BYTES_MAX);
    buf_init(&fresh, AUTOSTART_BYTES_MAX);
    found = rc = read_file(path, &old, why);
    if (found == RC_OK || found == RC_MISSING)
        rc = change(&old, found, self, on, &fresh, why);
    if (rc != RC_OK && found == RC_OK)
        fault_context(why, "%s", path);
    else if (rc == RC_OK && fresh.len > 0)
        rc = write_file(path, &fresh, why);
    else if (rc == RC_OK && found == RC_OK && unlink(path) < 0)
        rc = fault_set(why, RC_IO, "cannot remove %s", path);
    buf_release(&old);
    buf_release(&fresh);
    return rc;
}

enum rc login_item_open_settings(struct fault *why)
{
    return fault_set(why, RC_MISSING, "Linux desktops have no common list of login items");
}
