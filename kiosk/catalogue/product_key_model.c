#include "kiosk/catalogue/product_key_model.h"

#include <string.h>

static bool fits(const struct product_key_model *model, const char *text)
{
    for (size_t i = 0; i < model->token_count; i++)
        if (strncmp(text, model->tokens[i], strlen(model->tokens[i])) == 0)
            return true;
    return false;
}

const struct product_key_model *product_key_model_of(const struct product *product, const char *token_model,
                                                     const char *maker)
{
    for (size_t i = 0; i < product->key_model_count; i++)
        if (fits(&product->key_models[i], token_model) || fits(&product->key_models[i], maker))
            return &product->key_models[i];
    return NULL;
}

size_t product_key_model_pictures(const struct product *product)
{
    size_t count = 0;
    for (size_t i = 0; i < product->key_model_count; i++)
        count += product->key_models[i].picture[0] != 0;
    return count;
}
