/* Failures and states in words. A program that does not ask for them need not link this file. */
#include "h2learn_private.h"

#define NAMED(value, name, text) {value, name, text},
typedef struct {
    uint32_t value;
    const char *name;
    const char *text;
} named;

static const named errors[] = {H2LEARN_ERROR_LIST(NAMED)};
static const named opcodes[] = {H2LEARN_OPCODE_LIST(NAMED)};
static const named engines[] = {H2LEARN_ENGINE_LIST(NAMED)};
static const named queues[] = {H2LEARN_QUEUE_LIST(NAMED)};
static const named states[] = {H2LEARN_QUEUE_STATE_LIST(NAMED)};
#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Grows a text that may be longer than the room for it. */
typedef struct {
    char *text;
    size_t room;
    size_t length;
} writer;

static void put(writer *to, const char *text) {
    for (; *text != 0; text++, to->length++) {
        if (to->length + 1 < to->room) {
            to->text[to->length] = *text;
            to->text[to->length + 1] = 0;
        }
    }
}

static void put_decimal(writer *to, uint64_t value) {
    char digits[21];
    size_t at = sizeof digits - 1;
    digits[at] = 0;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    put(to, digits + at);
}

/* At least so many digits. */
static void put_hex(writer *to, uint64_t value, int digits) {
    char text[2] = {0, 0};
    int shift = 60;
    while (shift > 4 * (digits - 1) && value >> shift == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) {
        text[0] = "0123456789ABCDEF"[value >> shift & 15u];
        put(to, text);
    }
}

static void put_address(writer *to, uint64_t address) {
    put(to, "0x");
    put_hex(to, address, 1);
}

static void put_word(writer *to, uint64_t word) {
    put(to, "0x");
    put_hex(to, word, 8);
}

static const named *find(const named *list, size_t count, uint32_t value) {
    size_t index;
    for (index = 0; index < count; index++) {
        if (list[index].value == value) return &list[index];
    }
    return NULL;
}

static void put_opcode(writer *to, uint32_t code) {
    const named *opcode = find(opcodes, COUNT(opcodes), code);
    if (opcode != NULL) {
        put(to, opcode->name);
    } else {
        put(to, "opcode ");
        put_decimal(to, code);
    }
}

static void put_names(writer *to, const named *list, size_t count, uint32_t bits) {
    size_t index;
    int more = 0;
    for (index = 0; index < count; index++) {
        if ((bits >> list[index].value & 1u) != 0) {
            if (more) put(to, ", ");
            put(to, list[index].name);
            more = 1;
        }
    }
}

#define FIELD(word, name) (((word) & H2LEARN_REG_##name##_MASK) >> H2LEARN_REG_##name##_LSB)

static void put_queue(writer *to, uint32_t word, uint32_t index) {
    const named *state = find(states, COUNT(states), (uint32_t)FIELD(word, QUEUE_STATE_STATE));
    if (state == NULL) {
        put(to, "is in state ");
        put_decimal(to, FIELD(word, QUEUE_STATE_STATE));
    } else {
        put(to, state->text);
        if (state->value != H2LEARN_QUEUE_STATE_IDLE) {
            put(to, " command ");
            put_decimal(to, index);
            put(to, " (");
            put_opcode(to, (uint32_t)FIELD(word, QUEUE_STATE_OPCODE));
            put(to, ")");
        }
        if (FIELD(word, QUEUE_STATE_MISSING) != 0 && state->value == H2LEARN_QUEUE_STATE_WAITS) {
            put(to, " for a token of ");
            put_names(to, queues, COUNT(queues), (uint32_t)FIELD(word, QUEUE_STATE_MISSING));
        }
    }
    if (FIELD(word, QUEUE_STATE_LEVEL) != 0) {
        put(to, ", ");
        put_decimal(to, FIELD(word, QUEUE_STATE_LEVEL));
        put(to, " behind it");
    }
}

static void put_state(writer *to, const h2learn_failure *seen) {
    size_t queue;
    if (!seen->has_state) {
        put(to, "and the state cannot be read");
        return;
    }
    for (queue = 0; queue < COUNT(queues); queue++) {
        put(to, "queue ");
        put(to, queues[queue].name);
        put(to, " ");
        put_queue(to, seen->queue_state[queue], seen->queue_index[queue]);
        put(to, "; ");
    }
    put(to, "engines at work: ");
    if (FIELD(seen->status, STATUS_ENGINES) == 0) put(to, "none");
    put_names(to, engines, COUNT(engines), (uint32_t)FIELD(seen->status, STATUS_ENGINES));
    put(to, "; ");
    put_decimal(to, seen->completed);
    put(to, " commands completed, ");
    put_decimal(to, seen->head);
    put(to, " of ");
    put_decimal(to, seen->tail);
    put(to, " fetched from the ring");
}

static void put_place(writer *to, const h2learn_failure *failure) {
    put(to, failure->in_memory ? "memory at address " : "the register at ");
    put_address(to, failure->address);
}

static void put_memory(writer *to, const h2learn_failure *failure) {
    put_place(to, failure);
    if (failure->code == H2LEARN_FAIL_ALIAS) {
        put(to, ": another address leads to the same word, or an access is lost");
    } else {
        put(to, ": bit ");
        put_decimal(to, failure->stage);
        put(to, " is stuck at ");
        put_decimal(to, failure->status);
    }
    put(to, ": wrote ");
    put_word(to, failure->expected);
    put(to, ", read ");
    put_word(to, failure->got);
}

static void put_command(writer *to, const h2learn_failure *failure) {
    uint32_t error = (uint32_t)failure->got;
    const named *code = find(errors, COUNT(errors), (uint32_t)FIELD(error, ERROR_CODE));
    put(to, "command ");
    put_decimal(to, failure->address);
    put(to, " (");
    put_opcode(to, (uint32_t)FIELD(error, ERROR_OPCODE));
    put(to, ") was refused: ");
    put(to, code != NULL ? code->text : "an error code that this register map does not know");
    if (FIELD(error, ERROR_CODE) == H2LEARN_ERR_WATCHDOG) {
        put(to, "; ");
        put_state(to, failure);
    }
}

static void put_result(writer *to, const h2learn_failure *failure) {
    put(to, "after stage ");
    put_decimal(to, failure->stage);
    put(to, " the words from address ");
    put_address(to, failure->address);
    put(to, " on, of ");
    put(to, failure->name);
    put(to, ", have the checksum ");
    put_hex(to, failure->got, 8);
    put(to, ", not ");
    put_hex(to, failure->expected, 8);
}

static void put_two(writer *to, const char *first, uint64_t got, const char *second, uint64_t expected, int digits) {
    put(to, first);
    if (digits) put_hex(to, got, digits);
    else put_decimal(to, got);
    put(to, second);
    if (digits) put_hex(to, expected, digits);
    else put_decimal(to, expected);
}

static void put_failure(writer *to, const h2learn_failure *f) {
    switch (f->code) {
    case H2LEARN_DONE: put(to, "nothing is wrong"); break;
    case H2LEARN_FAIL_NO_ANSWER:
        put_place(to, f);
        put(to, " does not answer; is the accelerator in the design, at this address, clocked and out of reset?");
        break;
    case H2LEARN_FAIL_BUS_ERROR:
        put_place(to, f);
        put(to, " answers with a bus error; is this the right address, and is there so much memory?");
        break;
    case H2LEARN_FAIL_ARGUMENT:
        put(to, "a driver's function was called wrongly: a null pointer, a buffer of the wrong size, a step or layer that"
                " the image lacks, or before an image was loaded");
        break;
    case H2LEARN_FAIL_ALL_ONES:
        put(to, "the ID register reads 0xFFFFFFFF, all ones: nothing drives the bus; is the device programmed, and is"
                " this the accelerator's address?");
        break;
    case H2LEARN_FAIL_WRONG_ID:
        put_two(to, "the ID register reads 0x", f->got, ", not 0x", f->expected, 8);
        put(to, ": no h2learn accelerator answers at this address");
        break;
    case H2LEARN_FAIL_WRONG_VERSION:
        put_two(to, "accelerator or image has register map version ", f->got, ", this driver knows ", f->expected, 0);
        put(to, ": generate both with the same h2learn");
        break;
    case H2LEARN_FAIL_WRONG_HASH:
        put_two(to, "the accelerator was generated from another configuration: its hash is ", f->got,
                ", that of " H2LEARN_CONFIG_NAME " is ", f->expected, 16);
        break;
    case H2LEARN_FAIL_IMAGE_FOREIGN: put(to, "this is no h2learn image: it does not begin like one"); break;
    case H2LEARN_FAIL_IMAGE_TRUNCATED:
        put_two(to, "the image is truncated: it has ", f->got, " bytes of ", f->expected, 0);
        break;
    case H2LEARN_FAIL_IMAGE_VERSION:
        put_two(to, "the image has version ", f->got, ", this driver reads ", f->expected, 0);
        break;
    case H2LEARN_FAIL_IMAGE_DAMAGED:
        put(to, "the image is damaged: the checksum of ");
        put(to, f->part);
        put(to, " is wrong");
        break;
    case H2LEARN_FAIL_IMAGE_UNSOUND:
        put(to, "the image is no sound one although its checksums are right: ");
        put(to, f->part);
        put(to, " cannot be");
        break;
    case H2LEARN_FAIL_IMAGE_HASH:
        put_two(to, "the image is for the config with hash ", f->got, ", the hash of " H2LEARN_CONFIG_NAME " is ",
                f->expected, 16);
        break;
    case H2LEARN_FAIL_MEMORY_SIZE:
        put(to, "the image needs ");
        put_decimal(to, f->expected);
        put(to, " bytes of external memory, the board has ");
        put_decimal(to, f->got);
        break;
    case H2LEARN_FAIL_COMMAND: put_command(to, f); break;
    case H2LEARN_FAIL_TIMEOUT:
        put(to, "the accelerator made no progress in ");
        put_decimal(to, f->got);
        put(to, " looks at it; ");
        put_state(to, f);
        break;
    case H2LEARN_FAIL_RESULT: put_result(to, f); break;
    case H2LEARN_FAIL_REGISTER:
        put_place(to, f);
        put_two(to, " reads 0x", f->got, " where it must be 0x", f->expected, 8);
        break;
    case H2LEARN_FAIL_CLOCK: put(to, "register CYCLES does not count: is the accelerator's clock running?"); break;
    case H2LEARN_FAIL_STUCK_BIT:
    case H2LEARN_FAIL_ALIAS: put_memory(to, f); break;
    default: put(to, "unknown failure"); break;
    }
}

static writer to_text(char *text, size_t bytes) {
    writer to;
    to.text = text;
    to.room = text != NULL ? bytes : 0;
    to.length = 0;
    if (to.room > 0) text[0] = 0;
    return to;
}

size_t h2learn_explain(const h2learn_device *device, char *text, size_t bytes) {
    writer to = to_text(text, bytes);
    put_failure(&to, &device->failure);
    return to.length;
}

size_t h2learn_state(h2learn_device *device, char *text, size_t bytes) {
    writer to = to_text(text, bytes);
    h2learn_failure kept = device->failure;
    h2learn_snapshot(device);
    put_state(&to, &device->failure);
    device->failure = kept;
    return to.length;
}
