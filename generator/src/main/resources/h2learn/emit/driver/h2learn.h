/*
 * Driver of an h2learn accelerator, in C99. It needs no library: only stdint.h and stddef.h, memory that you give it, and a
 * bus that you describe. It is for the accelerator of the header below and refuses any other.
 *
 *     static h2learn_device device;
 *     if (h2learn_open(&device, &board) != H2LEARN_DONE
 *         || h2learn_load(&device, image, image_bytes) != H2LEARN_DONE
 *         || h2learn_step(&device, 0) != H2LEARN_DONE) {
 *         h2learn_explain(&device, text, sizeof text);
 *     }
 *
 * Every function but the first two belongs to an open device, and takes bounded time as long as the bus does.
 */
#ifndef H2LEARN_H
#define H2LEARN_H

#include <stddef.h>
#include <stdint.h>

#include "h2learn_@NAME@.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a function returns; h2learn_explain has the sentence. A bus may return the first three. */
enum {
    H2LEARN_DONE = 0,
    H2LEARN_FAIL_NO_ANSWER,       /* an access was not answered */
    H2LEARN_FAIL_BUS_ERROR,       /* an access was answered with an error */
    H2LEARN_FAIL_ARGUMENT,        /* a function was called wrongly: a null pointer, a buffer too small, out of order */
    H2LEARN_FAIL_ALL_ONES,        /* nothing drives the bus */
    H2LEARN_FAIL_WRONG_ID,        /* another device */
    H2LEARN_FAIL_WRONG_VERSION,   /* another register map */
    H2LEARN_FAIL_WRONG_HASH,      /* an accelerator of another configuration */
    H2LEARN_FAIL_IMAGE_FOREIGN,   /* not an image */
    H2LEARN_FAIL_IMAGE_TRUNCATED, /* an image whose end is missing */
    H2LEARN_FAIL_IMAGE_VERSION,   /* an image of another version */
    H2LEARN_FAIL_IMAGE_DAMAGED,   /* a checksum is wrong */
    H2LEARN_FAIL_IMAGE_UNSOUND,   /* checksums are right, contents are not */
    H2LEARN_FAIL_IMAGE_HASH,      /* an image for another configuration */
    H2LEARN_FAIL_MEMORY_SIZE,     /* the image needs more memory than the board has */
    H2LEARN_FAIL_COMMAND,         /* the accelerator stopped at a command */
    H2LEARN_FAIL_TIMEOUT,         /* the accelerator makes no progress */
    H2LEARN_FAIL_RESULT,          /* a result is not the golden model's */
    H2LEARN_FAIL_REGISTER,        /* a register does not hold what it must */
    H2LEARN_FAIL_CLOCK,           /* the accelerator does not count cycles */
    H2LEARN_FAIL_STUCK_BIT,       /* a bit of memory does not change */
    H2LEARN_FAIL_ALIAS            /* a word of memory changes with another */
};

/*
 * How to reach the accelerator and its memory. The functions return H2LEARN_DONE, H2LEARN_FAIL_NO_ANSWER or
 * H2LEARN_FAIL_BUS_ERROR; `context` is handed to them. Memory is addressed as the accelerator does, by bytes, a multiple of
 * 4; words lie there little-endian. Where a cache is between, write_memory flushes it and read_memory invalidates it.
 */
typedef struct {
    void *context;
    int (*read_register)(void *context, uint32_t offset, uint32_t *word);
    int (*write_register)(void *context, uint32_t offset, uint32_t word);
    int (*read_memory)(void *context, uint64_t address, uint32_t *words, uint32_t count);
    int (*write_memory)(void *context, uint64_t address, const uint32_t *words, uint32_t count);
    void (*wait)(void *context); /* called between two looks at a busy accelerator; may be null */
    uint64_t memory_base;        /* first address that is the accelerator's, a multiple of 64 */
    uint64_t memory_bytes;       /* from there on */
    uint32_t patience;           /* looks without any progress before a timeout; 0 for 1,000,000 */
} h2learn_board;

/* What went wrong last; h2learn_explain makes a sentence of it. */
typedef struct {
    int code;
    int in_memory; /* whether the address is one of memory; else a register's offset */
    uint64_t address;
    uint64_t expected;
    uint64_t got;
    uint32_t stage;
    const char *part;      /* of an image */
    const char *name;      /* of a region, in the image */
    int has_state;         /* whether the rest was read */
    uint32_t status, completed, head, tail;
    uint32_t queue_state[H2LEARN_QUEUES];
    uint32_t queue_index[H2LEARN_QUEUES];
} h2learn_failure;

#define H2LEARN_IMAGE_SECTIONS 8

/* For the driver's own use; may lie anywhere, need not be set. */
typedef struct {
    const h2learn_board *board;
    const uint8_t *image;
    const uint8_t *section[H2LEARN_IMAGE_SECTIONS];
    uint32_t section_bytes[H2LEARN_IMAGE_SECTIONS];
    uint64_t image_memory; /* bytes of memory that the image needs */
    uint64_t ring;         /* address */
    uint32_t ring_log2;
    uint32_t tail;
    uint32_t stage; /* the last one that ran */
    int loaded;
    const char *test;
    h2learn_failure failure;
} h2learn_device;

/* A layer with weights. */
typedef struct {
    uint32_t outputs;
    uint32_t inputs; /* weights of an output */
    uint32_t biases; /* outputs or 0 */
} h2learn_layer;

typedef struct {
    uint64_t busy, useful, items, skipped;
} h2learn_engine_counters;

/* Since h2learn_load; the register map says what is counted. */
typedef struct {
    uint64_t cycles, overlap;
    h2learn_engine_counters engines[H2LEARN_ENGINES];
    uint32_t saturations[H2LEARN_REG_SATURATIONS_COUNT];
} h2learn_counters;

/* Checks that the accelerator is there, and that it is the one of this driver. The board must stay where it is. */
int h2learn_open(h2learn_device *device, const h2learn_board *board);

/* Checks an image, every byte of it. It must stay where it is; any alignment will do. */
int h2learn_check_image(h2learn_device *device, const void *image, size_t bytes);

/* Checks an image, stops whatever the accelerator does, and brings the image's weights to it. */
int h2learn_load(h2learn_device *device, const void *image, size_t bytes);

/* Steps of the loaded image. */
uint32_t h2learn_steps(const h2learn_device *device);

/* One update from the image's minibatch; steps run in any order, as often as you like. */
int h2learn_step(h2learn_device *device, uint32_t step);

/*
 * The same with samples and classes of your own, laid out as the image's: as many bytes as h2learn_step_sizes says. Known
 * answers do not apply then.
 */
int h2learn_step_with(h2learn_device *device, uint32_t step, const void *samples, size_t sample_bytes,
                      const void *labels, size_t label_bytes);
int h2learn_step_sizes(h2learn_device *device, uint32_t step, size_t *sample_bytes, size_t *label_bytes);

/* Brings the weights to memory, for h2learn_read_weights; training may go on afterwards. */
int h2learn_finish(h2learn_device *device);

/* Compares what the last load, step or finish left in memory with the golden model's checksums. */
int h2learn_verify(h2learn_device *device);

/* Layers with weights, from the input on. */
uint32_t h2learn_layers(const h2learn_device *device);
int h2learn_layer_shape(h2learn_device *device, uint32_t layer, h2learn_layer *shape);

/*
 * The master weights that h2learn_finish left, [output][input], H2LEARN_MASTER_FRACTION_BITS fraction bits. `weights` and
 * `biases` have room for so many; `biases` may be null where the layer has none.
 */
int h2learn_read_weights(h2learn_device *device, uint32_t layer, int32_t *weights, size_t weight_room, int32_t *biases,
                         size_t bias_room);

int h2learn_read_counters(h2learn_device *device, h2learn_counters *counters);

/* The sentence for the last failure, without a line end, cut to `bytes` with the final 0; returns its whole length. */
size_t h2learn_explain(const h2learn_device *device, char *text, size_t bytes);

/* What every queue and engine does now, in the same manner; read from the bus. */
size_t h2learn_state(h2learn_device *device, char *text, size_t bytes);

/* ---- Self-test (h2learn_test.c); what memory holds is lost ---- */

/* Identity, registers, memory, and a training with known answers; stops at the first failure. Needs no h2learn_open. */
int h2learn_selftest(h2learn_device *device, const h2learn_board *board, const void *image, size_t bytes);
/* Which test h2learn_selftest ran last: identity, image, registers, memory or known answer. */
const char *h2learn_last_test(const h2learn_device *device);

int h2learn_test_registers(h2learn_device *device);
int h2learn_test_memory(h2learn_device *device, uint64_t address, uint64_t bytes);

/* ---- A board whose registers and memory lie in the address space: bare metal, or what mmap gave ---- */

typedef struct {
    volatile uint32_t *registers;
    volatile uint32_t *memory; /* the word at memory_base */
    uint64_t memory_base;
} h2learn_mapped;

/* Fills a board; patience and wait are 0 and may be set afterwards. `mapped` must stay where it is. */
void h2learn_mapped_board(h2learn_board *board, h2learn_mapped *mapped, uint64_t memory_bytes);

#ifdef __cplusplus
}
#endif
#endif
