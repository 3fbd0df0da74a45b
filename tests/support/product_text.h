/* Product text: a definition file with one text replaced, for definitions with mistakes. */
#ifndef TESTS_SUPPORT_PRODUCT_TEXT_H
#define TESTS_SUPPORT_PRODUCT_TEXT_H

/* The file's text with the first `from` replaced; a file without it fails the test. Owns: the caller frees
 * it. */
char *product_text_replaced(const char *path, const char *from, const char *to);
/* With the text replaced there is no product, and among what is told stands `told`. */
void product_text_assert_mistake(const char *path, const char *from, const char *to, const char *told);

#endif
