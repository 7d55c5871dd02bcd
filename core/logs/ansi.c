/* ansi.c - see ansi.h: a state machine over characters, with a line that grows behind it.
 *
 * Sequences: ESC [ parameters letter is a control sequence, of which the letter m is SGR. ESC with
 * ] P X ^ or _ begins a string (a window's title, say), which BEL or ESC \ ends. ESC and bytes
 * 0x20..0x2f take one byte more; any other pair is over with its second byte. CAN and SUB end
 * whatever has begun, and a newline does too: a program that died in the middle must not take its
 * successor's lines along. */
#include "core/logs/ansi.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/logs/sgr.h"
#include <stdio.h>
#include <string.h>

#define ESC 0x1b
#define PARAM_MAX 65535
#define PIECE_MAX 16 /* "\u{10FFFF}" and its NUL */

enum state { GROUND, ESCAPE, ESCAPE_MORE, CONTROL, STRING, STRING_ESCAPE };

struct ansi {
    enum state state;
    unsigned params[SGR_PARAMS_MAX];
    size_t param_count; /* those that are over, and the one that is read */
    bool private;       /* not ECMA's own: its letter means something else */
    struct sgr now;

    char half[4]; /* of a character whose rest is still to come */
    size_t half_len;

    bool returned; /* the next character takes the line back */
    size_t len;
    size_t span_count;
    bool began; /* something of this line was there, even if nothing of it is shown */
    struct line_span spans[LINE_SPANS_MAX];
    char text[LINE_TEXT_MAX + 1];
};

struct ansi *ansi_new(void)
{
    return mem_new(sizeof(struct ansi));
}

void ansi_free(struct ansi *a)
{
    mem_free(a);
}

/* ---- the line ---- */

static void clear_line(struct ansi *a)
{
    a->len = a->span_count = 0;
    a->returned = a->began = false;
}

static void emit(struct ansi *a, ansi_line_fn *on_line, void *ctx)
{
    struct line line = {
        .text = a->text, .len = a->len, .spans = a->spans, .span_count = a->span_count};

    a->text[a->len] = '\0';
    on_line(ctx, &line);
    clear_line(a);
}

/* The last `len` bytes of the line look as `now` says. */
static void colour(struct ansi *a, size_t len)
{
    enum palette_colour c = sgr_colour(&a->now);
    struct line_span *last = a->span_count > 0 ? &a->spans[a->span_count - 1] : NULL;
    uint32_t at = (uint32_t)(a->len - len);

    if (c == PALETTE_TEXT && !a->now.bold)
        return;
    if (last != NULL && last->at + last->len == at && last->colour == c &&
        last->bold == a->now.bold)
        last->len += (uint32_t)len;
    else if (a->span_count < LINE_SPANS_MAX)
        a->spans[a->span_count++] = (struct line_span){at, (uint32_t)len, c, a->now.bold};
}

static void put(struct ansi *a, const char *bytes, size_t len, ansi_line_fn *on_line, void *ctx)
{
    if (a->returned)
        clear_line(a);
    if (a->len + len > LINE_TEXT_MAX)
        emit(a, on_line, ctx);
    MUST(len <= LINE_TEXT_MAX);
    memcpy(a->text + a->len, bytes, len);
    a->len += len;
    a->began = true;
    colour(a, len);
}

/* ---- sequences ---- */

static void begin_control(struct ansi *a)
{
    a->state = CONTROL;
    a->params[0] = 0;
    a->param_count = 0;
    a->private = false;
}

static void next_param(struct ansi *a)
{
    if (a->param_count == 0)
        a->param_count = 1; /* the one before the separator, even if it is empty */
    if (a->param_count < SGR_PARAMS_MAX)
        a->params[a->param_count] = 0;
    a->param_count++;
}

static void add_digit(struct ansi *a, unsigned digit)
{
    unsigned *n;

    if (a->param_count == 0)
        a->param_count = 1;
    if (a->param_count > SGR_PARAMS_MAX)
        return;
    n = &a->params[a->param_count - 1];
    *n = *n * 10 + digit;
    if (*n > PARAM_MAX)
        *n = PARAM_MAX;
}

/* A colon separates as a semicolon does, which is right but for "38:2::r:g:b": there an empty
 * parameter stands before the three, and the colour is a wrong one. */
static void control(struct ansi *a, unsigned char c)
{
    if (c >= '0' && c <= '9') {
        add_digit(a, c - '0');
    } else if (c == ';' || c == ':') {
        next_param(a);
    } else if (c >= 0x40) {
        size_t count = a->param_count < SGR_PARAMS_MAX ? a->param_count : SGR_PARAMS_MAX;

        if (c == 'm' && !a->private)
            sgr_apply(&a->now, a->params, count);
        a->state = GROUND;
    } else {
        a->private = true; /* < = > ? before the parameters, or an intermediate byte behind them */
    }
}

static void after_escape(struct ansi *a, unsigned char c)
{
    if (c == '[')
        begin_control(a);
    else if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_')
        a->state = STRING;
    else
        a->state = c >= 0x20 && c <= 0x2f ? ESCAPE_MORE : GROUND;
}

static void in_sequence(struct ansi *a, unsigned char c)
{
    switch (a->state) {
    case ESCAPE:
        after_escape(a, c);
        break;
    case ESCAPE_MORE:
        a->state = c >= 0x20 && c <= 0x2f ? ESCAPE_MORE : GROUND;
        break;
    case CONTROL:
        control(a, c);
        break;
    case STRING:
        break;
    case STRING_ESCAPE: /* ESC \ ends it; any other ESC begins something new */
        a->state = ESCAPE;
        if (c == '\\')
            a->state = GROUND;
        else
            after_escape(a, c);
        break;
    case GROUND:
        MUST(false);
    }
}

/* ---- characters ---- */

static void newline(struct ansi *a, ansi_line_fn *on_line, void *ctx)
{
    a->state = GROUND;
    emit(a, on_line, ctx);
}

/* C0, DEL and what a sequence is made of; true if nothing is left to show. */
static bool take_byte(struct ansi *a, unsigned char c, ansi_line_fn *on_line, void *ctx)
{
    if (c == '\n') {
        newline(a, on_line, ctx);
    } else if (c == ESC) {
        a->state = a->state == STRING ? STRING_ESCAPE : ESCAPE;
    } else if (c == 0x18 || c == 0x1a || (a->state == STRING && c == 0x07)) { /* CAN, SUB, BEL */
        a->state = GROUND;
    } else if (a->state != GROUND && c >= 0x20) {
        in_sequence(a, c);
    } else if (a->state == GROUND && c == '\r') {
        a->returned = a->began;
    } else {
        return a->state != GROUND || (c < 0x20 && c != '\t') || c == 0x7f;
    }
    return true;
}

/* A whole character, or one byte that is none. */
static void show(struct ansi *a, const char *bytes, size_t len, uint32_t cp, ansi_line_fn *on_line,
                 void *ctx)
{
    char piece[PIECE_MAX];

    if (len == 0)
        put(a, "\xef\xbf\xbd", 3, on_line, ctx); /* U+FFFD */
    else if (cp >= 0x80 && cp < 0xa0)
        return; /* C1 */
    else if (cp >= 0x80 && utf8_is_hidden(cp))
        put(a, piece, (size_t)snprintf(piece, sizeof piece, "\\u{%X}", (unsigned)cp), on_line, ctx);
    else
        put(a, bytes, len, on_line, ctx);
}

/* How long a character is that begins so; 1 for what begins none. */
static size_t promised(unsigned char c)
{
    if (c >= 0xf0)
        return 4;
    if (c >= 0xe0)
        return 3;
    return c >= 0xc2 ? 2 : 1;
}

/* Could these be the beginning of a character whose rest is still to come? */
static bool is_begun(const char *bytes, size_t len)
{
    for (size_t i = 1; i < len; i++)
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return false;
    return len < promised((unsigned char)bytes[0]);
}

/* Takes the first character of the half, or its first byte if it is none. */
static size_t take(struct ansi *a, ansi_line_fn *on_line, void *ctx)
{
    unsigned char c = (unsigned char)a->half[0];
    uint32_t cp = c;
    size_t n = 1;

    if (c >= 0x80) {
        n = utf8_next(a->half, a->half_len, &cp);
        a->state = a->state == STRING ? STRING : GROUND; /* no other sequence has such bytes */
    }
    if (c >= 0x80 ? a->state == GROUND : !take_byte(a, c, on_line, ctx))
        show(a, a->half, n, cp, on_line, ctx);
    return n > 0 ? n : 1;
}

static void drain(struct ansi *a, bool ends, ansi_line_fn *on_line, void *ctx)
{
    while (a->half_len > 0 && (ends || !is_begun(a->half, a->half_len))) {
        size_t n = take(a, on_line, ctx);

        a->half_len -= n;
        memmove(a->half, a->half + n, a->half_len);
    }
}

/* Length of the printable ASCII at the front, of which most logs are: it goes as one. */
static size_t plain(const struct ansi *a, const char *bytes, size_t len)
{
    size_t n = 0;

    if (a->state != GROUND || a->half_len > 0)
        return 0;
    while (n < len && n < LINE_TEXT_MAX && bytes[n] >= 0x20 && bytes[n] < 0x7f)
        n++;
    return n;
}

void ansi_feed(struct ansi *a, const char *bytes, size_t len, ansi_line_fn *on_line, void *ctx)
{
    for (size_t i = 0; i < len;) {
        size_t n = plain(a, bytes + i, len - i);

        if (n > 0) {
            put(a, bytes + i, n, on_line, ctx);
            i += n;
            continue;
        }
        a->half[a->half_len++] = bytes[i++];
        drain(a, false, on_line, ctx);
    }
}

void ansi_end(struct ansi *a, ansi_line_fn *on_line, void *ctx)
{
    drain(a, true, on_line, ctx);
    if (a->began)
        emit(a, on_line, ctx);
    *a = (struct ansi){0};
}
