/* log_search.c - see log_search.h. */
#include "core/logs/log_search.h"
#include <string.h>

bool log_search_step(struct log_search *s, const struct ring *r, const char *text, bool back,
                     uint64_t below)
{
    struct ring_place at = s->found, round;
    struct needle n;

    needle_init(&n, text);
    if (n.len != s->needle.len || memcmp(n.text, s->needle.text, n.len) != 0) {
        at = (struct ring_place){below, 0};
        back = true;
    } else if (!back) {
        at.at++;
    }
    s->needle = n;
    round = back ? (struct ring_place){ring_end(r), 0} : (struct ring_place){0, 0};
    if (!ring_find(r, &n, back, &at)) {
        at = round;
        if (!ring_find(r, &n, back, &at))
            return false;
    }
    s->found = at;
    return true;
}
