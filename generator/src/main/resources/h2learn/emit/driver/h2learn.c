/* Opens an accelerator, runs an image's stages on it, and reads results. */
#include "h2learn_private.h"

/* Cycles without any progress after which the accelerator itself stops. */
#define WATCHDOG_CYCLES (1ul << 20)
#define DEFAULT_PATIENCE 1000000ul

static void clear_failure(h2learn_device *device) {
    static const h2learn_failure none = {0};
    device->failure = none;
}

int h2learn_fail(h2learn_device *device, int code, uint64_t address, uint64_t expected, uint64_t got) {
    clear_failure(device);
    device->failure.code = code;
    device->failure.address = address;
    device->failure.expected = expected;
    device->failure.got = got;
    return code;
}

int h2learn_fail_image(h2learn_device *device, int code, const char *part, uint64_t expected, uint64_t got) {
    h2learn_fail(device, code, 0, expected, got);
    device->failure.part = part;
    return code;
}

/* A bus may return what it likes; only two failures are known. */
static int bus(h2learn_device *device, int code, int in_memory, uint64_t address) {
    if (code == H2LEARN_DONE) return code;
    h2learn_fail(device, code == H2LEARN_FAIL_NO_ANSWER ? code : H2LEARN_FAIL_BUS_ERROR, address, 0, 0);
    device->failure.in_memory = in_memory;
    return device->failure.code;
}

int h2learn_read(h2learn_device *device, uint32_t offset, uint32_t *word) {
    return bus(device, device->board->read_register(device->board->context, offset, word), 0, offset);
}

int h2learn_write(h2learn_device *device, uint32_t offset, uint32_t word) {
    return bus(device, device->board->write_register(device->board->context, offset, word), 0, offset);
}

int h2learn_read_words(h2learn_device *device, uint64_t address, uint32_t *words, uint32_t count) {
    return bus(device, device->board->read_memory(device->board->context, address, words, count), 1, address);
}

int h2learn_write_words(h2learn_device *device, uint64_t address, const uint32_t *words, uint32_t count) {
    return bus(device, device->board->write_memory(device->board->context, address, words, count), 1, address);
}

uint32_t h2learn_records(const h2learn_device *device, int section, uint32_t record_bytes) {
    return device->section_bytes[section] / record_bytes;
}

int h2learn_open(h2learn_device *device, const h2learn_board *board) {
    uint32_t id, version, low, high;
    int code;
    device->board = board;
    device->loaded = 0;
    device->test = "";
    clear_failure(device);
    if (board == NULL || board->read_register == NULL || board->write_register == NULL || board->read_memory == NULL
        || board->write_memory == NULL || board->memory_base % 64 != 0 || board->memory_bytes % 4 != 0
        || (board->memory_bytes != 0
            && (board->memory_base + (board->memory_bytes - 1)) >> (H2LEARN_MEMORY_ADDRESS_BITS - 1) >> 1 != 0)) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    }
    if ((code = h2learn_read(device, H2LEARN_REG_ID_OFFSET, &id)) != H2LEARN_DONE) return code;
    if (id == 0xFFFFFFFFu) return h2learn_fail(device, H2LEARN_FAIL_ALL_ONES, 0, H2LEARN_IDENTIFIER, id);
    if (id != H2LEARN_IDENTIFIER) return h2learn_fail(device, H2LEARN_FAIL_WRONG_ID, 0, H2LEARN_IDENTIFIER, id);
    if ((code = h2learn_read(device, H2LEARN_REG_VERSION_OFFSET, &version)) != H2LEARN_DONE) return code;
    if (version != H2LEARN_MAP_VERSION) {
        return h2learn_fail(device, H2LEARN_FAIL_WRONG_VERSION, 0, H2LEARN_MAP_VERSION, version);
    }
    if ((code = h2learn_read(device, H2LEARN_REG_HASH_LOW_OFFSET, &low)) != H2LEARN_DONE) return code;
    if ((code = h2learn_read(device, H2LEARN_REG_HASH_HIGH_OFFSET, &high)) != H2LEARN_DONE) return code;
    if (low != H2LEARN_HASH_LOW || high != H2LEARN_HASH_HIGH) {
        return h2learn_fail(device, H2LEARN_FAIL_WRONG_HASH, 0, (uint64_t)H2LEARN_HASH_HIGH << 32 | H2LEARN_HASH_LOW,
                            (uint64_t)high << 32 | low);
    }
    return H2LEARN_DONE;
}

/* ---- Running ---- */

void h2learn_snapshot(h2learn_device *device) {
    h2learn_failure seen = device->failure;
    const h2learn_board *board = device->board;
    uint32_t queue;
    int code = board->read_register(board->context, H2LEARN_REG_STATUS_OFFSET, &seen.status);
    if (code == 0) code = board->read_register(board->context, H2LEARN_REG_COMPLETED_OFFSET, &seen.completed);
    if (code == 0) code = board->read_register(board->context, H2LEARN_REG_RING_HEAD_OFFSET, &seen.head);
    if (code == 0) code = board->read_register(board->context, H2LEARN_REG_RING_TAIL_OFFSET, &seen.tail);
    for (queue = 0; code == 0 && queue < H2LEARN_QUEUES; queue++) {
        code = board->read_register(board->context, (uint32_t)H2LEARN_REG_QUEUE_STATE_OFFSET + 4 * queue,
                                    &seen.queue_state[queue]);
        if (code == 0) {
            code = board->read_register(board->context, (uint32_t)H2LEARN_REG_QUEUE_INDEX_OFFSET + 4 * queue,
                                        &seen.queue_index[queue]);
        }
    }
    seen.has_state = code == 0;
    device->failure = seen;
}

static int timeout(h2learn_device *device, uint32_t looks) {
    h2learn_fail(device, H2LEARN_FAIL_TIMEOUT, 0, 0, looks);
    h2learn_snapshot(device);
    return H2LEARN_FAIL_TIMEOUT;
}

/* Takes down at which command the accelerator stopped, and why. */
static int stopped(h2learn_device *device) {
    uint32_t error, index;
    int code = h2learn_read(device, H2LEARN_REG_ERROR_OFFSET, &error);
    if (code == H2LEARN_DONE) code = h2learn_read(device, H2LEARN_REG_ERROR_INDEX_OFFSET, &index);
    if (code != H2LEARN_DONE) return code;
    h2learn_fail(device, H2LEARN_FAIL_COMMAND, index, 0, error);
    h2learn_snapshot(device);
    return H2LEARN_FAIL_COMMAND;
}

/*
 * One look at a busy accelerator. `progress` is a register that changes as long as it gets on, `seen` what it was, `looks`
 * how often it has been the same.
 */
static int look(h2learn_device *device, uint32_t progress, uint32_t *status, uint32_t *seen, uint32_t *looks) {
    uint32_t patience = device->board->patience != 0 ? device->board->patience : DEFAULT_PATIENCE;
    uint32_t now;
    int code = h2learn_read(device, H2LEARN_REG_STATUS_OFFSET, status);
    if (code == H2LEARN_DONE && (*status & H2LEARN_REG_STATUS_ERROR_MASK) != 0
        && (*status & H2LEARN_REG_STATUS_BUSY_MASK) == 0) {
        return stopped(device);
    }
    if (code == H2LEARN_DONE) code = h2learn_read(device, progress, &now);
    if (code != H2LEARN_DONE) return code;
    *looks = now == *seen ? *looks + 1 : 0;
    *seen = now;
    if (*looks >= patience) return timeout(device, *looks);
    if (device->board->wait != NULL) device->board->wait(device->board->context);
    return H2LEARN_DONE;
}

static int wait_idle(h2learn_device *device) {
    uint32_t status, seen = 0, looks = 0;
    int code;
    do {
        code = look(device, H2LEARN_REG_COMPLETED_OFFSET, &status, &seen, &looks);
    } while (code == H2LEARN_DONE && (status & H2LEARN_REG_STATUS_BUSY_MASK) != 0);
    return code;
}

/* Copies bytes of an image, or of yours, to memory. */
static int write_bytes(h2learn_device *device, uint64_t address, const uint8_t *bytes, uint64_t count) {
    uint32_t words[H2LEARN_CHUNK];
    uint64_t done = 0;
    while (done < count) {
        uint32_t length = 0;
        int code;
        while (length < H2LEARN_CHUNK && done + 4 * length < count) {
            words[length] = h2learn_get32(bytes + done + 4 * length);
            length++;
        }
        code = h2learn_write_words(device, device->board->memory_base + address + done, words, length);
        if (code != H2LEARN_DONE) return code;
        done += 4 * (uint64_t)length;
    }
    return H2LEARN_DONE;
}

/* Puts a command into a free entry of the ring. Its addresses count from the memory's first byte. */
static int put_command(h2learn_device *device, const uint8_t *bytes) {
    uint32_t words[H2LEARN_COMMAND_WORDS];
    uint32_t entry = device->tail & ((1u << device->ring_log2) - 1u);
    uint32_t opcode, word;
    for (word = 0; word < H2LEARN_COMMAND_WORDS; word++) words[word] = h2learn_get32(bytes + 4 * word);
    opcode = (words[H2LEARN_CMD_OPCODE_WORD] & H2LEARN_CMD_OPCODE_MASK) >> H2LEARN_CMD_OPCODE_LSB;
    if (opcode == H2LEARN_OP_LOAD || opcode == H2LEARN_OP_STORE) {
        uint64_t address = words[H2LEARN_CMD_MEMORY_LOW_WORD] | (uint64_t)words[H2LEARN_CMD_MEMORY_HIGH_WORD] << 32;
        address += device->board->memory_base;
        words[H2LEARN_CMD_MEMORY_LOW_WORD] = (uint32_t)address;
        words[H2LEARN_CMD_MEMORY_HIGH_WORD] = (uint32_t)(address >> 32);
    }
    return h2learn_write_words(device, device->board->memory_base + device->ring + (uint64_t)entry * COMMAND_BYTES,
                               words, H2LEARN_COMMAND_WORDS);
}

static int run_commands(h2learn_device *device, const uint8_t *commands, uint32_t count) {
    uint32_t status, seen = 0, looks = 0;
    uint32_t done = 0;
    int code = H2LEARN_DONE;
    while (code == H2LEARN_DONE && done < count) {
        uint32_t head, room;
        code = h2learn_read(device, H2LEARN_REG_RING_HEAD_OFFSET, &head);
        if (code != H2LEARN_DONE) return code;
        room = (1u << device->ring_log2) - (device->tail - head);
        if (room == 0) {
            code = look(device, H2LEARN_REG_RING_HEAD_OFFSET, &status, &seen, &looks);
            continue;
        }
        for (; code == H2LEARN_DONE && room > 0 && done < count; room--, done++) {
            code = put_command(device, commands + (size_t)done * COMMAND_BYTES);
            device->tail++;
        }
        if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_RING_TAIL_OFFSET, device->tail);
    }
    return code == H2LEARN_DONE ? wait_idle(device) : code;
}

static const uint8_t *stage_record(const h2learn_device *device, uint32_t stage) {
    return device->section[IMAGE_STAGES] + stage * STAGE_BYTES;
}

static const uint8_t *write_record(const h2learn_device *device, uint32_t stage, uint32_t index) {
    uint32_t first = h2learn_get32(stage_record(device, stage) + 8);
    return device->section[IMAGE_WRITES] + (first + index) * WRITE_BYTES;
}

/* `own` has the bytes to write instead of the image's, or is null. */
static int run_stage(h2learn_device *device, uint32_t stage, const uint8_t *const *own) {
    const uint8_t *record = stage_record(device, stage);
    uint32_t index;
    int code = H2LEARN_DONE;
    device->stage = stage;
    for (index = 0; code == H2LEARN_DONE && index < h2learn_get32(record + 12); index++) {
        const uint8_t *write = write_record(device, stage, index);
        const uint8_t *bytes = own != NULL ? own[index] : device->section[IMAGE_DATA] + h2learn_get64(write + 8);
        code = write_bytes(device, h2learn_get64(write), bytes, h2learn_get64(write + 16));
    }
    if (code != H2LEARN_DONE) return code;
    return run_commands(device, device->section[IMAGE_COMMANDS] + (size_t)h2learn_get32(record + 16) * COMMAND_BYTES,
                        h2learn_get32(record + 20));
}

int h2learn_begin(h2learn_device *device) {
    uint64_t ring = device->board->memory_base + device->ring;
    int code = h2learn_write(device, H2LEARN_REG_CONTROL_OFFSET, H2LEARN_REG_CONTROL_RESTART_MASK);
    if (code == H2LEARN_DONE) code = wait_idle(device);
    if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_WATCHDOG_OFFSET, WATCHDOG_CYCLES);
    if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_RING_TAIL_OFFSET, 0);
    if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_RING_BASE_OFFSET, (uint32_t)ring);
    if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_RING_BASE_OFFSET + 4, (uint32_t)(ring >> 32));
    if (code == H2LEARN_DONE) code = h2learn_write(device, H2LEARN_REG_RING_ENTRIES_OFFSET, device->ring_log2);
    if (code == H2LEARN_DONE) {
        code = h2learn_write(device, H2LEARN_REG_CONTROL_OFFSET, H2LEARN_REG_CONTROL_CLEAR_COUNTERS_MASK);
    }
    device->tail = 0;
    return code == H2LEARN_DONE ? run_stage(device, 0, NULL) : code;
}

int h2learn_load(h2learn_device *device, const void *image, size_t bytes) {
    int code = h2learn_check_image(device, image, bytes);
    return code == H2LEARN_DONE ? h2learn_begin(device) : code;
}

uint32_t h2learn_steps(const h2learn_device *device) {
    return device->loaded ? h2learn_records(device, IMAGE_STAGES, STAGE_BYTES) - 2 : 0;
}

int h2learn_step(h2learn_device *device, uint32_t step) {
    if (step >= h2learn_steps(device)) return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    return run_stage(device, step + 1, NULL);
}

int h2learn_step_sizes(h2learn_device *device, uint32_t step, size_t *sample_bytes, size_t *label_bytes) {
    if (step >= h2learn_steps(device) || sample_bytes == NULL || label_bytes == NULL) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    }
    *sample_bytes = (size_t)h2learn_get64(write_record(device, step + 1, 0) + 16);
    *label_bytes = (size_t)h2learn_get64(write_record(device, step + 1, 1) + 16);
    return H2LEARN_DONE;
}

int h2learn_step_with(h2learn_device *device, uint32_t step, const void *samples, size_t sample_bytes,
                      const void *labels, size_t label_bytes) {
    const uint8_t *own[2];
    size_t due_samples, due_labels;
    int code = h2learn_step_sizes(device, step, &due_samples, &due_labels);
    if (code != H2LEARN_DONE) return code;
    if (samples == NULL || labels == NULL || sample_bytes != due_samples || label_bytes != due_labels) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, due_samples, sample_bytes);
    }
    own[0] = (const uint8_t *)samples;
    own[1] = (const uint8_t *)labels;
    return run_stage(device, step + 1, own);
}

int h2learn_finish(h2learn_device *device) {
    if (!device->loaded) return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    return run_stage(device, h2learn_steps(device) + 1, NULL);
}
