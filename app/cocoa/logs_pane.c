/* logs_pane.c - see logs_pane.h. A line that is too long to be laid out in good time is cut here
 * and ends with an ellipsis; the ring has all of it. */
#include "app/cocoa/logs_pane.h"
#include "core/base/buf.h"
#include "core/base/mem.h"

#define SHOWN_MAX ((size_t)2000) /* bytes of a line */
#define ELLIPSIS "\xe2\x80\xa6"  /* U+2026 */
#define LINES_MAX (PAGE_MAX + PAGE_LINES)
#define TEXT_MAX (LINES_MAX * (SHOWN_MAX + sizeof ELLIPSIS))

struct logs_pane {
    struct ring *ring;
    struct page page;
    struct text_view *text;    /* NULL before it is opened */
    uint32_t units[LINES_MAX]; /* of each line in the page, its line break included */
};

/* Some lines as a text view takes them. */
struct painting {
    struct buf text;
    struct text_span *spans;
    size_t count, size;
};

static void add_span(struct painting *p, size_t at, size_t len, enum palette_colour colour,
                     bool bold)
{
    if (p->count == p->size) {
        p->size = p->size == 0 ? 256 : p->size * 2;
        p->spans = mem_grow(p->spans, p->size, sizeof *p->spans);
    }
    p->spans[p->count++] = (struct text_span){at, len, colour, bold};
}

static size_t shown_length(const struct line *line)
{
    size_t len = line->len;

    if (len > SHOWN_MAX)
        for (len = SHOWN_MAX; len > 0 && ((unsigned char)line->text[len] & 0xc0) == 0x80;)
            len--;
    return len;
}

/* Returns its UTF-16 units. */
static uint32_t add_line(struct painting *p, const struct line *line)
{
    size_t at = p->text.len, len = shown_length(line);

    for (size_t i = 0; i < line->span_count && line->spans[i].at < len; i++) {
        const struct line_span *s = &line->spans[i];
        size_t rest = len - s->at;

        add_span(p, at + s->at, s->len < rest ? s->len : rest, s->colour, s->bold);
    }
    if (line->ours)
        add_span(p, at, len, PALETTE_QUIET, false);
    MUST(buf_add(&p->text, line->text, len) == RC_OK &&
         buf_text_add(&p->text, len < line->len ? ELLIPSIS "\n" : "\n") == RC_OK);
    return (uint32_t)text_units(p->text.data + at, p->text.len - at);
}

static void paint(struct logs_pane *p, uint64_t from, struct painting *out)
{
    buf_init(&out->text, TEXT_MAX);
    for (uint64_t n = from; n < p->page.end; n++) {
        struct line line = ring_line(p->ring, n);

        p->units[n - p->page.first] = add_line(out, &line);
    }
}

static size_t units_of(const struct logs_pane *p, uint64_t count)
{
    size_t sum = 0;

    for (uint64_t i = 0; i < count; i++)
        sum += p->units[i];
    return sum;
}

static void cut(struct logs_pane *p, uint64_t lines, uint64_t left)
{
    text_view_cut(p->text, units_of(p, lines));
    for (uint64_t i = 0; i < left; i++)
        p->units[i] = p->units[i + lines];
}

static void apply(struct logs_pane *p, struct page_step step)
{
    uint64_t from = step.anew ? p->page.first : step.from;
    struct painting painting = {.spans = NULL};

    if (step.nothing || p->text == NULL)
        return;
    if (step.cut > 0)
        cut(p, step.cut, step.from - p->page.first);
    paint(p, from, &painting);
    if (step.anew)
        text_view_set(p->text, buf_text(&painting.text), painting.spans, painting.count);
    else
        text_view_append(p->text, buf_text(&painting.text), painting.spans, painting.count);
    buf_release(&painting.text);
    mem_free(painting.spans);
    if (p->page.follows)
        text_view_show_end(p->text);
}

struct logs_pane *logs_pane_new(struct ring *ring)
{
    struct logs_pane *p = mem_new(sizeof *p);

    p->ring = ring;
    p->page.follows = true;
    return p;
}

void logs_pane_free(struct logs_pane *p)
{
    if (p == NULL)
        return;
    text_view_free(p->text);
    mem_free(p);
}

void logs_pane_open(struct logs_pane *p, const struct text_view_config *config)
{
    text_view_free(p->text);
    p->text = text_view_new(config);
    logs_pane_to_end(p);
}

void logs_pane_grow(struct logs_pane *p)
{
    if (ring_first(p->ring) >= p->page.end && !p->page.follows)
        logs_pane_to_end(p); /* nothing that it shows is there any more */
    else
        apply(p, page_grow(&p->page, ring_first(p->ring), ring_end(p->ring)));
}

void logs_pane_to_end(struct logs_pane *p)
{
    apply(p, page_to_end(&p->page, ring_first(p->ring), ring_end(p->ring)));
}

/* The line that stood at an end of the text stands there again. */
static void more(struct logs_pane *p, bool older)
{
    uint64_t line = older ? p->page.first : p->page.end - 1;
    uint64_t first = ring_first(p->ring), end = ring_end(p->ring);
    struct page_step step = older ? page_older(&p->page, first) : page_newer(&p->page, first, end);

    apply(p, step);
    if (step.nothing || line < p->page.first)
        return;
    if (older)
        text_view_show_end(p->text); /* so that it is come to from below */
    else
        text_view_show(p->text, 0);
    text_view_show(p->text, units_of(p, line - p->page.first));
}

void logs_pane_scrolled(struct logs_pane *p)
{
    bool at_end = text_view_is_at_end(p->text);

    p->page.follows = at_end && p->page.end == ring_end(p->ring);
    if (at_end && !p->page.follows)
        more(p, false);
    else if (!at_end && text_view_is_at_start(p->text))
        more(p, true);
}

void logs_pane_select(struct logs_pane *p, const struct ring_place *at, size_t len)
{
    struct line line = ring_line(p->ring, at->line);
    size_t shown = shown_length(&line), begin = at->at < shown ? at->at : shown;
    size_t end = begin + len < shown ? begin + len : shown;

    apply(p, page_around(&p->page, at->line, ring_first(p->ring), ring_end(p->ring)));
    text_view_select(p->text, units_of(p, at->line - p->page.first) + text_units(line.text, begin),
                     text_units(line.text + begin, end - begin));
}

const struct page *logs_pane_page(const struct logs_pane *p)
{
    return &p->page;
}

struct text_view *logs_pane_text(const struct logs_pane *p)
{
    return p->text;
}
