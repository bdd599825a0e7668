/* Between a model library and the core: one exported function, h2_model(), gives this table. */
#ifndef H2_MODEL_H
#define H2_MODEL_H
#include <stddef.h>
#include <stdint.h>

#define H2_ABI 2

enum h2_direction { H2_INPUT = 0, H2_OUTPUT = 1, H2_INOUT = 2 };

/* What eval says. All but H2_EVAL_OK end the model: its state is no longer of use. */
enum h2_eval { H2_EVAL_OK = 0, H2_EVAL_FINISH = 1, H2_EVAL_STOP = 2, H2_EVAL_FATAL = 3 };

typedef struct {
  const char* name;
  uint32_t width;     /* bits */
  uint32_t direction; /* enum h2_direction */
  uint32_t bytes;     /* of storage: 1, 2, 4, 8 or a multiple of 4 above 8 */
  void* address;      /* live storage inside the model */
} h2_port;

typedef struct {
  void* data;
  uint32_t width;         /* bits of an element */
  uint32_t depth;         /* elements; 1 for a variable that is no memory */
  uint32_t element_bytes; /* 1, 2, 4, 8 or a multiple of 4 above 8 */
} h2_variable;

typedef struct {
  uint32_t abi;
  uint32_t port_count;
  /* NULL on failure, with the reason in error. */
  void* (*create)(int argc, const char* const* argv, char* error, size_t error_size);
  void (*destroy)(void*);
  void (*ports)(void*, h2_port* out);
  int (*eval)(void*, uint64_t time);
  /* Why eval did not say OK. */
  const char* (*reason)(void*);
  /* What $display and its like wrote, up to a limit. */
  const char* (*output)(void*);
  /* 0 open, 1 the model was built without waves, 2 the file cannot be opened. */
  int (*trace_open)(void*, const char* file, int levels);
  /* 0, or not if the file cannot be written: see reason; no further dump then. */
  int (*trace_dump)(void*, uint64_t time);
  void (*trace_close)(void*);
  /* 0 found, 1 no such scope, 2 no such variable, 3 more than one unpacked dimension. */
  int (*variable)(void*, const char* scope, const char* name, h2_variable* out);
  /* 0 written, 1 the model was built without coverage, 2 the file cannot be written. */
  int (*coverage_write)(void*, const char* file);
} h2_model_table;

#endif
