/* bundle.c - see app/service/bundle.h. A desktop on Linux knows no bundles. */
#include "app/service/bundle.h"

bool bundle_id(char out[BUNDLE_ID_MAX])
{
    out[0] = '\0';
    return false;
}
