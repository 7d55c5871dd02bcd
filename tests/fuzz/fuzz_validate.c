/* fuzz_validate.c - any bytes as a word for a command: what is accepted keeps the rules of
 * tests/unit/valid_rules.h. The first byte picks the type, the rest is the value. */
#include "tests/unit/valid_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    union valid_any value;

    if (size > 0)
        valid_rules_hold((enum valid_what)(data[0] % WHAT_COUNT), (const char *)data + 1, size - 1,
                         &value);
    return 0;
}
