/* autostart.c - see autostart.h.
 *
 * Only lines of the first group, which must be [Desktop Entry], are ours to read and change. The
 * last of two lines with the same key counts, as in GLib. */
#include "core/desktop/autostart.h"
#include "core/base/text.h"
#include <string.h>

#define GROUP "[Desktop Entry]"
#define HIDDEN "Hidden"
#define ENABLED "X-GNOME-Autostart-enabled"
#define EXEC "Exec"

struct words { /* a run of bytes of somebody else's */
    const char *at;
    size_t len;
};

static bool same(struct words w, const char *text)
{
    return w.len == strlen(text) && memcmp(w.at, text, w.len) == 0;
}

static struct words trim(struct words w)
{
    while (w.len > 0 && (w.at[0] == ' ' || w.at[0] == '\t')) {
        w.at++;
        w.len--;
    }
    while (w.len > 0 && strchr(" \t\r", w.at[w.len - 1]) != NULL && w.at[w.len - 1] != '\0')
        w.len--;
    return w;
}

/* The next line, without its end, moves *left behind it; false when there is none. */
static bool next_line(struct words *left, struct words *line)
{
    const char *end = NULL;

    if (left->len == 0)
        return false;
    end = memchr(left->at, '\n', left->len);
    line->at = left->at;
    line->len = end == NULL ? left->len : (size_t)(end - left->at);
    left->at += line->len + (end != NULL);
    left->len -= line->len + (end != NULL);
    return true;
}

/* "Key = value"; false for a comment, an empty line and a group. */
static bool split_line(struct words line, struct words *key, struct words *value)
{
    const char *equals = line.len == 0 ? NULL : memchr(line.at, '=', line.len);

    line = trim(line);
    if (equals == NULL || line.at[0] == '#' || line.at[0] == '[')
        return false;
    *key = trim((struct words){line.at, (size_t)(equals - line.at)});
    *value = trim((struct words){equals + 1, (size_t)(line.at + line.len - equals - 1)});
    return true;
}

static bool is_group(struct words line)
{
    line = trim(line);
    return line.len > 0 && line.at[0] == '[';
}

/* Moves *left behind the header of the group that is ours; false if another line stands first. */
static bool enter_group(struct words *left)
{
    struct words line;

    while (next_line(left, &line)) {
        line = trim(line);
        if (line.len > 0 && line.at[0] != '#')
            return same(line, GROUP);
    }
    return false;
}

/* One character of a value after the escapes for strings (\s \n \t \r \\) are undone. */
static char take_char(struct words *left)
{
    static const char names[] = "sntr\\", meant[] = " \n\t\r\\";
    const char *found = NULL;
    char c = *left->at;

    if (c == '\\' && left->len > 1 && left->at[1] != '\0')
        found = strchr(names, left->at[1]);
    left->at += found != NULL ? 2 : 1;
    left->len -= found != NULL ? 2 : 1;
    if (found != NULL)
        c = meant[found - names];
    return c;
}

/* The first word of an Exec value: quotes, then the backslashes inside them, then %%. */
static void first_word(struct words value, char out[SYS_PATH_MAX])
{
    bool quoted = false, percent = false;
    size_t n = 0;

    while (value.len > 0 && n < SYS_PATH_MAX - 1) {
        char c = take_char(&value);

        if (c == '"') {
            quoted = !quoted;
            continue;
        }
        if (!quoted && (c == ' ' || c == '\t'))
            break;
        if (quoted && c == '\\' && value.len > 0)
            c = take_char(&value);
        percent = c == '%' && !percent;
        if (!percent || value.len == 0 || value.at[0] != '%')
            out[n++] = c;
    }
    /* a name cut short would be another program's */
    out[n < SYS_PATH_MAX - 1 ? n : 0] = '\0';
}

static bool is_container_kit(const char *program)
{
    const char *slash = strrchr(program, '/');

    return strcmp(slash == NULL ? program : slash + 1, "container-kit") == 0;
}

void autostart_read(const char *bytes, size_t len, const char *self, struct autostart *out)
{
    struct words left = {bytes, len}, line, key, value;
    bool hidden = false, enabled = true;

    *out = (struct autostart){.state = AUTOSTART_BROKEN};
    if (!enter_group(&left))
        return;
    while (next_line(&left, &line) && !is_group(line)) {
        if (!split_line(line, &key, &value))
            continue;
        if (same(key, HIDDEN))
            hidden = same(value, "true");
        else if (same(key, ENABLED))
            enabled = !same(value, "false");
        else if (same(key, EXEC))
            first_word(value, out->program);
    }
    if (hidden || !enabled)
        out->state = AUTOSTART_OFF;
    else if (out->program[0] != '\0')
        out->state = AUTOSTART_ON;
    out->moved = is_container_kit(out->program) && strcmp(out->program, self) != 0;
}

static enum rc check_self(const char *self, struct fault *why)
{
    size_t len = strlen(self);

    MUST(self[0] == '/');
    if (!text_is_utf8(self, len))
        return fault_set(why, RC_DENIED, "a path that is not UTF-8 cannot be opened at login");
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)self[i] < ' ' || self[i] == 0x7f || self[i] == '=')
            return fault_set(why, RC_DENIED,
                             "a path with \"=\" or control characters cannot be opened at login");
    return RC_OK;
}

/* Quotes are always allowed, so they always stand. A backslash before a character that keeps its
 * meaning in quotes is doubled again, because the value is a string with escapes of its own. */
static enum rc add_exec(const char *self, struct buf *out)
{
    enum rc rc = buf_text_add(out, EXEC "=\"");

    for (; *self != '\0' && rc == RC_OK; self++) {
        if (*self == '\\')
            rc = buf_text_add(out, "\\\\\\\\");
        else if (strchr("\"`$", *self) != NULL)
            rc = buf_print(out, "\\\\%c", *self);
        else if (*self == '%')
            rc = buf_text_add(out, "%%");
        else
            rc = buf_add(out, self, 1);
    }
    return rc == RC_OK ? buf_text_add(out, "\" " AUTOSTART_WORD "\n") : rc;
}

static enum rc too_big(enum rc rc, struct fault *why)
{
    return rc == RC_OK ? RC_OK : fault_set(why, rc, "the file for the login is too long");
}

enum rc autostart_new(const char *self, struct buf *out, struct fault *why)
{
    enum rc rc = check_self(self, why);

    buf_clear(out);
    if (rc != RC_OK)
        return rc;
    rc = buf_text_add(out, GROUP "\nType=Application\nName=Container Kit\n");
    if (rc == RC_OK)
        rc = add_exec(self, out);
    if (rc == RC_OK)
        rc = buf_text_add(out, "Terminal=false\n" ENABLED "=true\n");
    return too_big(rc, why);
}

/* Is it, byte for byte, what we wrote for the program that it names? */
static bool is_untouched(struct words text, const char *program)
{
    struct buf fresh;
    bool yes = false;

    buf_init(&fresh, AUTOSTART_BYTES_MAX);
    yes = program[0] == '/' && autostart_new(program, &fresh, NULL) == RC_OK &&
          same(text, buf_text(&fresh));
    buf_release(&fresh);
    return yes;
}

/* The switches, and with new_path the Exec line, are taken out and stand anew below the header. */
static enum rc rewrite(struct words text, const char *new_path, bool on, struct buf *out)
{
    struct words left = text, line, key, value;
    bool ours = true;
    enum rc rc = RC_OK;

    MUST(enter_group(&left));
    rc = buf_add(out, text.at, (size_t)(left.at - text.at));
    if (rc == RC_OK && out->data[out->len - 1] != '\n')
        rc = buf_text_add(out, "\n");
    if (rc == RC_OK)
        rc = buf_text_add(out, on ? HIDDEN "=false\n" ENABLED "=true\n" : HIDDEN "=true\n");
    if (rc == RC_OK && new_path != NULL)
        rc = add_exec(new_path, out);
    while (rc == RC_OK && next_line(&left, &line)) {
        ours = ours && !is_group(line);
        if (ours && split_line(line, &key, &value) &&
            (same(key, HIDDEN) || same(key, ENABLED) || (new_path != NULL && same(key, EXEC))))
            continue;
        rc = buf_add(out, line.at, line.len);
        if (rc == RC_OK)
            rc = buf_text_add(out, "\n");
    }
    return rc;
}

enum rc autostart_change(const char *bytes, size_t len, const char *self, bool on, struct buf *out,
                         struct fault *why)
{
    struct words text = {bytes, len};
    struct autostart now;
    enum rc rc = on ? check_self(self, why) : RC_OK;

    buf_clear(out);
    if (rc != RC_OK)
        return rc;
    autostart_read(bytes, len, self, &now);
    if (now.state == AUTOSTART_BROKEN)
        return fault_set(why, RC_DENIED, "it is no desktop entry that starts something");
    if (is_untouched(text, now.program))
        return on ? autostart_new(self, out, why) : RC_OK;
    if (on && now.program[0] == '\0')
        return autostart_new(self, out, why);
    return too_big(rewrite(text, on && now.moved ? self : NULL, on, out), why);
}
