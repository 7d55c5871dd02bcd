/* signature_linux.c - programs carry no signatures here: see signature.h for what is checked
 * in their place. */
#include "core/base/signature.h"

enum rc signature_check(const char *path, const char *requirement, struct fault *why)
{
    (void)why;
    MUST(path[0] == '/' && requirement[0] != '\0');
    return RC_OK;
}
