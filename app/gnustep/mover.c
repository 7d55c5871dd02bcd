/* mover.c - see app/service/mover.h. No folder on Linux is the one for applications. */
#include "app/service/mover.h"

bool mover_offers(const struct place *place)
{
    (void)place;
    return false;
}

enum rc mover_move(const struct place *place, struct fault *why)
{
    (void)place;
    return fault_set(why, RC_DENIED, "there is no Applications folder here");
}
