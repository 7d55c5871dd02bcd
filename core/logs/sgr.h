/* sgr.h - "select graphic rendition", the part of ansi.h that knows colours (ECMA-48 8.3.117, and
 * what xterm added to it: 90..97, and 38 with a number or with red, green, blue). Pure. */
#ifndef CORE_LOGS_SGR_H
#define CORE_LOGS_SGR_H
#include "core/desktop/palette.h"

#define SGR_PARAMS_MAX 32 /* further ones are not looked at */

struct sgr {
    enum palette_colour colour;
    bool bold, faint;
};

/* What holds after a sequence with these parameters; none means 0, as it is to a terminal. */
void sgr_apply(struct sgr *s, const unsigned *params, size_t count);
/* The colour to show: faint plain text is quiet. */
enum palette_colour sgr_colour(const struct sgr *s);

#endif
