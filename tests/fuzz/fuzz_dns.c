/* fuzz_dns.c - the list of DNS domains, of any bytes: what was taken from it can be the word of a
 * command. With libFuzzer: clang -fsanitize=fuzzer,address ... */
#include "core/engine/dns.h"
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct valid_domain again;
    struct dns_list list;
    struct fault why = {0};

    if (dns_parse((const char *)data, size, &list, &why) != RC_OK) {
        MUST(why.text[0] != '\0' && list.names == NULL && list.count == 0);
        return 0;
    }
    MUST(list.count <= DNS_DOMAINS_MAX);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.names[i].text;

        MUST(valid_domain(name, strlen(name), &again, NULL) == RC_OK && name[0] != '-');
        MUST(i == 0 || strcasecmp(list.names[i - 1].text, name) < 0);
        MUST(dns_has(&list, &again));
    }
    dns_list_release(&list);
    return 0;
}
