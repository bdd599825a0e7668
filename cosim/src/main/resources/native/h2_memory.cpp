#include "h2_memory.h"

#include <sys/mman.h>

#include <algorithm>

namespace {

enum Response : uint32_t { OKAY = 0, SLVERR = 2, DECERR = 3 };

// Data may come before their address, as AXI allows. Those that wait longer for it than this belong to no burst.
constexpr int64_t UNANNOUNCED_CYCLES = 1024;

}  // namespace

Memory::~Memory() {
  if (data_) munmap(data_, bytes_);
}

std::string Memory::bind(const Sim& sim, const char* prefix, uint64_t base, uint64_t bytes) {
  struct Wanted {
    const char* name;
    Pin* pin;
    uint32_t direction;
    uint32_t width;  // 0: 13 to 64
    bool optional;
  };
  const Wanted wanted[] = {
      {"arvalid", &arvalid_, H2_OUTPUT, 1, false},     {"arready", &arready_, H2_INPUT, 1, false},
      {"araddr", &ar_[ADDR], H2_OUTPUT, 0, false},     {"arlen", &ar_[LEN], H2_OUTPUT, 8, false},
      {"arsize", &ar_[SIZE], H2_OUTPUT, 3, false},     {"arburst", &ar_[BURST], H2_OUTPUT, 2, false},
      {"arcache", &ar_[CACHE], H2_OUTPUT, 4, true},    {"arprot", &ar_[PROT], H2_OUTPUT, 3, true},
      {"awvalid", &awvalid_, H2_OUTPUT, 1, false},     {"awready", &awready_, H2_INPUT, 1, false},
      {"awaddr", &aw_[ADDR], H2_OUTPUT, 0, false},     {"awlen", &aw_[LEN], H2_OUTPUT, 8, false},
      {"awsize", &aw_[SIZE], H2_OUTPUT, 3, false},     {"awburst", &aw_[BURST], H2_OUTPUT, 2, false},
      {"awcache", &aw_[CACHE], H2_OUTPUT, 4, true},    {"awprot", &aw_[PROT], H2_OUTPUT, 3, true},
      {"rvalid", &rvalid_, H2_INPUT, 1, false},        {"rready", &rready_, H2_OUTPUT, 1, false},
      {"rresp", &rresp_, H2_INPUT, 2, false},          {"rlast", &rlast_, H2_INPUT, 1, false},
      {"wvalid", &wvalid_, H2_OUTPUT, 1, false},       {"wready", &wready_, H2_INPUT, 1, false},
      {"wlast", &wlast_, H2_OUTPUT, 1, false},         {"bvalid", &bvalid_, H2_INPUT, 1, false},
      {"bready", &bready_, H2_OUTPUT, 1, false},       {"bresp", &bresp_, H2_INPUT, 2, false},
  };
  const std::string p = prefix;
  auto find = [&](const std::string& name, uint32_t direction, std::string& error) {
    const int i = sim.find((p + name).c_str());
    if (i < 0) {
      error = "AXI4 port " + p + name + " is missing";
    } else if (sim.ports[i].direction != direction) {
      error = "AXI4 port " + p + name + " must be an " + (direction == H2_INPUT ? "input" : "output");
    }
    return i;
  };
  auto width = [&](const std::string& name, uint32_t bits, const std::string& wish) {
    return "AXI4 port " + p + name + " has " + std::to_string(bits) + " bits, not " + wish;
  };
  std::string error;
  for (const Wanted& w : wanted) {
    const int i = find(w.name, w.direction, error);
    if (i < 0 && w.optional) {
      error.clear();
      continue;
    }
    if (!error.empty()) return error;
    const uint32_t bits = sim.ports[i].width;
    if (w.width ? bits != w.width : bits < 13 || bits > 64) {
      return width(w.name, bits, w.width ? std::to_string(w.width) : "13 to 64");
    }
    *w.pin = sim.pin(i);
  }
  const int rdata = find("rdata", H2_INPUT, error), wdata = find("wdata", H2_OUTPUT, error);
  const int wstrb = find("wstrb", H2_OUTPUT, error);
  if (!error.empty()) return error;
  const uint32_t bits = sim.ports[rdata].width;
  if (bits != 32 && bits != 64 && bits != 128) return width("rdata", bits, "32, 64 or 128");
  bus_bytes_ = bits / 8;
  if (sim.ports[wdata].width != bits) {
    return width("wdata", sim.ports[wdata].width, std::to_string(bits) + " as " + p + "rdata");
  }
  if (sim.ports[wstrb].width != bus_bytes_) {
    return width("wstrb", sim.ports[wstrb].width, "one a byte of " + p + "wdata: " + std::to_string(bus_bytes_));
  }
  for (const char* name : {"arid", "awid", "rid", "bid"}) {
    if (sim.find((p + name).c_str()) >= 0) return "AXI4 port " + p + name + ": a master with IDs is not supported";
  }
  for (const Pin* a : {&ar_[ADDR], &aw_[ADDR]}) {
    if (base + (bytes - 1) > a->mask) return "the memory's end does not fit the address bits of " + p + "araddr and awaddr";
  }
  rdata_ = static_cast<uint8_t*>(sim.ports[rdata].address);
  wdata_ = static_cast<uint8_t*>(sim.ports[wdata].address);
  wstrb_ = sim.pin(wstrb);
  reset_ = sim.reset;
  reset_active_low_ = sim.reset_active_low;
  live_ = !reset_.p;

  // zeros that take room only where they are touched
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) return "this machine cannot give a memory of " + std::to_string(bytes) + " bytes";
  data_ = static_cast<uint8_t*>(data);
  base_ = base;
  bytes_ = bytes;
  check_.bus(bus_bytes_);
  clear();
  return "";
}

void Memory::timing(uint64_t seed, const Timing& t) {
  timing_ = t;
  stalling_ = std::any_of(t.chance, t.chance + CHANNELS, [](int32_t c) { return c != 0; });
  stall_ = Random(seed);
  latency_ = Random(~seed);
  idle_ = false;
}

void Memory::errors(uint64_t seed, const Errors& e) {
  errors_ = e;
  error_ = Random(seed);
}

Memory::Statistics Memory::statistics() const {
  Statistics s = count_;
  s.reads = static_cast<int64_t>(reads_.size());
  s.writes = static_cast<int64_t>(std::max(writes_.size(), incomplete_ + !gathered_.empty()));
  return s;
}

void Memory::clear() {
  for (const Pin* p : {&arready_, &awready_, &wready_, &rvalid_, &bvalid_}) p->set(0);
  reads_.clear();
  writes_.clear();
  gathered_.clear();
  read_beat_ = 0;
  incomplete_ = 0;
  unannounced_ = 0;
  r_given_ = b_given_ = r_fire_ = b_fire_ = idle_ = false;
  check_.clear();
}

void Memory::drive(int64_t cycle) {
  if (reset_.p && (reset_.get() != 0) != reset_active_low_) {
    if (in_reset_) reset_cycles_++;
    in_reset_ = live_ = true;
    clear();
    return;
  }
  after_reset_ = in_reset_;
  in_reset_ = false;
  reset_cycles_ = 0;
  if (idle_) return;
  if (!live_ || !usable()) {
    for (const Pin* p : {&arready_, &awready_, &wready_, &rvalid_, &bvalid_}) p->set(0);
    return;
  }
  // a byte a channel; without stalls all are 255, which no chance exceeds
  const uint64_t dice = stalling_ ? stall_.next() : ~0ull;
  auto go = [&](int channel) { return static_cast<uint8_t>(dice >> (8 * channel)) >= timing_.chance[channel]; };
  arready_.set(reads_.size() < timing_.reads && go(AR));
  awready_.set(writes_.size() < timing_.writes && go(AW));
  // of data ahead of their address one whole burst is taken
  const bool ahead = incomplete_ == writes_.size() && !gathered_.empty() && gathered_.back().last;
  wready_.set(!ahead && go(W));
  if (!r_given_ && !reads_.empty() && cycle >= reads_.front().answer && go(R)) give_read();
  if (!b_given_ && !writes_.empty() && writes_.front().complete && cycle >= writes_.front().answer && go(B)) give_write();
}

uint32_t Memory::response(const AxiBurst& burst, uint32_t beat) const {
  // a beat lies inside or outside as a whole: the ends are multiples of 4 KiB, which no burst crosses
  const uint64_t from = burst.beat(beat);
  if (from - base_ >= bytes_) return DECERR;
  for (const Interval& i : errors_.failing) {
    // the distance from the one that begins first to the other
    if (from >= i.from ? from - i.from < i.bytes : i.from - from < burst.bytes(beat)) return SLVERR;
  }
  return OKAY;
}

void Memory::give_read() {
  const Read& read = reads_.front();
  const uint64_t from = read.burst.beat(read_beat_);
  uint32_t answer = response(read.burst, read_beat_);
  if (answer == OKAY && read.bad_beat == static_cast<int64_t>(read_beat_)) answer = SLVERR;
  // lanes that are not addressed, and beats in error, hold what nobody can use
  for (uint32_t i = 0; i < bus_bytes_; i++) rdata_[i] = static_cast<uint8_t>(~(from + i) * 0x9d);
  if (answer == OKAY) memcpy(rdata_ + (from & (bus_bytes_ - 1)), data_ + (from - base_), read.burst.bytes(read_beat_));
  rresp_.set(answer);
  rlast_.set(read_beat_ + 1 == read.burst.beats);
  rvalid_.set(1);
  r_given_ = true;
  count_.error_answers += answer != OKAY;
}

// The data are stored now, as late as AXI allows: a master that reads before it has this answer gets the old ones.
void Memory::give_write() {
  const Write& write = writes_.front();
  uint32_t answer = write.bad ? SLVERR : OKAY;
  for (uint32_t i = 0; i < write.burst.beats; i++) answer = std::max(answer, response(write.burst, i));
  for (uint32_t i = 0; i < write.burst.beats && answer == OKAY; i++) {
    const uint64_t line = (write.burst.beat(i) & ~static_cast<uint64_t>(bus_bytes_ - 1)) - base_;
    for (uint32_t lane = 0; lane < bus_bytes_; lane++) {
      if (write.beats[i].strobes >> lane & 1) data_[line + lane] = write.beats[i].bytes[lane];
    }
  }
  bresp_.set(answer);
  bvalid_.set(1);
  b_given_ = true;
  count_.error_answers += answer != OKAY;
}

AxiAddress Memory::address(const Pin& valid, const Pin& ready, const Pin* payload) const {
  AxiAddress a;
  a.valid = valid.get();
  a.ready = ready.get();
  a.address = payload[ADDR].get();
  a.length = static_cast<uint32_t>(payload[LEN].get());
  a.size = static_cast<uint32_t>(payload[SIZE].get());
  a.burst = static_cast<uint32_t>(payload[BURST].get());
  if (payload[CACHE].p) a.cache = static_cast<uint32_t>(payload[CACHE].get());
  if (payload[PROT].p) a.prot = static_cast<uint32_t>(payload[PROT].get());
  return a;
}

AxiBurst Memory::burst_of(const AxiAddress& a) const {
  AxiBurst burst;
  burst.address = a.address;
  burst.beats = a.length + 1;
  burst.size = 1u << a.size;
  return burst;
}

bool Memory::observe(int64_t cycle) {
  const bool arvalid = arvalid_.get(), awvalid = awvalid_.get(), wvalid = wvalid_.get();
  const bool silent = !arvalid && !awvalid && !wvalid;
  if (idle_ && silent && !after_reset_) return true;
  r_fire_ = b_fire_ = idle_ = false;
  if (in_reset_ || after_reset_) {
    // registers are reset by the edge that ends the first cycle
    if (in_reset_ && reset_cycles_ == 0) return true;
    check_.no_valid(cycle, arvalid, awvalid, wvalid,
                    in_reset_ ? "during reset" : "in the cycle in which reset ends, before a clock edge without it");
    return usable();
  }
  if (!live_ || !usable()) return true;  // the first violation has been told
  if (silent && !check_.waiting() && reads_.empty() && writes_.empty() && gathered_.empty()) {
    idle_ = !stalling_;
    return true;
  }
  const AxiAddress ar = address(arvalid_, arready_, ar_), aw = address(awvalid_, awready_, aw_);
  AxiData w;
  w.valid = wvalid;
  w.ready = wready_.get();
  w.last = wlast_.get();
  w.strobes = wstrb_.get();
  memcpy(w.bytes, wdata_, bus_bytes_);
  check_.read_address(cycle, ar);
  check_.write_address(cycle, aw);
  check_.write_data(cycle, w);
  r_fire_ = r_given_ && rready_.get();
  b_fire_ = b_given_ && bready_.get();
  count_.stalled[AR] += arvalid && !ar.ready;
  count_.stalled[AW] += awvalid && !aw.ready;
  count_.stalled[W] += wvalid && !w.ready;
  count_.stalled[R] += r_given_ && !r_fire_;
  count_.stalled[B] += b_given_ && !b_fire_;
  if (usable()) take(cycle, ar, aw, w);
  return usable();
}

void Memory::take(int64_t cycle, const AxiAddress& ar, const AxiAddress& aw, const AxiData& w) {
  auto answer = [&](int64_t latency, int64_t spread) {
    return cycle + latency + (spread ? static_cast<int64_t>(latency_.next() % static_cast<uint64_t>(spread + 1)) : 0);
  };
  // the beat in which an error is drawn, or -1
  auto bad = [&](uint32_t chance, uint32_t beats) {
    if (chance == 0) return static_cast<int64_t>(-1);
    const uint64_t dice = error_.next();
    return (dice & 0xffff) < chance ? static_cast<int64_t>((dice >> 16) % beats) : static_cast<int64_t>(-1);
  };
  if (ar.valid && ar.ready) {
    const AxiBurst burst = burst_of(ar);
    reads_.push_back({burst, answer(timing_.read_latency, timing_.read_spread), bad(errors_.read_chance, burst.beats)});
    count_.read_bursts++;
    count_.most_reads = std::max(count_.most_reads, static_cast<int64_t>(reads_.size()));
  }
  if (aw.valid && aw.ready) {
    writes_.emplace_back();
    Write& write = writes_.back();
    write.burst = burst_of(aw);
    write.bad = bad(errors_.write_chance, write.burst.beats) >= 0;
    count_.write_bursts++;
    count_.most_writes = std::max(count_.most_writes, static_cast<int64_t>(writes_.size()));
    if (incomplete_ + 1 == writes_.size()) {
      // what came ahead of this address
      for (uint32_t i = 0; i < gathered_.size(); i++) {
        check_.beat(cycle, write.burst, i, gathered_[i].last, gathered_[i].strobes);
      }
    }
  }
  if (w.valid && w.ready) {
    gathered_.push_back(w);
    count_.write_beats++;
    if (incomplete_ < writes_.size()) {
      const uint32_t index = static_cast<uint32_t>(gathered_.size() - 1);
      check_.beat(cycle, writes_[incomplete_].burst, index, w.last, w.strobes);
    } else if (gathered_.size() == AXI_MAXIMUM_BEATS && !w.last) {
      check_.broken(cycle, "W", "256 beats without WLAST");
    }
  }
  if (incomplete_ < writes_.size()) {
    unannounced_ = 0;
    if (!gathered_.empty() && gathered_.back().last) {
      Write& write = writes_[incomplete_++];
      write.beats.swap(gathered_);
      gathered_.clear();
      write.answer = answer(timing_.write_latency, timing_.write_spread);
      write.complete = true;
    }
  } else if ((w.valid || !gathered_.empty()) && !aw.valid) {
    if (++unannounced_ == UNANNOUNCED_CYCLES) {
      check_.broken(cycle, "W", "more data than the bursts announced: no AWVALID for " +
                                    std::to_string(UNANNOUNCED_CYCLES) + " cycles");
    }
  } else {
    unannounced_ = 0;
  }
}

void Memory::advance() {
  // What is taken is inverted: a master that looks at it without valid sees something else.
  if (r_fire_) {
    count_.read_beats++;
    for (uint32_t i = 0; i < bus_bytes_; i++) rdata_[i] = static_cast<uint8_t>(~rdata_[i]);
    rresp_.set(~rresp_.get());
    rlast_.set(~rlast_.get());
    rvalid_.set(0);
    r_given_ = false;
    if (++read_beat_ == reads_.front().burst.beats) {
      reads_.pop_front();
      read_beat_ = 0;
    }
  }
  if (b_fire_) {
    bresp_.set(~bresp_.get());
    bvalid_.set(0);
    b_given_ = false;
    writes_.pop_front();
    incomplete_--;
  }
}
