/* fuzz_ansi.c - a log of any bytes, cut anywhere: the lines are what they promise, and the same as
 * those of the bytes in one piece. The first byte says how long the pieces are. Also stamps, which
 * are read from the same stranger's text. With libFuzzer: clang -fsanitize=fuzzer,address ... */
#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/logs/ansi.h"
#include "core/logs/stamp.h"
#include <string.h>

#define TOLD_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct line *line)
{
    size_t at = 0;

    MUST(line->len <= LINE_TEXT_MAX && strlen(line->text) == line->len);
    MUST(text_is_utf8(line->text, line->len) && line->span_count <= LINE_SPANS_MAX);
    for (size_t i = 0; i < line->span_count; i++) {
        const struct line_span *s = &line->spans[i];

        MUST(s->at >= at && s->len > 0 && s->at + s->len <= line->len);
        MUST(text_is_utf8(line->text + s->at, s->len) && s->colour < PALETTE_COUNT);
        at = s->at + s->len;
    }
    for (size_t i = 0; i < line->len;) {
        uint32_t cp = 0;

        i += utf8_next(line->text + i, line->len - i, &cp);
        MUST(cp == '\t' || !utf8_is_hidden(cp));
    }
}

static void tell(void *ctx, const struct line *line)
{
    struct buf *out = ctx;
    enum rc rc = buf_add(out, line->text, line->len);

    check(line);
    for (size_t i = 0; rc == RC_OK && i < line->span_count; i++)
        rc = buf_print(out, "<%u %u %d %d>", line->spans[i].at, line->spans[i].len,
                       (int)line->spans[i].colour, line->spans[i].bold);
    MUST(rc == RC_OK && buf_text_add(out, "\n") == RC_OK);
}

static void run(const char *bytes, size_t len, size_t piece, struct buf *out)
{
    struct ansi *a = ansi_new();

    buf_init(out, TOLD_MAX);
    for (size_t i = 0; i < len; i += piece)
        ansi_feed(a, bytes + i, len - i < piece ? len - i : piece, tell, out);
    ansi_end(a, tell, out);
    ansi_free(a);
}

static void stamps(const char *bytes, size_t len)
{
    int64_t ns = 0;
    size_t skip = 0, at = stamp_read(bytes, len, &ns);

    MUST(at <= len);
    at = stamp_inside(bytes, len, 0, &skip);
    MUST(at == len || (skip > 0 && at + skip <= len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1;
    struct buf whole, cut;

    if (size < 2)
        return 0;
    run(bytes, size - 1, size - 1, &whole);
    run(bytes, size - 1, (size_t)1 + data[0] % 16, &cut);
    MUST(whole.len == cut.len && memcmp(buf_text(&whole), buf_text(&cut), cut.len) == 0);
    stamps(bytes, size - 1);
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
