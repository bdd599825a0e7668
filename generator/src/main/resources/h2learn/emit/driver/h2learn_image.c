/* Whether an image is whole, unharmed and sound; nothing in it is used before. */
#include "h2learn_private.h"

#define PREAMBLE_BYTES 32u
#define FIXED_BYTES 80u
#define ENTRY_BYTES 32u
#define HEADER_BYTES (FIXED_BYTES + H2LEARN_IMAGE_SECTIONS * ENTRY_BYTES + 8u)
#define TRAILER_BYTES 8u
#define IMAGE_VERSION 1u
#define REGION_ALIGNMENT 64u

static const uint8_t magic[8] = {0x89, 'H', '2', 'L', 'I', 0x0D, 0x0A, 0x1A};
static const uint32_t record_bytes[H2LEARN_IMAGE_SECTIONS] = {1, REGION_BYTES, LAYER_BYTES,   STAGE_BYTES, WRITE_BYTES,
                                                              CHECK_BYTES, COMMAND_BYTES, 8};
static const char *const section_names[H2LEARN_IMAGE_SECTIONS] = {
    "the section text",   "the section regions", "the section layers",   "the section stages",
    "the section writes", "the section checks",  "the section commands", "the section data"};

uint32_t h2learn_get32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint64_t h2learn_get64(const uint8_t *bytes) {
    return (uint64_t)h2learn_get32(bytes) | (uint64_t)h2learn_get32(bytes + 4) << 32;
}

uint32_t h2learn_crc(uint32_t crc, const uint8_t *bytes, size_t count) {
    /* Half a byte at a time: a table of 64 bytes is small enough for anything. */
    static const uint32_t table[16] = {0x00000000u, 0x1DB71064u, 0x3B6E20C8u, 0x26D930ACu, 0x76DC4190u, 0x6B6B51F4u,
                                       0x4DB26158u, 0x5005713Cu, 0xEDB88320u, 0xF00F9344u, 0xD6D6A3E8u, 0xCB61B38Cu,
                                       0x9B64C2B0u, 0x86D3D2D4u, 0xA00AE278u, 0xBDBDF21Cu};
    size_t at;
    crc = ~crc;
    for (at = 0; at < count; at++) {
        crc ^= bytes[at];
        crc = crc >> 4 ^ table[crc & 15u];
        crc = crc >> 4 ^ table[crc & 15u];
    }
    return ~crc;
}

static int sealed(const uint8_t *image, size_t count) {
    return h2learn_crc(0, image, count - 4) == h2learn_get32(image + count - 4);
}

static int unsound(h2learn_device *device, const char *part) {
    return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_UNSOUND, part, 0, 0);
}

static int check_preamble(h2learn_device *device, const uint8_t *image, size_t bytes) {
    size_t at;
    for (at = 0; at < bytes && at < sizeof magic; at++) {
        if (image[at] != magic[at]) return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_FOREIGN, NULL, 0, 0);
    }
    if (bytes < PREAMBLE_BYTES) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_TRUNCATED, NULL, PREAMBLE_BYTES, bytes);
    }
    if (!sealed(image, PREAMBLE_BYTES)) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_DAMAGED, "its first 32 bytes", 0, 0);
    }
    if (h2learn_get32(image + 8) != IMAGE_VERSION) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_VERSION, NULL, IMAGE_VERSION, h2learn_get32(image + 8));
    }
    if (h2learn_get64(image + 16) > bytes) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_TRUNCATED, NULL, h2learn_get64(image + 16), bytes);
    }
    if (h2learn_get64(image + 16) < bytes) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_DAMAGED, "what lies behind its end", 0, 0);
    }
    if (h2learn_get32(image + 12) != HEADER_BYTES || bytes < HEADER_BYTES + TRAILER_BYTES || bytes > 0x7FFFFFFFu) {
        return unsound(device, "the header");
    }
    return H2LEARN_DONE;
}

/* Finds the sections; each stands behind the one before. */
static int check_sections(h2learn_device *device, const uint8_t *image, size_t bytes) {
    uint64_t offset = HEADER_BYTES;
    int section;
    if (!sealed(image, HEADER_BYTES)) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_DAMAGED, "its header", 0, 0);
    }
    for (section = 0; section < H2LEARN_IMAGE_SECTIONS; section++) {
        const uint8_t *entry = image + FIXED_BYTES + (uint32_t)section * ENTRY_BYTES;
        uint64_t length = h2learn_get64(entry + 16);
        uint64_t there = bytes - TRAILER_BYTES - offset;
        if (h2learn_get32(entry) != (uint32_t)section + 1 || h2learn_get32(entry + 4) != record_bytes[section]
            || h2learn_get64(entry + 8) != offset || length > there || ((length + 7) & ~(uint64_t)7) > there
            || length % record_bytes[section] != 0) {
            return unsound(device, "the section table");
        }
        device->section[section] = image + offset;
        device->section_bytes[section] = (uint32_t)length;
        if (h2learn_crc(0, image + offset, (size_t)length) != h2learn_get32(entry + 24)) {
            return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_DAMAGED, section_names[section], 0, 0);
        }
        offset += (length + 7) & ~(uint64_t)7;
    }
    if (offset != bytes - TRAILER_BYTES || !sealed(image, bytes)) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_DAMAGED, "what lies between its sections", 0, 0);
    }
    return H2LEARN_DONE;
}

/* Whether a piece lies in something of `there` bytes. */
static int inside(uint64_t at, uint64_t bytes, uint64_t there, uint32_t alignment) {
    return at % alignment == 0 && bytes % 4 == 0 && at <= there && bytes <= there - at;
}

static int has_records(const h2learn_device *device, int section, const uint8_t *first_and_count) {
    uint32_t there = h2learn_records(device, section, record_bytes[section]);
    uint32_t first = h2learn_get32(first_and_count);
    return first <= there && h2learn_get32(first_and_count + 4) <= there - first;
}

/* Whether a layer's weights are in its region, laid out as this accelerator has them. */
static int layer_is_sound(const h2learn_device *device, const uint8_t *layer) {
    const uint64_t lanes = H2LEARN_LANES;
    uint32_t region = h2learn_get32(layer + 4);
    uint64_t outputs = h2learn_get32(layer + 8);
    uint64_t taps = h2learn_get32(layer + 12);
    uint64_t channels = h2learn_get32(layer + 16);
    uint64_t blocks = h2learn_get32(layer + 24);
    uint64_t output_blocks = (outputs + lanes - 1) / lanes;
    const uint8_t *place = device->section[IMAGE_REGIONS] + region * REGION_BYTES;
    /* With these bounds nothing below overflows. */
    if (region >= h2learn_records(device, IMAGE_REGIONS, REGION_BYTES) || outputs - 1 > 0xFFFF || taps - 1 > 0xFFFF
        || channels - 1 > 0xFFFF || h2learn_get32(place + 16) != REGION_MASTER || h2learn_get32(layer + 28) > 1
        || taps * channels > 0x7FFFFFFF / outputs) {
        return 0;
    }
    if (h2learn_get32(layer + 20) != (channels + lanes - 1) / lanes
        || blocks != output_blocks * taps * h2learn_get32(layer + 20)) {
        return 0;
    }
    blocks += h2learn_get32(layer + 28) != 0 ? (output_blocks + lanes - 1) / lanes : 0;
    return blocks * lanes * H2LEARN_MEM_MASTER_WORD_BYTES <= h2learn_get64(place + 8);
}

static int check_tables(h2learn_device *device) {
    const uint8_t *regions = device->section[IMAGE_REGIONS];
    uint32_t region_count = h2learn_records(device, IMAGE_REGIONS, REGION_BYTES);
    const uint8_t *record;
    uint32_t index;
    uint32_t text_bytes = device->section_bytes[IMAGE_TEXT];
    if (text_bytes == 0 || device->section[IMAGE_TEXT][text_bytes - 1] != 0) return unsound(device, "the names");
    for (index = 0; index < region_count; index++) {
        record = regions + index * REGION_BYTES;
        if (!inside(h2learn_get64(record), h2learn_get64(record + 8), device->image_memory, REGION_ALIGNMENT)
            || h2learn_get32(record + 20) >= text_bytes) {
            return unsound(device, "a region");
        }
    }
    for (index = 0; index < h2learn_records(device, IMAGE_WRITES, WRITE_BYTES); index++) {
        record = device->section[IMAGE_WRITES] + index * WRITE_BYTES;
        if (!inside(h2learn_get64(record), h2learn_get64(record + 16), device->image_memory, 4)
            || !inside(h2learn_get64(record + 8), h2learn_get64(record + 16), device->section_bytes[IMAGE_DATA], 4)) {
            return unsound(device, "what is written");
        }
    }
    for (index = 0; index < h2learn_records(device, IMAGE_CHECKS, CHECK_BYTES); index++) {
        record = device->section[IMAGE_CHECKS] + index * CHECK_BYTES;
        if (!inside(h2learn_get64(record), h2learn_get64(record + 8), device->image_memory, 4)
            || h2learn_get32(record + 16) >= region_count) {
            return unsound(device, "a checksum");
        }
    }
    for (index = 0; index < h2learn_records(device, IMAGE_LAYERS, LAYER_BYTES); index++) {
        if (!layer_is_sound(device, device->section[IMAGE_LAYERS] + index * LAYER_BYTES)) {
            return unsound(device, "a layer");
        }
    }
    return H2LEARN_DONE;
}

static int check_stages(h2learn_device *device) {
    uint32_t stages = h2learn_records(device, IMAGE_STAGES, STAGE_BYTES);
    uint32_t index;
    if (stages < 3) return unsound(device, "the stages");
    for (index = 0; index < stages; index++) {
        const uint8_t *stage = device->section[IMAGE_STAGES] + index * STAGE_BYTES;
        uint32_t kind = index == 0 ? STAGE_BEGIN : index == stages - 1 ? STAGE_END : STAGE_STEP;
        if (h2learn_get32(stage) != kind || !has_records(device, IMAGE_WRITES, stage + 8)
            || !has_records(device, IMAGE_COMMANDS, stage + 16) || !has_records(device, IMAGE_CHECKS, stage + 24)
            || (kind == STAGE_STEP && h2learn_get32(stage + 12) != 2u)) {
            return unsound(device, "a stage");
        }
    }
    return H2LEARN_DONE;
}

int h2learn_check_image(h2learn_device *device, const void *image, size_t bytes) {
    const uint8_t *file = (const uint8_t *)image;
    uint64_t hash = (uint64_t)H2LEARN_HASH_HIGH << 32 | H2LEARN_HASH_LOW;
    int code;
    device->loaded = 0;
    if (image == NULL) return h2learn_fail(device, H2LEARN_FAIL_ARGUMENT, 0, 0, 0);
    code = check_preamble(device, file, bytes);
    if (code == H2LEARN_DONE) code = check_sections(device, file, bytes);
    if (code != H2LEARN_DONE) return code;
    if (h2learn_get32(file + 60) != H2LEARN_MAP_VERSION) {
        return h2learn_fail(device, H2LEARN_FAIL_WRONG_VERSION, 0, H2LEARN_MAP_VERSION, h2learn_get32(file + 60));
    }
    if (h2learn_get64(file + 32) != hash) {
        return h2learn_fail_image(device, H2LEARN_FAIL_IMAGE_HASH, NULL, hash, h2learn_get64(file + 32));
    }
    device->image = file;
    device->image_memory = h2learn_get64(file + 40);
    device->ring = h2learn_get64(file + 48);
    device->ring_log2 = h2learn_get32(file + 56);
    if (device->ring_log2 > 16u
        || !inside(device->ring, (uint64_t)COMMAND_BYTES << device->ring_log2, device->image_memory, REGION_ALIGNMENT)
        || device->image_memory % 4 != 0) {
        return unsound(device, "the ring");
    }
    code = check_tables(device);
    if (code == H2LEARN_DONE) code = check_stages(device);
    if (code == H2LEARN_DONE && device->image_memory > device->board->memory_bytes) {
        code = h2learn_fail_image(device, H2LEARN_FAIL_MEMORY_SIZE, NULL, device->image_memory,
                                  device->board->memory_bytes);
    }
    device->loaded = code == H2LEARN_DONE;
    return code;
}
