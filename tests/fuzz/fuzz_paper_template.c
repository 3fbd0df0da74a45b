/* Paper templates as somebody may write them; one that is accepted can be laid out. */
#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/paper/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lay_out(const struct paper_template *template)
{
    static const struct paper_value items[] = {
        {"a", "x"}, {"company", "重庆示例科技有限公司"}, {"operation", "new"}};
    struct paper_zones *zones = malloc(sizeof *zones);
    check(zones != NULL);
    enum status status =
        paper_zones(&(struct paper_pack){1, {template}}, &(struct paper_values){items, 3}, zones);
    check(status == STATUS_OK || status == STATUS_FULL);
    if (status == STATUS_OK)
        check(zones->count <= PAPER_ZONES_MAX);
    free(zones);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct paper_template *template = NULL;
    yaml_errors_init(&errors);
    if (paper_template_parse("fuzz", (const char *)data, size, &errors, &template) == STATUS_OK)
        lay_out(template);
    else
        check(template == NULL);
    paper_template_free(template);
    yaml_errors_release(&errors);
    return 0;
}
