#include "h2_replay.h"

#include <chrono>

namespace {

uint64_t mixed(uint64_t hash, const uint8_t* data, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) hash = (hash ^ data[i]) * 0x100000001b3ull;
  return hash;
}

// Another instance of the model.
struct Other {
  const h2_model_table* table;
  void* model;
  std::vector<h2_port> ports;

  Other(const Sim& s, const std::vector<std::string>& arguments) : table(s.table) {
    std::vector<const char*> text;
    for (const std::string& a : arguments) text.push_back(a.c_str());
    char error[256];
    model = table->create(static_cast<int>(text.size()), text.data(), error, sizeof error);
    ports.resize(table->port_count);
    if (model) table->ports(model, ports.data());
  }
  ~Other() {
    if (model) table->destroy(model);
  }
};

}  // namespace

Recording::Recording(const Sim& s, const std::vector<std::string>& arguments) : arguments_(arguments) {
  size_t total = 0;
  for (size_t i = 0; i < s.ports.size(); i++) {
    const h2_port& p = s.ports[i];
    if (p.direction != H2_INPUT || p.address == s.clock) continue;
    fields_.push_back({static_cast<int>(i), static_cast<const uint8_t*>(p.address), p.bytes});
    total += p.bytes;
  }
  now_.assign(total, 0);
}

void Recording::inputs() {
  bool changed = cycles_ == 0;
  uint8_t* at = now_.data();
  for (const Field& f : fields_) {
    if (memcmp(at, f.live, f.bytes)) {
      memcpy(at, f.live, f.bytes);
      changed = true;
    }
    at += f.bytes;
  }
  if (changed) {
    changes_.push_back(cycles_);
    images_.insert(images_.end(), now_.begin(), now_.end());
  }
  cycles_++;
}

void Recording::outputs(const Sim& s) {
  for (size_t i = 0; i < s.ports.size(); i++) {
    if (s.ports[i].direction != H2_INPUT) hash_ = mixed(hash_, s.sample_of[i], s.ports[i].bytes);
  }
}

int64_t Recording::replay(const Sim& s, bool check, int64_t cycles, FILE* file) const {
  const int64_t last = cycles < cycles_ ? cycles : cycles_;
  check = check && last == cycles_;
  Other other(s, arguments_);
  if (!other.model) return -1;
  uint8_t* clock = nullptr;
  std::vector<uint8_t*> pins;
  for (size_t i = 0; i < s.ports.size(); i++) {
    h2_port& p = other.ports[i];
    if (p.direction == H2_INPUT) memset(p.address, 0, p.bytes);
    if (s.ports[i].address == s.clock) clock = static_cast<uint8_t*>(p.address);
  }
  for (const Field& f : fields_) pins.push_back(static_cast<uint8_t*>(other.ports[f.port].address));
  const uint8_t* image = images_.data();
  uint64_t hash = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (size_t change = 0; change < changes_.size() && changes_[change] < last; change++) {
    for (size_t i = 0; i < fields_.size(); i++) {
      memcpy(pins[i], image, fields_[i].bytes);
      image += fields_[i].bytes;
    }
    const int64_t next = change + 1 < changes_.size() ? changes_[change + 1] : last;
    const int64_t to = next < last ? next : last;
    for (int64_t cycle = changes_[change]; cycle < to; cycle++) {
      const uint64_t time = static_cast<uint64_t>(cycle) * 10;
      *clock = 0;
      if (other.table->eval(other.model, time) != H2_EVAL_OK) return -1;
      if (check) {
        for (const h2_port& p : other.ports) {
          if (p.direction != H2_INPUT) hash = mixed(hash, static_cast<const uint8_t*>(p.address), p.bytes);
        }
      }
      if (file) {
        for (const h2_port& p : other.ports) fwrite(p.address, 1, p.bytes, file);
      }
      *clock = 1;
      if (other.table->eval(other.model, time + 5) != H2_EVAL_OK) return -1;
    }
  }
  const auto end = std::chrono::steady_clock::now();
  if (check && hash != hash_) return -2;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
}
