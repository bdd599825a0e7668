/* What the driver's own files share. */
#ifndef H2LEARN_PRIVATE_H
#define H2LEARN_PRIVATE_H

#include "h2learn.h"

/* Words that are moved at a time; they lie on the stack. */
#define H2LEARN_CHUNK 64u

/* Sections of an image, in their order. */
enum { IMAGE_TEXT, IMAGE_REGIONS, IMAGE_LAYERS, IMAGE_STAGES, IMAGE_WRITES, IMAGE_CHECKS, IMAGE_COMMANDS, IMAGE_DATA };
/* Kinds of stages. */
enum { STAGE_BEGIN, STAGE_STEP, STAGE_END };
/* Kind of a region with master weights. */
enum { REGION_MASTER = 3 };

#define REGION_BYTES 32u
#define LAYER_BYTES 32u
#define STAGE_BYTES 32u
#define WRITE_BYTES 24u
#define CHECK_BYTES 24u
#define COMMAND_BYTES (4u * H2LEARN_COMMAND_WORDS)

uint32_t h2learn_get32(const uint8_t *bytes);
uint64_t h2learn_get64(const uint8_t *bytes);
/* CRC-32 of zip; begins with 0 and may be continued. */
uint32_t h2learn_crc(uint32_t crc, const uint8_t *bytes, size_t count);

/* Takes down a failure and returns its code. */
int h2learn_fail(h2learn_device *device, int code, uint64_t address, uint64_t expected, uint64_t got);
/* The same about an image. */
int h2learn_fail_image(h2learn_device *device, int code, const char *part, uint64_t expected, uint64_t got);

int h2learn_read(h2learn_device *device, uint32_t offset, uint32_t *word);
int h2learn_write(h2learn_device *device, uint32_t offset, uint32_t word);
int h2learn_read_words(h2learn_device *device, uint64_t address, uint32_t *words, uint32_t count);
int h2learn_write_words(h2learn_device *device, uint64_t address, const uint32_t *words, uint32_t count);

/* Reads what queues and engines do into the failure, as far as the bus answers. */
void h2learn_snapshot(h2learn_device *device);

/* Number of records of a section of the image. */
uint32_t h2learn_records(const h2learn_device *device, int section, uint32_t record_bytes);
/* Stops the accelerator, opens the ring and runs the first stage. */
int h2learn_begin(h2learn_device *device);

#endif
