/* dns_window.h - the window of Apple's DNS domains: what there is, add one, remove one.
 *
 * Draws the page of a dns_book and clicks on it. A removal is confirmed inside the window; the
 * question for a password is the system's. Where nobody can be asked, the line for a terminal is
 * shown, to be copied. Main thread. */
#ifndef APP_COCOA_DNS_WINDOW_H
#define APP_COCOA_DNS_WINDOW_H
#include "app/cocoa/window.h"
#include "core/action/dns_book.h"

struct dns_window;

/* Hidden. Both are borrowed; nobody else listens to the book until dns_window_free(). */
struct dns_window *dns_window_new(struct windows *windows, struct dns_book *book);
/* To the front; the list is read again when it opens. */
void dns_window_show(struct dns_window *d);
/* Accepts NULL. Before the book goes. */
void dns_window_free(struct dns_window *d);

#endif
