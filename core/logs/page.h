/* page.h - which lines of a ring a text view holds: some thousand around what is seen.
 *
 * A view that follows has the newest lines and grows with them; one that does not keeps what it has
 * until the user reaches one of its ends. Each function changes the page and says what is to be
 * done with the text. Numbers are those of ring.h. Pure. */
#ifndef CORE_LOGS_PAGE_H
#define CORE_LOGS_PAGE_H
#include "core/base/base.h"

#define PAGE_LINES 1000 /* that a view begins with, and gets more of at an end */
#define PAGE_MAX 3000

struct page {
    uint64_t first, end; /* lines [first, end) are in the view */
    bool follows;
};

/* What is to be done with the text: either all of it is [first, end) of the page, or its first
 * `cut` lines go and the lines from `from` on come behind. */
struct page_step {
    bool nothing, anew;
    uint64_t cut, from;
};

/* In all of them the ring has the lines [first, end) now. New ones may have come: */
struct page_step page_grow(struct page *p, uint64_t first, uint64_t end);
/* To the newest lines, from now on with them. */
struct page_step page_to_end(struct page *p, uint64_t first, uint64_t end);
/* The user has reached the top, or the bottom; the line that was there stays in the page. */
struct page_step page_older(struct page *p, uint64_t first);
struct page_step page_newer(struct page *p, uint64_t first, uint64_t end);
/* So that this line is in it. */
struct page_step page_around(struct page *p, uint64_t line, uint64_t first, uint64_t end);

#endif
