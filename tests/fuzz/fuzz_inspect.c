/* fuzz_inspect.c - what `inspect` tells, made into texts for a person, on any bytes.
 *
 * The first byte picks the engine, the text and whether values are asked for. Beside not crashing:
 * the JSON is JSON, and told again it is the same text, masked as before; a command line has
 * nothing in it that a terminal would take for a key. */
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/engine/inspection.h"
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text of an array with that one element, as an engine prints it. */
static void read_again(const struct inspection *what, const struct buf *text, struct buf *out)
{
    struct buf list;
    struct fault why;

    buf_init(&list, INSPECTION_MAX + 2);
    buf_init(out, INSPECTION_MAX);
    MUST(buf_print(&list, "[%s]", buf_text(text)) == RC_OK);
    MUST(inspection_read(what, buf_text(&list), list.len, out, &why) == RC_OK);
    buf_release(&list);
}

/* Bytes that are no UTF-8 are an escape the first time, and the character of it from then on. */
static void check_json(const struct inspection *what, const struct buf *text)
{
    struct buf second, third;

    read_again(what, text, &second);
    read_again(what, &second, &third);
    MUST(third.len == second.len && memcmp(third.data, second.data, second.len) == 0);
    buf_release(&second);
    buf_release(&third);
}

static void check_line(const struct buf *text)
{
    uint32_t cp = 0;

    for (size_t i = 0, n = 0; i < text->len; i += n) {
        n = utf8_next(text->data + i, text->len - i, &cp);
        MUST(n > 0 && !utf8_is_hidden(cp));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct inspection what = {0};
    struct fault why = {0};
    struct buf text;

    if (size == 0)
        return 0;
    what.kind = (enum engine_kind)(data[0] % ENGINE_COUNT);
    what.text = (data[0] & 0x40) != 0 ? INSPECTION_RUN_LINE : INSPECTION_ALL;
    what.values = (data[0] & 0x80) != 0;
    buf_init(&text, INSPECTION_MAX / 4);
    if (inspection_read(&what, (const char *)data + 1, size - 1, &text, &why) != RC_OK)
        MUST(why.text[0] != '\0');
    else if (what.text == INSPECTION_ALL)
        check_json(&what, &text);
    else
        check_line(&text);
    buf_release(&text);
    return 0;
}
