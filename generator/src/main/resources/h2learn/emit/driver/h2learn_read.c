/* Reads results: checksums, weights, counters; and the mapped board. */
#include "h2learn_private.h"

static int check_words(h2learn_device *device, uint64_t address, uint64_t bytes, uint32_t *crc) {
    uint32_t words[H2LEARN_CHUNK];
    uint64_t done = 0;
    *crc = 0;
    while (done < bytes) {
        uint64_t left = (bytes - done) / 4;
        uint32_t length = left < H2LEARN_CHUNK ? (uint32_t)left : H2LEARN_CHUNK;
        uint32_t index;
        int code = h2learn_read_words(device, address + done, words, length);
        if (code != H2LEARN_DONE) return code;
        for (index = 0; index < length; index++) {
            uint8_t each[4];
            each[0] = (uint8_t)words[index];
            each[1] = (uint8_t)(words[index] >> 8);
            each[2] = (uint8_t)(words[index] >> 16);
            each[3] = (uint8_t)(words[index] >> 24);
            *crc = h2learn_crc(*crc, each, sizeof each);
        }
        done += 4 * (uint64_t)length;
    }
    return H2LEARN_DONE;
}

int h2learn_verify(h2learn_device *device) {
    const uint8_t *stage;
    uint32_t index;
    if (!device->loaded) return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    stage = device->section[IMAGE_STAGES] + device->stage * STAGE_BYTES;
    for (index = 0; index < h2learn_get32(stage + 28); index++) {
        const uint8_t *check = device->section[IMAGE_CHECKS] + (h2learn_get32(stage + 24) + index) * CHECK_BYTES;
        const uint8_t *region = device->section[IMAGE_REGIONS] + h2learn_get32(check + 16) * REGION_BYTES;
        uint64_t address = device->board->memory_base + h2learn_get64(check);
        uint32_t crc;
        int code = check_words(device, address, h2learn_get64(check + 8), &crc);
        if (code != H2LEARN_DONE) return code;
        if (crc != h2learn_get32(check + 20)) {
            h2learn_fail(device, H2LEARN_FAIL_RESULT, address, h2learn_get32(check + 20), crc);
            device->failure.stage = device->stage;
            device->failure.name = (const char *)device->section[IMAGE_TEXT] + h2learn_get32(region + 20);
            return H2LEARN_FAIL_RESULT;
        }
    }
    return H2LEARN_DONE;
}

uint32_t h2learn_layers(const h2learn_device *device) {
    return device->loaded ? h2learn_records(device, IMAGE_LAYERS, LAYER_BYTES) : 0;
}

static const uint8_t *layer_record(const h2learn_device *device, uint32_t layer) {
    return device->section[IMAGE_LAYERS] + layer * LAYER_BYTES;
}

int h2learn_layer_shape(h2learn_device *device, uint32_t layer, h2learn_layer *shape) {
    const uint8_t *record;
    if (layer >= h2learn_layers(device) || shape == NULL) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    }
    record = layer_record(device, layer);
    shape->outputs = h2learn_get32(record + 8);
    shape->inputs = h2learn_get32(record + 12) * h2learn_get32(record + 16);
    shape->biases = h2learn_get32(record + 28) != 0 ? shape->outputs : 0;
    return H2LEARN_DONE;
}

/* One element of a word of master weights, two's complement. */
static int32_t master(const uint32_t *beats, uint32_t element) {
    uint32_t shift = element % H2LEARN_MEM_MASTER_ELEMENTS_PER_BEAT * H2LEARN_MEM_MASTER_ELEMENT_BITS;
    uint32_t value = beats[element / H2LEARN_MEM_MASTER_ELEMENTS_PER_BEAT] >> shift;
    uint32_t sign = 1u << (H2LEARN_MEM_MASTER_ELEMENT_BITS - 1u);
    value &= (sign - 1u) | sign;
    return (int32_t)(value & (sign - 1u)) - (int32_t)(value & sign);
}

int h2learn_read_weights(h2learn_device *device, uint32_t layer, int32_t *weights, size_t weight_room, int32_t *biases,
                         size_t bias_room) {
    uint32_t beats[H2LEARN_MEM_MASTER_WORD_BEATS];
    const uint32_t lanes = H2LEARN_LANES;
    uint32_t channels, blocks, first, word, words;
    uint64_t address;
    const uint8_t *record;
    h2learn_layer shape;
    int code = h2learn_layer_shape(device, layer, &shape);
    if (code != H2LEARN_DONE) return code;
    if (weights == NULL || weight_room / shape.inputs < shape.outputs || bias_room < shape.biases
        || (biases == NULL && shape.biases != 0)) {
        return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, (uint64_t)shape.outputs * shape.inputs, weight_room);
    }
    record = layer_record(device, layer);
    channels = h2learn_get32(record + 16);
    blocks = h2learn_get32(record + 20);
    address = device->board->memory_base
              + h2learn_get64(device->section[IMAGE_REGIONS] + h2learn_get32(record + 4) * REGION_BYTES);
    /* A word holds N outputs of one input: blocks of N words, [output block][tap][input block]. */
    words = (shape.outputs + lanes - 1) / lanes * h2learn_get32(record + 12) * blocks * lanes;
    first = h2learn_get32(record + 24) * lanes;
    for (word = 0; word < words + (shape.biases + lanes - 1) / lanes; word++) {
        int is_bias = word >= words;
        uint32_t at = is_bias ? first + word - words : word;
        uint32_t tap = word / lanes / blocks % h2learn_get32(record + 12);
        uint32_t channel = word / lanes % blocks * lanes + word % lanes;
        uint32_t output = (is_bias ? word - words : word / lanes / blocks / h2learn_get32(record + 12)) * lanes;
        uint32_t lane;
        if (!is_bias && channel >= channels) continue;
        code = h2learn_read_words(device, address + (uint64_t)at * H2LEARN_MEM_MASTER_WORD_BYTES, beats,
                                  H2LEARN_MEM_MASTER_WORD_BEATS);
        if (code != H2LEARN_DONE) return code;
        for (lane = 0; lane < lanes && output + lane < shape.outputs; lane++) {
            if (is_bias) {
                biases[output + lane] = master(beats, lane);
            } else {
                weights[(size_t)(output + lane) * shape.inputs + tap * channels + channel] = master(beats, lane);
            }
        }
    }
    return H2LEARN_DONE;
}

static int read64(h2learn_device *device, uint32_t offset, uint64_t *value) {
    uint32_t low, high;
    int code = h2learn_read(device, offset, &low);
    if (code == H2LEARN_DONE) code = h2learn_read(device, offset + 4, &high);
    if (code == H2LEARN_DONE) *value = (uint64_t)high << 32 | low;
    return code;
}

int h2learn_read_counters(h2learn_device *device, h2learn_counters *counters) {
    uint32_t index;
    int code;
    if (counters == NULL) return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    code = read64(device, H2LEARN_REG_CYCLES_OFFSET, &counters->cycles);
    if (code == H2LEARN_DONE) code = read64(device, H2LEARN_REG_OVERLAP_OFFSET, &counters->overlap);
    for (index = 0; code == H2LEARN_DONE && index < H2LEARN_ENGINES; index++) {
        uint32_t offset = (uint32_t)H2LEARN_REG_COUNTERS_OFFSET + 32 * index;
        code = read64(device, offset, &counters->engines[index].busy);
        if (code == H2LEARN_DONE) code = read64(device, offset + 8, &counters->engines[index].useful);
        if (code == H2LEARN_DONE) code = read64(device, offset + 16, &counters->engines[index].items);
        if (code == H2LEARN_DONE) code = read64(device, offset + 24, &counters->engines[index].skipped);
    }
    for (index = 0; code == H2LEARN_DONE && index < H2LEARN_REG_SATURATIONS_COUNT; index++) {
        code = h2learn_read(device, (uint32_t)H2LEARN_REG_SATURATIONS_OFFSET + 4 * index,
                            &counters->saturations[index]);
    }
    return code;
}

/* ---- The mapped board ---- */

static int mapped_read_register(void *context, uint32_t offset, uint32_t *word) {
    *word = ((const h2learn_mapped *)context)->registers[offset / 4];
    return H2LEARN_DONE;
}

static int mapped_write_register(void *context, uint32_t offset, uint32_t word) {
    ((const h2learn_mapped *)context)->registers[offset / 4] = word;
    return H2LEARN_DONE;
}

static int mapped_read_memory(void *context, uint64_t address, uint32_t *words, uint32_t count) {
    const h2learn_mapped *mapped = (const h2learn_mapped *)context;
    const volatile uint32_t *from = mapped->memory + (size_t)((address - mapped->memory_base) / 4);
    uint32_t index;
    for (index = 0; index < count; index++) words[index] = from[index];
    return H2LEARN_DONE;
}

static int mapped_write_memory(void *context, uint64_t address, const uint32_t *words, uint32_t count) {
    const h2learn_mapped *mapped = (const h2learn_mapped *)context;
    volatile uint32_t *to = mapped->memory + (size_t)((address - mapped->memory_base) / 4);
    uint32_t index;
    for (index = 0; index < count; index++) to[index] = words[index];
    return H2LEARN_DONE;
}

void h2learn_mapped_board(h2learn_board *board, h2learn_mapped *mapped, uint64_t memory_bytes) {
    board->context = mapped;
    board->read_register = mapped_read_register;
    board->write_register = mapped_write_register;
    board->read_memory = mapped_read_memory;
    board->write_memory = mapped_write_memory;
    board->wait = NULL;
    board->memory_base = mapped->memory_base;
    board->memory_bytes = memory_bytes;
    board->patience = 0;
}
