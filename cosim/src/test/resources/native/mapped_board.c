/* The board whose registers and memory lie in the address space, on two arrays; ends with the number of the first failure. */
#include <stdlib.h>

#include "h2learn.h"

#define BASE 0x80000000u
#define WORDS 1000u

static uint32_t registers[H2LEARN_REGISTER_BYTES / 4];
static h2learn_mapped mapped;
static h2learn_board board;
static h2learn_device device;

int main(void) {
    uint32_t *memory = (uint32_t *)malloc(4 * WORDS); /* of its own, so that the sanitizers see its ends */
    uint32_t index;
    registers[H2LEARN_REG_ID_OFFSET / 4] = H2LEARN_IDENTIFIER;
    registers[H2LEARN_REG_VERSION_OFFSET / 4] = H2LEARN_MAP_VERSION;
    registers[H2LEARN_REG_HASH_LOW_OFFSET / 4] = H2LEARN_HASH_LOW;
    mapped.registers = registers;
    mapped.memory = memory;
    mapped.memory_base = BASE;
    h2learn_mapped_board(&board, &mapped, 4 * WORDS);
    if (h2learn_open(&device, &board) != H2LEARN_FAIL_WRONG_HASH) return 1;
    registers[H2LEARN_REG_HASH_HIGH_OFFSET / 4] = H2LEARN_HASH_HIGH;
    if (h2learn_open(&device, &board) != H2LEARN_DONE) return 2;
    if (h2learn_test_memory(&device, BASE, 4 * WORDS) != H2LEARN_DONE) return 3;
    for (index = 0; index < WORDS; index++) {
        if (memory[index] != ~(BASE + 4 * index)) return 4;
    }
    if (h2learn_test_memory(&device, BASE, 4 * WORDS + 4) != H2LEARN_FAIL_ARGUMENT) return 5;
    if (h2learn_test_memory(&device, BASE - 4, 4) != H2LEARN_FAIL_ARGUMENT) return 6;
    if (h2learn_test_registers(&device) != H2LEARN_FAIL_REGISTER) return 7; /* no CAPABILITIES */
    if (registers[H2LEARN_REG_SCRATCH_OFFSET / 4] != 0x7FFFFFFFu) return 8;
    if (h2learn_step(&device, 0) != H2LEARN_FAIL_ARGUMENT || h2learn_finish(&device) != H2LEARN_FAIL_ARGUMENT
        || h2learn_verify(&device) != H2LEARN_FAIL_ARGUMENT || h2learn_layers(&device) != 0) {
        return 9; /* no image was loaded */
    }
    board.memory_base = 0xFFFFFFC0u;
    if (H2LEARN_MEMORY_ADDRESS_BITS == 32u && h2learn_open(&device, &board) != H2LEARN_FAIL_ARGUMENT) return 10;
    board.memory_base = BASE + 4;
    if (h2learn_open(&device, &board) != H2LEARN_FAIL_ARGUMENT) return 11;
    if (h2learn_open(&device, NULL) != H2LEARN_FAIL_ARGUMENT) return 12;
    free(memory);
    return 0;
}
