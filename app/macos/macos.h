/* macos.h - the message table of this folder, which platform_init() loads. Names of cocoa.h cannot
 * be used beside it. Main thread. */
#ifndef APP_MACOS_MACOS_H
#define APP_MACOS_MACOS_H
#include "app/cocoa/objc.h"
#include "core/base/base.h"

#define ROWS_DEF "app/macos/macos.def"
#define ROWS_NAME macos
#include "app/cocoa/rows.h"
#undef ROWS_DEF
#undef ROWS_NAME

#endif
