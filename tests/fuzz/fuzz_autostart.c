/* fuzz_autostart.c - core/desktop/autostart.h on any bytes. Beside not crashing: what is switched
 * on reads as on, what is switched off as off or is removed, and doing it twice changes nothing
 * more. Run like fuzz_parse.c. */
#include "core/desktop/autostart.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SELF "/opt/kit/container-kit"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_change(const char *bytes, size_t len, bool on)
{
    struct buf once, twice;
    struct autostart a;

    buf_init(&once, AUTOSTART_BYTES_MAX * 2);
    buf_init(&twice, AUTOSTART_BYTES_MAX * 2);
    if (autostart_change(bytes, len, SELF, on, &once, NULL) == RC_OK && once.len > 0) {
        autostart_read(buf_text(&once), once.len, SELF, &a);
        MUST(a.state == (on ? AUTOSTART_ON : AUTOSTART_OFF));
        MUST(!on || !a.moved);
        MUST(autostart_change(buf_text(&once), once.len, SELF, on, &twice, NULL) == RC_OK);
        MUST(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    }
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;

    if (size > AUTOSTART_BYTES_MAX)
        return 0;
    check_change(bytes, size, true);
    check_change(bytes, size, false);
    return 0;
}
