/*
 * Gives the driver damaged images, each in a buffer of its own size, so that the sanitizers see every byte that is read beyond
 * it: every truncation, single flipped bits, and changed words under checksums that are made right again.
 *
 *     fuzz_image FILE SEED TRIALS      prints how many of each kind were refused
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "h2learn_private.h"

static h2learn_device device;
static h2learn_board board;
static uint32_t state;

static uint32_t drawn(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static void put32(uint8_t *bytes, uint32_t word) {
    bytes[0] = (uint8_t)word;
    bytes[1] = (uint8_t)(word >> 8);
    bytes[2] = (uint8_t)(word >> 16);
    bytes[3] = (uint8_t)(word >> 24);
}

static void seal(uint8_t *image, size_t bytes) {
    size_t ends[3];
    int index;
    for (index = 0; index < H2LEARN_IMAGE_SECTIONS; index++) {
        uint8_t *entry = image + 80 + 32 * index;
        uint64_t start = h2learn_get64(entry + 8), length = h2learn_get64(entry + 16);
        if (start <= bytes && length <= bytes - start) put32(entry + 24, h2learn_crc(0, image + start, (size_t)length));
    }
    ends[0] = 32;
    ends[1] = 80 + 32 * H2LEARN_IMAGE_SECTIONS + 8;
    ends[2] = bytes;
    for (index = 0; index < 3; index++) put32(image + ends[index] - 4, h2learn_crc(0, image, ends[index] - 4));
}

/* Whether a copy of these bytes is refused; explains every refusal too, for what that may read. */
static int refused(const uint8_t *bytes, size_t count) {
    char text[200];
    uint8_t *copy = (uint8_t *)malloc(count != 0 ? count : 1);
    int code;
    memcpy(copy, bytes, count);
    code = h2learn_check_image(&device, copy, count);
    h2learn_explain(&device, text, sizeof text);
    if (code != H2LEARN_DONE && strlen(text) < 10) exit(3);
    free(copy);
    return code != H2LEARN_DONE;
}

int main(int count, char **words) {
    FILE *file = count == 4 ? fopen(words[1], "rb") : NULL;
    uint8_t *image = (uint8_t *)malloc(1u << 24), *changed = (uint8_t *)malloc(1u << 24);
    size_t bytes, at;
    long trial, trials, truncated = 0, flipped = 0, unsound = 0;
    if (file == NULL) return 2;
    bytes = fread(image, 1, 1u << 24, file);
    fclose(file);
    state = (uint32_t)strtoul(words[2], NULL, 10);
    trials = strtol(words[3], NULL, 10);
    board.memory_bytes = 1ull << 40;
    device.board = &board;
    if (refused(image, bytes)) return 4;
    for (at = 0; at < bytes; at++) truncated += refused(image, at);
    for (trial = 0; trial < trials; trial++) {
        memcpy(changed, image, bytes);
        at = drawn((uint32_t)bytes * 8);
        changed[at / 8] ^= (uint8_t)(1u << at % 8);
        flipped += refused(changed, bytes);
        memcpy(changed, image, bytes);
        for (at = 0; at <= drawn(3); at++) {
            uint32_t place = 32 + drawn(500) * 4;
            if (place + 4 <= bytes) put32(changed + place, drawn(2) ? drawn(5) - 1 : state);
        }
        seal(changed, bytes);
        unsound += refused(changed, bytes);
    }
    printf("%lu truncations, %ld refused; %ld flips, %ld refused; %ld unsound refused\n", (unsigned long)bytes, truncated,
           trials, flipped, unsound);
    free(image);
    free(changed);
    return 0;
}
