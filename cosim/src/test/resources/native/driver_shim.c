/* What a C program would do to have a board and a device; the functions of h2learn.h are then called as they are. */
#include <stdlib.h>

#include "h2learn.h"

typedef struct {
    h2learn_board board;
    h2learn_device device;
} instance;

void *shim_new(int (*read_register)(void *, uint32_t, uint32_t *), int (*write_register)(void *, uint32_t, uint32_t),
               int (*read_memory)(void *, uint64_t, uint32_t *, uint32_t),
               int (*write_memory)(void *, uint64_t, const uint32_t *, uint32_t), void (*wait)(void *), uint64_t base,
               uint64_t bytes, uint32_t patience) {
    instance *made = (instance *)calloc(1, sizeof *made);
    made->board.read_register = read_register;
    made->board.write_register = write_register;
    made->board.read_memory = read_memory;
    made->board.write_memory = write_memory;
    made->board.wait = wait;
    made->board.memory_base = base;
    made->board.memory_bytes = bytes;
    made->board.patience = patience;
    return made;
}

void shim_free(void *made) {
    free(made);
}

h2learn_board *shim_board(void *made) {
    return &((instance *)made)->board;
}

h2learn_device *shim_device(void *made) {
    return &((instance *)made)->device;
}

