/* system_log.c - see app/service/system_log.h.
 *
 * os_log() is a macro of a header that we do not have: the compiler's builtin makes the buffer, and
 * the literal format lies in a section of its own, for the log stores its address only. The
 * builtin leaves a private text out of what others can read. */
#include "app/service/system_log.h"
#include "core/base/log.h"
#include <stdint.h>

#define FORMAT "%{public}.*s%{private}.*s"

/* OS_LOG_TYPE_DEFAULT, OS_LOG_TYPE_ERROR (constants.tsv). What the system calls info is kept in
 * memory only, so ours is its default. */
enum { TYPE_DEFAULT = 0, TYPE_ERROR = 16 };

struct log_object; /* os_log_t */

/* libSystem's, under the names that they have there. */
extern struct log_object *system_log_create(const char *subsystem,
                                            const char *category) __asm("_os_log_create");
extern void system_log_send(void *image, struct log_object *log, uint8_t type, const char *format,
                            uint8_t *bytes, uint32_t size) __asm("__os_log_impl");
extern char this_image __asm("___dso_handle");

static const char format[] __attribute__((section("__TEXT,__oslogstring,cstring_literals"))) =
    FORMAT;

/* The main thread has no name. A category's object is made once by the system and kept. */
static void tell(void *ctx, const struct log_line *line)
{
    const char *category = line->thread[0] != '\0' ? line->thread : "main";
    const char *end = line->whole + line->len - 1;
    const char *rest = line->text + line->public_len;
    int shown = (int)line->public_len, hidden = (int)(end - rest);
    uint8_t bytes[__builtin_os_log_format_buffer_size(FORMAT, shown, line->text, hidden, rest)]
        __attribute__((aligned(16)));

    (void)ctx;
    __builtin_os_log_format(bytes, FORMAT, shown, line->text, hidden, rest);
    system_log_send(&this_image, system_log_create(CK_BUNDLE_ID, category),
                    line->level == LOG_WARN ? TYPE_ERROR : TYPE_DEFAULT, format, bytes,
                    sizeof bytes);
}

void system_log_start(void)
{
    log_to(LOG_INFO, tell, NULL);
}
