/* The self-test. A program that does not call it need not link this file. */
#include "h2learn_private.h"

static int is(h2learn_device *device, uint32_t offset, uint32_t expected) {
    uint32_t word;
    int code = h2learn_read(device, offset, &word);
    if (code == H2LEARN_DONE && word != expected) {
        code = h2learn_fail(device, H2LEARN_FAIL_REGISTER, offset, expected, word);
    }
    return code;
}

static int holds(h2learn_device *device, uint32_t offset, uint32_t word) {
    int code = h2learn_write(device, offset, word);
    return code == H2LEARN_DONE ? is(device, offset, word) : code;
}

int h2learn_test_registers(h2learn_device *device) {
    uint32_t enabled = H2LEARN_REG_INTERRUPT_ENABLE_FENCE_MASK | H2LEARN_REG_INTERRUPT_ENABLE_ERROR_MASK;
    uint32_t capabilities = (uint32_t)H2LEARN_LANES << H2LEARN_REG_CAPABILITIES_LANES_LSB
                            | (uint32_t)H2LEARN_LUT_INPUTS << H2LEARN_REG_CAPABILITIES_LUT_INPUTS_LSB
                            | (uint32_t)H2LEARN_BACKWARD_LANES << H2LEARN_REG_CAPABILITIES_BACKWARD_LANES_LSB
                            | (uint32_t)H2LEARN_COMMAND_FIFO_DEPTH << H2LEARN_REG_CAPABILITIES_FIFO_DEPTH_LSB;
    uint32_t bit, before, after = 0;
    int code = H2LEARN_DONE;
    for (bit = 0; code == H2LEARN_DONE && bit < 32; bit++) {
        code = holds(device, H2LEARN_REG_SCRATCH_OFFSET, 1u << bit);
        if (code == H2LEARN_DONE) code = holds(device, H2LEARN_REG_SCRATCH_OFFSET, ~(1u << bit));
    }
    if (code == H2LEARN_DONE) code = holds(device, H2LEARN_REG_INTERRUPT_ENABLE_OFFSET, enabled);
    if (code == H2LEARN_DONE) code = holds(device, H2LEARN_REG_INTERRUPT_ENABLE_OFFSET, 0);
    if (code == H2LEARN_DONE) code = is(device, H2LEARN_REG_SCRATCH_OFFSET, ~(1u << 31));
    if (code == H2LEARN_DONE) code = is(device, H2LEARN_REG_CAPABILITIES_OFFSET, capabilities);
    if (code == H2LEARN_DONE) code = h2learn_read(device, H2LEARN_REG_CYCLES_OFFSET, &before);
    if (code == H2LEARN_DONE) code = h2learn_read(device, H2LEARN_REG_CYCLES_OFFSET, &after);
    if (code == H2LEARN_DONE && before == after) code = h2learn_fail(device, H2LEARN_FAIL_CLOCK, 0, before, after);
    return code;
}

static uint32_t pattern(uint64_t address, uint32_t inverted) {
    return (uint32_t)(address ^ address >> 32) ^ inverted;
}

/* A bit that cannot change is told from a word that another address overwrites. */
static int explain_word(h2learn_device *device, uint64_t address, uint32_t wrote, uint32_t read) {
    uint32_t word = 0, ones, zeros;
    int code = h2learn_write_words(device, address, &word, 1);
    if (code == H2LEARN_DONE) code = h2learn_read_words(device, address, &ones, 1);
    word = 0xFFFFFFFFu;
    if (code == H2LEARN_DONE) code = h2learn_write_words(device, address, &word, 1);
    if (code == H2LEARN_DONE) code = h2learn_read_words(device, address, &zeros, 1);
    if (code != H2LEARN_DONE) return code;
    h2learn_fail(device, (ones | ~zeros) != 0 ? H2LEARN_FAIL_STUCK_BIT : H2LEARN_FAIL_ALIAS, address, wrote, read);
    device->failure.in_memory = 1;
    if ((ones | ~zeros) != 0) {
        uint32_t bit = 0;
        while (((ones | ~zeros) >> bit & 1u) == 0) bit++;
        /* Which bit and value: kept where a failure of memory has no other use for them. */
        device->failure.stage = bit;
        device->failure.status = ones >> bit & 1u;
    }
    return device->failure.code;
}

static int memory_pass(h2learn_device *device, uint64_t address, uint64_t count, uint32_t inverted) {
    uint32_t words[H2LEARN_CHUNK];
    int reading;
    for (reading = 0; reading < 2; reading++) {
        uint64_t done = 0;
        while (done < count) {
            uint64_t left = count - done;
            uint32_t length = left < H2LEARN_CHUNK ? (uint32_t)left : H2LEARN_CHUNK;
            uint64_t at = address + 4 * done;
            uint32_t index;
            int code;
            for (index = 0; !reading && index < length; index++) words[index] = pattern(at + 4 * index, inverted);
            code = reading ? h2learn_read_words(device, at, words, length)
                           : h2learn_write_words(device, at, words, length);
            if (code != H2LEARN_DONE) return code;
            for (index = 0; reading && index < length; index++) {
                uint32_t due = pattern(at + 4 * index, inverted);
                if (words[index] != due) return explain_word(device, at + 4 * index, due, words[index]);
            }
            done += length;
        }
    }
    return H2LEARN_DONE;
}

int h2learn_test_memory(h2learn_device *device, uint64_t address, uint64_t bytes) {
    uint32_t bit, word, read;
    int code = H2LEARN_DONE;
    if (address % 4 != 0 || address < device->board->memory_base || bytes > device->board->memory_bytes
        || address - device->board->memory_base > device->board->memory_bytes - bytes) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, address, device->board->memory_bytes, bytes);
    }
    for (bit = 0; bytes >= 4 && bit < 32; bit++) {
        word = 1u << bit;
        code = h2learn_write_words(device, address, &word, 1);
        if (code == H2LEARN_DONE) code = h2learn_read_words(device, address, &read, 1);
        if (code == H2LEARN_DONE && read != word) code = explain_word(device, address, word, read);
        if (code != H2LEARN_DONE) return code;
    }
    code = memory_pass(device, address, bytes / 4, 0);
    return code == H2LEARN_DONE ? memory_pass(device, address, bytes / 4, 0xFFFFFFFFu) : code;
}

static int known_answer(h2learn_device *device) {
    uint32_t step;
    int code = h2learn_begin(device);
    if (code == H2LEARN_DONE) code = h2learn_verify(device);
    for (step = 0; code == H2LEARN_DONE && step < h2learn_steps(device); step++) {
        code = h2learn_step(device, step);
        if (code == H2LEARN_DONE) code = h2learn_verify(device);
    }
    if (code == H2LEARN_DONE) code = h2learn_finish(device);
    return code == H2LEARN_DONE ? h2learn_verify(device) : code;
}

int h2learn_selftest(h2learn_device *device, const h2learn_board *board, const void *image, size_t bytes) {
    int code = h2learn_open(device, board);
    device->test = "identity";
    if (code != H2LEARN_DONE) return code;
    device->test = "image";
    if ((code = h2learn_check_image(device, image, bytes)) != H2LEARN_DONE) return code;
    device->test = "registers";
    if ((code = h2learn_test_registers(device)) != H2LEARN_DONE) return code;
    device->test = "memory";
    if ((code = h2learn_test_memory(device, board->memory_base, device->image_memory)) != H2LEARN_DONE) return code;
    device->test = "known answer";
    return known_answer(device);
}

const char *h2learn_last_test(const h2learn_device *device) {
    return device->test;
}
