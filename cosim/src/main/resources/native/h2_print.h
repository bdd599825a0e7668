/* Included before every file of a model, so that nothing in it writes to the process's standard output. */
#ifndef H2_PRINT_H
#define H2_PRINT_H
int h2_model_printf(const char* format, ...) __attribute__((format(printf, 1, 2)));
#define VL_PRINTF h2_model_printf
#endif
