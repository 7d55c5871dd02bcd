/* image.h - template images: GNUstep knows none, so their mark and their tints are kept here.
 *
 * Main thread only; the marks go when the image does. */
#ifndef APP_GNUSTEP_IMAGE_H
#define APP_GNUSTEP_IMAGE_H
#include "app/gnustep/gnustep.h"

/* Adds setTemplate: and isTemplate to NSImage. */
void image_install(void);
/* What to draw: a template's shape in the colour, any other image as it is. Autoreleased or
 * kept here; made once per image and colour. */
id image_for(id image, enum colour colour);
/* Draws it with its lower left corner at `at` of a view that is flipped or not. */
void image_draw(id image, NSPoint at, bool flipped, double fraction);

#endif
