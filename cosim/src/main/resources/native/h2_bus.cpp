#include "h2_bus.h"

#include <stdio.h>

#include <algorithm>

namespace {

const char* const RESPONSES[] = {"OKAY", "EXOKAY", "SLVERR", "DECERR"};

}  // namespace

std::string Bus::bind(const Sim& sim, const char* prefix) {
  struct Wanted {
    const char* name;
    Pin* pin;
    uint32_t direction;
    uint32_t width;  // 0: any up to 64
    bool optional;
  };
  const Wanted wanted[] = {
      {"awvalid", &awvalid_, H2_INPUT, 1, false}, {"awready", &awready_, H2_OUTPUT, 1, false},
      {"awaddr", &awaddr_, H2_INPUT, 0, false},   {"awprot", &awprot_, H2_INPUT, 3, true},
      {"wvalid", &wvalid_, H2_INPUT, 1, false},   {"wready", &wready_, H2_OUTPUT, 1, false},
      {"wdata", &wdata_, H2_INPUT, 32, false},    {"wstrb", &wstrb_, H2_INPUT, 4, true},
      {"bvalid", &bvalid_, H2_OUTPUT, 1, false},  {"bready", &bready_, H2_INPUT, 1, false},
      {"bresp", &bresp_, H2_OUTPUT, 2, false},    {"arvalid", &arvalid_, H2_INPUT, 1, false},
      {"arready", &arready_, H2_OUTPUT, 1, false}, {"araddr", &araddr_, H2_INPUT, 0, false},
      {"arprot", &arprot_, H2_INPUT, 3, true},    {"rvalid", &rvalid_, H2_OUTPUT, 1, false},
      {"rready", &rready_, H2_INPUT, 1, false},   {"rdata", &rdata_, H2_OUTPUT, 32, false},
      {"rresp", &rresp_, H2_OUTPUT, 2, false},
  };
  for (const Wanted& w : wanted) {
    std::string name = std::string(prefix) + w.name;
    int i = sim.find(name.c_str());
    if (i < 0) {
      if (w.optional) continue;
      return "AXI4-Lite port " + name + " is missing";
    }
    const h2_port& port = sim.ports[i];
    if (port.direction != w.direction) {
      return "AXI4-Lite port " + name + " must be an " + (w.direction == H2_INPUT ? "input" : "output");
    }
    if (w.width ? port.width != w.width : port.width > 64) {
      return "AXI4-Lite port " + name + " has " + std::to_string(port.width) + " bits, not " +
             (w.width ? std::to_string(w.width) : std::string("1 to 64"));
    }
    *w.pin = sim.pin(i);
  }
  clear();
  return "";
}

void Bus::stalls(uint64_t seed, const int32_t* chances) {
  random_ = Random(seed);
  stalling_ = false;
  for (int i = 0; i < CHANNELS; i++) {
    chance_[i] = static_cast<uint8_t>(chances[i]);
    stalling_ |= chance_[i] != 0;
  }
}

void Bus::clear() {
  for (Pin* p : {&awvalid_, &wvalid_, &bready_, &arvalid_, &rready_}) p->set(0);
  for (Pin* p : {&awprot_, &arprot_}) {
    if (p->p) p->set(0);
  }
  aw_ = w_ = b_ = ar_ = r_ = Counters();
  write_limit_ = read_limit_ = 0;
  b_held_ = r_held_ = false;
  std::fill(fire_, fire_ + CHANNELS, false);
  reset_cycles_ = 0;
  usable_ = true;
  why_.clear();
}

void Bus::drive() {
  // a byte a channel; without stalls all are 255, which no chance exceeds
  const uint64_t dice = stalling_ ? random_.next() : ~0ull;
  auto go = [&](int channel) { return static_cast<uint8_t>(dice >> (8 * channel)) >= chance_[channel]; };
  if (!awvalid_.get() && aw_.issued < write_limit_ && aw_.issued - b_.done < outstanding_ && go(AW)) {
    awaddr_.set(op_.address + static_cast<uint64_t>(aw_.issued * op_.step));
    awvalid_.set(1);
    aw_.issued++;
  }
  if (!wvalid_.get() && w_.issued < write_limit_ && w_.issued - b_.done < outstanding_ && go(W)) {
    uint32_t word = op_.kind == H2_WRITE ? static_cast<uint32_t>(op_.value) : static_cast<uint32_t*>(op_.data)[w_.issued];
    wdata_.set(word);
    if (wstrb_.p) wstrb_.set(op_.kind == H2_WRITE ? op_.mask : 0xf);
    wvalid_.set(1);
    w_.issued++;
  }
  if (!arvalid_.get() && ar_.issued < read_limit_ && ar_.issued - r_.done < outstanding_ && go(AR)) {
    araddr_.set(op_.address + static_cast<uint64_t>(ar_.issued * op_.step));
    arvalid_.set(1);
    ar_.issued++;
  }
  bready_.set(go(B));
  rready_.set(go(R));
}

bool Bus::broken(int64_t cycle, const std::string& rule) {
  if (!usable_) return true;  // the first violation has been told
  usable_ = false;
  why_ = "AXI4-Lite protocol violation in cycle " + std::to_string(cycle) + ": " + rule;
  return false;
}

bool Bus::observe_reset(int64_t cycle) {
  // registers are reset by the edge that ends the first cycle
  if (reset_cycles_++ == 0) return true;
  bool good = true;
  if (bvalid_.get()) good &= broken(cycle, "BVALID during reset");
  if (rvalid_.get()) good &= broken(cycle, "RVALID during reset");
  return good;
}

bool Bus::observe(int64_t cycle) {
  const bool bvalid = bvalid_.get(), rvalid = rvalid_.get();
  const uint32_t b_response = static_cast<uint32_t>(bresp_.get()), r_response = static_cast<uint32_t>(rresp_.get());
  const uint32_t r_data = static_cast<uint32_t>(rdata_.get());
  bool good = true;
  if (b_held_ && !bvalid) good &= broken(cycle, "BVALID fell before BREADY");
  if (b_held_ && bvalid && b_response != b_response_) good &= broken(cycle, "BRESP changed before BREADY");
  if (r_held_ && !rvalid) good &= broken(cycle, "RVALID fell before RREADY");
  if (r_held_ && rvalid && r_data != r_data_) good &= broken(cycle, "RDATA changed before RREADY");
  if (r_held_ && rvalid && r_response != r_response_) good &= broken(cycle, "RRESP changed before RREADY");
  // done counts handshakes at earlier edges: a response in the cycle of its request would be a combinational path
  if (bvalid && b_.done >= std::min(aw_.done, w_.done)) {
    good &= broken(cycle, aw_.done > w_.done   ? "BVALID before W was accepted"
                          : w_.done > aw_.done ? "BVALID before AW was accepted"
                                               : "BVALID without an accepted AW and W");
  }
  if (rvalid && r_.done >= ar_.done) good &= broken(cycle, "RVALID without an accepted AR");
  if (bvalid && b_response == 1) good &= broken(cycle, "BRESP is EXOKAY, which AXI4-Lite does not have");
  if (rvalid && r_response == 1) good &= broken(cycle, "RRESP is EXOKAY, which AXI4-Lite does not have");

  fire_[AW] = awvalid_.get() && awready_.get();
  fire_[W] = wvalid_.get() && wready_.get();
  fire_[B] = bvalid && bready_.get();
  fire_[AR] = arvalid_.get() && arready_.get();
  fire_[R] = rvalid && rready_.get();
  b_held_ = bvalid && !fire_[B];
  r_held_ = rvalid && !fire_[R];
  b_response_ = b_response;
  r_response_ = r_response;
  r_data_ = r_data;
  return good;
}

void Bus::advance(int64_t cycle) {
  // A payload is inverted once it is taken: a slave that looks at it without valid sees something else.
  if (fire_[AW]) {
    aw_.done++;
    awvalid_.set(0);
    awaddr_.set(~awaddr_.get());
  }
  if (fire_[W]) {
    w_.done++;
    wvalid_.set(0);
    wdata_.set(~wdata_.get());
    if (wstrb_.p) wstrb_.set(0xf);
  }
  if (fire_[AR]) {
    ar_.done++;
    arvalid_.set(0);
    araddr_.set(~araddr_.get());
  }
  if (!usable_) return;
  auto fail = [&](int why, int64_t index, uint32_t expected, uint32_t got) {
    if (failure_ != H2_OK) return;
    failure_ = why;
    failed_index_ = index;
    failed_cycle_ = cycle;
    failed_expected_ = expected;
    failed_got_ = got;
    stop_issuing();
  };
  if (fire_[B]) {
    progress_ = cycle;
    if (b_response_ != 0) fail(H2_BUS_ERROR, b_.done, 0, b_response_);
    b_.done++;
  }
  if (fire_[R]) {
    const int64_t i = r_.done++;
    progress_ = cycle;
    if (r_response_ != 0) {
      fail(H2_BUS_ERROR, i, 0, r_response_);
    } else if (failure_ != H2_OK) {
      // only waiting for what was under way: the caller was promised no word from here on
    } else if (op_.kind == H2_READ_BLOCK) {
      static_cast<uint32_t*>(op_.data)[i] = r_data_;
    } else if (op_.kind == H2_COMPARE_BLOCK) {
      const uint32_t expected = static_cast<const uint32_t*>(op_.data)[i];
      const uint32_t mask = op_.masks ? static_cast<const uint32_t*>(op_.masks)[i] : ~0u;
      if ((r_data_ ^ expected) & mask) fail(H2_MISMATCH, i, expected, r_data_);
    }
    last_read_ = r_data_;
  }
}

void Bus::stop_issuing() {
  // A write whose address or data is out must be completed.
  write_limit_ = std::max(aw_.issued, w_.issued);
  read_limit_ = ar_.issued;
}

void Bus::begin(const h2_op& op) {
  op_ = op;
  aw_ = w_ = b_ = ar_ = r_ = Counters();
  failure_ = H2_OK;
}

std::string Bus::waiting(bool writing) const {
  std::string text;
  auto add = [&](bool missing, const char* what) {
    if (missing) text += (text.empty() ? "" : " and ") + std::string(what);
  };
  if (writing) {
    add(awvalid_.get(), "AWREADY");
    add(wvalid_.get(), "WREADY");
    if (text.empty()) add(true, b_.done < std::min(aw_.done, w_.done) ? "BVALID" : "the master's turn (stalled)");
  } else {
    add(arvalid_.get(), "ARREADY");
    if (text.empty()) add(true, r_.done < ar_.done ? "RVALID" : "the master's turn (stalled)");
  }
  return text;
}

int Bus::transfer(Sim& s, bool writing, int64_t budget, h2_result& r) {
  progress_ = s.cycle;
  const int64_t& done = writing ? b_.done : r_.done;
  const int64_t& limit = writing ? write_limit_ : read_limit_;
  int status = H2_OK;
  while (done < limit) {
    status = s.tick();
    if (status != H2_OK) break;
    if (s.cycle - progress_ > budget && done < limit) {
      status = H2_BUS_TIMEOUT;
      usable_ = false;
      s.text = "no answer for " + std::to_string(budget) + " cycles, waiting for " + waiting(writing);
      why_ = s.text;
      break;
    }
  }
  r.index = done;
  if (status == H2_OK && failure_ != H2_OK) {
    status = failure_;
    r.index = failed_index_;
    r.cycle = failed_cycle_;
    r.expected = failed_expected_;
    r.got = failed_got_;
    if (status == H2_BUS_ERROR) s.text = RESPONSES[failed_got_ & 3];
  } else {
    r.cycle = s.cycle;
  }
  r.address = op_.address + static_cast<uint64_t>(r.index * op_.step);
  write_limit_ = read_limit_ = 0;
  aw_.issued = w_.issued = ar_.issued = 0;
  return status;
}

int Bus::write(Sim& s, const h2_op& op, h2_result& r) {
  begin(op);
  write_limit_ = op.kind == H2_WRITE ? 1 : op.count;
  return transfer(s, true, op.budget, r);
}

int Bus::read(Sim& s, const h2_op& op, h2_result& r) {
  begin(op);
  read_limit_ = op.count;
  return transfer(s, false, op.budget, r);
}

int Bus::poll(Sim& s, const h2_op& op, h2_result& r) {
  const int64_t start = s.cycle;
  for (;;) {
    begin(op);
    read_limit_ = 1;
    int status = transfer(s, false, op.count, r);
    r.got = last_read_;
    r.expected = op.value;
    if (status != H2_OK) return status;
    if ((last_read_ & op.mask) == op.value) return H2_OK;
    if (s.cycle - start >= op.budget) {
      r.index = 0;
      r.address = op.address;
      s.text = "the register did not take the value within " + std::to_string(op.budget) + " cycles";
      return H2_CONDITION_TIMEOUT;
    }
  }
}
