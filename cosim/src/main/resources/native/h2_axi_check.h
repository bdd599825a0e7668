// What an AXI4 master sends, and the rules it has to keep: INCR bursts without IDs.
#ifndef H2_AXI_CHECK_H
#define H2_AXI_CHECK_H
#include <stdint.h>

#include <string>

constexpr uint32_t AXI_MAXIMUM_BUS_BYTES = 16;
constexpr uint32_t AXI_MAXIMUM_BEATS = 256;

// A burst's beats and the bytes each of them moves.
struct AxiBurst {
  uint64_t address = 0;
  uint32_t beats = 0;
  uint32_t size = 1;  // bytes of a beat
  uint64_t beat(uint32_t index) const {
    return index == 0 ? address : (address & ~static_cast<uint64_t>(size - 1)) + static_cast<uint64_t>(index) * size;
  }
  // Only the first beat of a burst that begins off its size's grid has fewer than size.
  uint32_t bytes(uint32_t index) const { return size - static_cast<uint32_t>(beat(index) & (size - 1)); }
};

// One cycle of AR or AW.
struct AxiAddress {
  bool valid = false, ready = false;
  uint64_t address = 0;
  uint32_t length = 0, size = 0, burst = 0, cache = 0, prot = 0;  // as the signals have them
};

// One cycle of W.
struct AxiData {
  bool valid = false, ready = false, last = false;
  uint64_t strobes = 0;
  uint8_t bytes[AXI_MAXIMUM_BUS_BYTES] = {};
};

class AxiCheck {
 public:
  void bus(uint32_t bytes) { bus_bytes_ = bytes; }
  // Forgets what was under way, and the violation.
  void clear();
  // False from the first violation on, which why() tells.
  bool kept() const { return why_.empty(); }
  const std::string& why() const { return why_; }

  // Each cycle, once a channel.
  void read_address(int64_t cycle, const AxiAddress& now) { address(cycle, "AR", now, ar_); }
  void write_address(int64_t cycle, const AxiAddress& now) { address(cycle, "AW", now, aw_); }
  void write_data(int64_t cycle, const AxiData& now);
  // Whether a valid waits for its ready: the next cycle must be looked at.
  bool waiting() const { return ar_.valid || aw_.valid || w_.valid; }

  // A beat of write data and the burst it belongs to.
  void beat(int64_t cycle, const AxiBurst& burst, uint32_t index, bool last, uint64_t strobes);
  void no_valid(int64_t cycle, bool ar, bool aw, bool w, const char* when);
  void broken(int64_t cycle, const char* channel, const std::string& rule);

 private:
  void address(int64_t cycle, const char* channel, const AxiAddress& now, AxiAddress& held);

  uint32_t bus_bytes_ = 4;
  // what was valid without ready in the cycle before; valid is false otherwise
  AxiAddress ar_, aw_;
  AxiData w_;
  std::string why_;
};

#endif
