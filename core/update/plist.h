/* plist.h - the texts in a property list of XML, such as a bundle's Info.plist.
 *
 * Reads what Apple's plutil and our own contents.sh write: an XML 1.0 prolog in UTF-8, the document
 * type without declarations of its own, one <plist> with one <dict>. What another reader could see
 * in a different way is refused: CDATA, declarations, numeric characters, processing instructions,
 * a key that stands twice at the top (Apple's DTD PropertyList-1.0, XML 1.0 sections 2 and 4).
 * Limits: PLIST_MAX bytes, PLIST_DEPTH levels. Pure. Threads: any. */
#ifndef CORE_UPDATE_PLIST_H
#define CORE_UPDATE_PLIST_H
#include "core/update/refusal.h"

#define PLIST_MAX ((size_t)1 << 20)
#define PLIST_DEPTH 16
#define PLIST_TEXT_MAX 255

/* A key of the dictionary at the top whose value is a <string>. */
struct plist_text {
    const char *key;
    bool found;
    char text[PLIST_TEXT_MAX + 1];
};

/* Fills in those of texts[count] that are there and reads the list to its end. Other keys may have
 * any value. REFUSAL_BUNDLE, also for a value that is no <string>, or a longer one. */
NODISCARD enum rc plist_read(const char *bytes, size_t len, struct plist_text *texts, size_t count,
                             struct refusal *why);

#endif
