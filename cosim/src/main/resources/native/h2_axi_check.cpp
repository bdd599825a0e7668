#include "h2_axi_check.h"

#include <stdio.h>
#include <string.h>

namespace {

constexpr uint32_t PAGE = 4096;
constexpr uint32_t INCR = 1;

std::string hex(uint64_t v) {
  char text[24];
  snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

std::string named(const AxiBurst& burst) {
  return "the burst of " + std::to_string(burst.beats) + " beats of " + std::to_string(burst.size) + " bytes at " +
         hex(burst.address);
}

}  // namespace

void AxiCheck::clear() {
  ar_ = aw_ = AxiAddress();
  w_ = AxiData();
  why_.clear();
}

void AxiCheck::broken(int64_t cycle, const char* channel, const std::string& rule) {
  if (!kept()) return;  // the first violation counts
  why_ = "AXI4 protocol violation in cycle " + std::to_string(cycle) + " on channel " + channel + ": " + rule;
}

void AxiCheck::address(int64_t cycle, const char* channel, const AxiAddress& now, AxiAddress& held) {
  const std::string c = channel;
  if (held.valid && !now.valid) {
    broken(cycle, channel, c + "VALID fell before " + c + "READY");
  } else if (held.valid) {
    const char* changed = now.address != held.address ? "ADDR"
                          : now.length != held.length ? "LEN"
                          : now.size != held.size     ? "SIZE"
                          : now.burst != held.burst   ? "BURST"
                          : now.cache != held.cache   ? "CACHE"
                          : now.prot != held.prot     ? "PROT"
                                                      : nullptr;
    if (changed) broken(cycle, channel, c + changed + " changed before " + c + "READY");
  } else if (now.valid) {
    AxiBurst burst;
    burst.address = now.address;
    burst.beats = now.length + 1;
    burst.size = 1u << now.size;
    if (burst.size > bus_bytes_) {
      broken(cycle, channel, c + "SIZE is " + std::to_string(burst.size) + " bytes, wider than the bus of " +
                                 std::to_string(bus_bytes_));
    } else if (now.burst != INCR) {
      const char* const types[] = {"FIXED", "INCR", "WRAP", "reserved"};
      broken(cycle, channel, named(burst) + " has the type " + types[now.burst & 3] + ", not INCR");
    } else if (burst.beat(burst.beats - 1) / PAGE != burst.address / PAGE) {
      broken(cycle, channel, named(burst) + " crosses a 4 KiB boundary");
    }
  }
  held = now;
  held.valid = now.valid && !now.ready;
}

void AxiCheck::write_data(int64_t cycle, const AxiData& now) {
  if (w_.valid && !now.valid) {
    broken(cycle, "W", "WVALID fell before WREADY");
  } else if (w_.valid) {
    // bytes without a strobe are payload too: the rule knows no exception
    const char* changed = memcmp(now.bytes, w_.bytes, sizeof now.bytes) ? "WDATA"
                          : now.strobes != w_.strobes                   ? "WSTRB"
                          : now.last != w_.last                         ? "WLAST"
                                                                        : nullptr;
    if (changed) broken(cycle, "W", std::string(changed) + " changed before WREADY");
  }
  w_ = now;
  w_.valid = now.valid && !now.ready;
}

void AxiCheck::beat(int64_t cycle, const AxiBurst& burst, uint32_t index, bool last, uint64_t strobes) {
  auto place = [&] { return "in beat " + std::to_string(index + 1) + " of " + named(burst); };
  const bool expected = index + 1 == burst.beats;
  if (last && !expected) {
    broken(cycle, "W", "WLAST too early, " + place());
  } else if (!last && expected) {
    broken(cycle, "W", "WLAST is missing " + place());
  }
  const uint32_t lane = static_cast<uint32_t>(burst.beat(index) & (bus_bytes_ - 1));
  const uint64_t addressed = ((1ull << burst.bytes(index)) - 1) << lane;
  if (strobes & ~addressed) {
    broken(cycle, "W", "WSTRB " + hex(strobes) + " outside of the addressed bytes " + hex(addressed) + ", " + place());
  }
}

void AxiCheck::no_valid(int64_t cycle, bool ar, bool aw, bool w, const char* when) {
  if (ar) broken(cycle, "AR", std::string("ARVALID ") + when);
  if (aw) broken(cycle, "AW", std::string("AWVALID ") + when);
  if (w) broken(cycle, "W", std::string("WVALID ") + when);
}
