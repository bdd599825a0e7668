// The core's insides, shared by its files. The functions Java calls are in h2_core.cpp.
#ifndef H2_CORE_H
#define H2_CORE_H
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <memory>
#include <string>
#include <vector>

#include "h2_model.h"

enum h2_status {
  H2_OK = 0,
  H2_MISMATCH = 1,
  H2_BUS_TIMEOUT = 2,        // a handshake did not come
  H2_CONDITION_TIMEOUT = 3,  // POLL or WAIT_PORT did not see its value
  H2_BUS_ERROR = 4,          // SLVERR or DECERR
  H2_PROTOCOL = 5,           // the model broke a rule of AXI4-Lite or AXI4
  H2_FINISH = 6,
  H2_STOP = 7,
  H2_FATAL = 8,
  H2_BUS_UNUSABLE = 9,  // after H2_BUS_TIMEOUT or H2_PROTOCOL, until the next reset
};

enum h2_operation {
  H2_WRITE = 0,
  H2_WRITE_BLOCK = 1,
  H2_READ_BLOCK = 2,
  H2_COMPARE_BLOCK = 3,
  H2_POLL = 4,
  H2_WAIT_PORT = 5,
  H2_RUN = 6,
};

// 72 bytes, no padding; Java writes these by offset.
struct h2_op {
  int32_t kind;
  int32_t port;        // WAIT_PORT
  uint64_t address;    // bytes
  int64_t count;       // words; RUN: cycles; POLL: cycles a single read may take
  int64_t step;        // bytes from one word's address to the next one's
  uint64_t value;      // WRITE, POLL, WAIT_PORT
  uint64_t mask;       // WRITE: byte strobes; POLL, WAIT_PORT: bits that matter
  void* data;          // WRITE_BLOCK: source, READ_BLOCK: destination, COMPARE_BLOCK: expected words
  const void* masks;   // COMPARE_BLOCK: bits that matter of each word, or NULL for all
  int64_t budget;      // cycles: bus operations from word to word; POLL, WAIT_PORT: in all
};
static_assert(sizeof(h2_op) == 72, "Java writes operations by offset");

// 48 bytes.
struct h2_result {
  int32_t status;
  int32_t op;  // index of the operation that failed, -1 if none
  int64_t cycle;
  uint64_t address;
  int64_t index;  // word within the operation: where it failed, or how many are done
  uint64_t expected;
  uint64_t got;
};
static_assert(sizeof(h2_result) == 48, "Java reads results by offset");

// A port of at most 64 bits, by the size of its storage.
struct Pin {
  void* p = nullptr;
  uint32_t bytes = 0;
  uint64_t mask = 0;
  uint64_t get() const {
    switch (bytes) {
      case 1: return *static_cast<uint8_t*>(p);
      case 2: return *static_cast<uint16_t*>(p);
      case 4: return *static_cast<uint32_t*>(p);
      default: {
        uint64_t v;
        memcpy(&v, p, 8);
        return v & mask;
      }
    }
  }
  void set(uint64_t v) const {
    v &= mask;
    switch (bytes) {
      case 1: *static_cast<uint8_t*>(p) = static_cast<uint8_t>(v); break;
      case 2: *static_cast<uint16_t*>(p) = static_cast<uint16_t>(v); break;
      case 4: *static_cast<uint32_t*>(p) = static_cast<uint32_t>(v); break;
      default: memcpy(p, &v, 8);
    }
  }
};

class Bus;
class Memory;
class Recording;

struct Range {
  uint8_t* live;
  uint8_t* sample;
  size_t bytes;
};

struct Sim {
  void* library = nullptr;
  const h2_model_table* table = nullptr;
  void* model = nullptr;
  std::vector<h2_port> ports;
  std::vector<uint8_t> sample;        // outputs as registers see them at the edge
  std::vector<uint8_t*> sample_of;    // of each port
  std::vector<Range> ranges;          // what to copy to take a sample
  uint8_t* clock = nullptr;
  Pin reset;
  bool reset_active_low = false;
  std::unique_ptr<Bus> bus;
  std::unique_ptr<Memory> memory;
  std::unique_ptr<Recording> recording;
  std::vector<std::string> arguments;  // of the model
  int64_t cycle = 0;
  int status = H2_OK;  // of the model: FINISH, STOP and FATAL stay
  std::string text;    // what explains the last status
  bool tracing = false;
  int64_t trace_from = 0, trace_to = 0;
  uint64_t trace_next = 0;  // the earliest time that may still be written

  ~Sim();
  Pin pin(int port) const;
  int find(const char* name) const;
  // The inputs settle through the logic with the clock low; no edge.
  int settle();
  // One cycle, with the bus's and the memory's part in it; in reset the bus only looks. Anything but H2_OK ends a run.
  int tick(bool in_reset = false);
  void trace_end();

 private:
  bool half(uint8_t level);
  bool trace(uint64_t time);
};

#endif
