/* Service assets: what the products name among the templates and drawings of a hall is there.
 *
 * What is not is told at the place where the product names it, each thing once a product, though every
 * operation may need it. Nothing is drawn or printed.
 */
#ifndef KIOSK_SERVICES_SERVICE_ASSETS_H
#define KIOSK_SERVICES_SERVICE_ASSETS_H

#include "kiosk/catalogue/catalogue.h"

/* Every template in forms/ of this folder is whole. Time: reads files. */
void service_assets_judge_templates(const char *assets, struct yaml_errors *errors);
/* A product_judge: each template, row of a sheet, zone of a sample and drawing that the product names is in
 * this folder, a path. Time: reads files. */
void service_assets_judge_product(const void *assets, const struct product *product,
                                  struct yaml_errors *errors);

/* Whether the folder has forms/<id>.yaml. */
bool service_assets_has_template(const char *assets, const char *id);
/* Whether the file is a drawing (SVG). */
bool service_assets_is_drawing(const char *path);

#endif
