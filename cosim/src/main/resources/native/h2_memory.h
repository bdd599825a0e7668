// A memory behind an AXI4 master of the model, with seeded timing and errors, and checks of what the master does.
#ifndef H2_MEMORY_H
#define H2_MEMORY_H
#include <deque>
#include <string>
#include <vector>

#include "h2_axi_check.h"
#include "h2_core.h"
#include "h2_random.h"

class Memory {
 public:
  enum Channel { AR, R, AW, W, B, CHANNELS };

  struct Timing {
    int32_t chance[CHANNELS] = {};  // of a stalled cycle, in 1/256
    int64_t read_latency = 1, read_spread = 0, write_latency = 1, write_spread = 0;  // cycles
    uint32_t reads = 16, writes = 16;  // bursts taken and not yet answered
  };
  struct Interval {
    uint64_t from, bytes;
  };
  struct Errors {
    uint32_t read_chance = 0, write_chance = 0;  // of a burst, in 1/65536
    std::vector<Interval> failing;               // SLVERR
  };
  // Java reads these by offset.
  struct Statistics {
    int64_t read_bursts, read_beats, write_bursts, write_beats;
    int64_t error_answers;  // beats of R and answers on B
    int64_t stalled[CHANNELS];  // cycles with valid and without ready
    int64_t most_reads, most_writes;  // under way at once
    int64_t reads, writes;  // under way now
  };
  static_assert(sizeof(Statistics) == 14 * 8, "Java reads the statistics by offset");

  Memory() = default;
  Memory(const Memory&) = delete;
  ~Memory();
  // Empty, or what is wrong with the ports or the size. Base and bytes are multiples of 4096.
  std::string bind(const Sim& sim, const char* prefix, uint64_t base, uint64_t bytes);
  uint8_t* data() const { return data_; }
  void timing(uint64_t seed, const Timing& t);
  void errors(uint64_t seed, const Errors& e);
  Statistics statistics() const;
  void clear_statistics() { count_ = Statistics(); }
  bool usable() const { return check_.kept(); }
  const std::string& why() const { return check_.why(); }

  // Called by Sim around a cycle, as those of Bus. They look at the reset themselves.
  void drive(int64_t cycle);
  bool observe(int64_t cycle);  // false: the master broke a rule, see why()
  void advance();

 private:
  struct Read {
    AxiBurst burst;
    int64_t answer;  // first cycle with RVALID
    int64_t bad_beat;
  };
  struct Write {
    AxiBurst burst;
    int64_t answer = 0;
    bool bad = false, complete = false;
    std::vector<AxiData> beats;
  };
  void clear();
  AxiAddress address(const Pin& valid, const Pin& ready, const Pin* payload) const;
  AxiBurst burst_of(const AxiAddress& a) const;
  void take(int64_t cycle, const AxiAddress& ar, const AxiAddress& aw, const AxiData& w);
  uint32_t response(const AxiBurst& burst, uint32_t beat) const;
  void give_read();
  void give_write();

  enum Payload { ADDR, LEN, SIZE, BURST, CACHE, PROT, PAYLOADS };
  Pin arvalid_, arready_, ar_[PAYLOADS], awvalid_, awready_, aw_[PAYLOADS];
  Pin rvalid_, rready_, rresp_, rlast_, wvalid_, wready_, wstrb_, wlast_, bvalid_, bready_, bresp_;
  uint8_t *rdata_ = nullptr, *wdata_ = nullptr;
  uint32_t bus_bytes_ = 4;
  Pin reset_;
  bool reset_active_low_ = false;

  uint8_t* data_ = nullptr;
  uint64_t base_ = 0, bytes_ = 0;

  Timing timing_;
  Errors errors_;
  bool stalling_ = false;
  Random stall_{0}, latency_{0}, error_{0};
  AxiCheck check_;
  Statistics count_ = {};

  bool live_ = false;         // a model with a reset is not looked at before its first
  bool in_reset_ = false;
  int64_t reset_cycles_ = 0;  // that ended before this one, the reset still active
  bool after_reset_ = false;  // its first cycle without
  bool idle_ = false;         // nothing is under way and every ready stays as it is

  std::deque<Read> reads_;
  uint32_t read_beat_ = 0;  // of the oldest read
  std::deque<Write> writes_;
  size_t incomplete_ = 0;         // index in writes_ of the first one that lacks data
  std::vector<AxiData> gathered_;  // its data, or those ahead of an address to come
  int64_t unannounced_ = 0;        // cycles that such data have waited for their address
  bool r_given_ = false, b_given_ = false;
  bool r_fire_ = false, b_fire_ = false;
};

#endif
