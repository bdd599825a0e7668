// The core: loads a model, owns its clock, and runs many cycles a call.
// A cycle is: clock low, eval, sample (what a register sees at the edge), clock high, eval.
#include "h2_core.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include <algorithm>

#include "h2_bus.h"
#include "h2_memory.h"
#include "h2_replay.h"

#define API extern "C" __attribute__((visibility("default")))

namespace {
constexpr uint64_t HALF_PERIOD = 5;  // time units of the model, in trace files
}

Sim::~Sim() {
  if (model) table->destroy(model);
  if (library) dlclose(library);
}

Pin Sim::pin(int port) const {
  const h2_port& p = ports[port];
  Pin pin;
  pin.p = p.address;
  pin.bytes = p.bytes;
  pin.mask = p.width >= 64 ? ~0ull : (1ull << p.width) - 1;
  return pin;
}

int Sim::find(const char* name) const {
  for (size_t i = 0; i < ports.size(); i++) {
    if (!strcmp(ports[i].name, name)) return static_cast<int>(i);
  }
  return -1;
}

bool Sim::half(uint8_t level) {
  *clock = level;
  const uint64_t time = (static_cast<uint64_t>(cycle) * 2 + level) * HALF_PERIOD;
  const int e = table->eval(model, time);
  if (__builtin_expect(e == H2_EVAL_OK, 1)) return __builtin_expect(!tracing, 1) || trace(time);
  status = e == H2_EVAL_FINISH ? H2_FINISH : e == H2_EVAL_STOP ? H2_STOP : H2_FATAL;
  text = e == H2_EVAL_FINISH ? "$finish" : table->reason(model);
  return false;
}

bool Sim::trace(uint64_t time) {
  if (cycle >= trace_to) {
    trace_end();
  } else if (cycle >= trace_from && time >= trace_next) {
    // settling, and then the cycle, come to the same time, of which a file takes one
    trace_next = time + 1;
    if (table->trace_dump(model, time)) {
      tracing = false;
      status = H2_FATAL;
      text = table->reason(model);
      return false;
    }
  }
  return true;
}

int Sim::settle() {
  if (status != H2_OK) return status;
  half(0);
  for (const Range& r : ranges) memcpy(r.sample, r.live, r.bytes);
  return status;
}

int Sim::tick(bool in_reset) {
  if (__builtin_expect(status != H2_OK, 0)) return status;
  Bus* b = bus.get();
  Memory* m = memory.get();
  if (b && !in_reset) b->drive();
  if (m) m->drive(cycle);
  if (__builtin_expect(recording != nullptr, 0)) recording->inputs();
  if (!half(0)) return status;
  for (const Range& r : ranges) memcpy(r.sample, r.live, r.bytes);
  if (__builtin_expect(recording != nullptr, 0)) recording->outputs(*this);
  const bool bus_good = !b || (in_reset ? b->observe_reset(cycle) : b->observe(cycle));
  const bool memory_good = !m || m->observe(cycle);
  if (!half(1)) return status;
  cycle++;
  if (b && !in_reset) b->advance(cycle);
  if (m) m->advance();
  if (__builtin_expect(bus_good && memory_good, 1)) return H2_OK;
  text = bus_good ? m->why() : b->why();
  return H2_PROTOCOL;
}

void Sim::trace_end() {
  if (tracing) table->trace_close(model);
  tracing = false;
}

namespace {

// Neighbouring outputs are copied together, but a memory that lies between two of them is not.
void plan_sample(Sim& s) {
  std::vector<size_t> order;
  for (size_t i = 0; i < s.ports.size(); i++) order.push_back(i);
  auto at = [&](size_t i) { return static_cast<uint8_t*>(s.ports[i].address); };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return at(a) < at(b); });
  struct Span {
    uint8_t *from, *to;
  };
  std::vector<Span> spans;
  for (size_t i : order) {
    if (s.ports[i].direction == H2_INPUT) continue;
    uint8_t* end = at(i) + s.ports[i].bytes;
    if (!spans.empty() && at(i) <= spans.back().to + 64) {
      spans.back().to = std::max(spans.back().to, end);
    } else {
      spans.push_back({at(i), end});
    }
  }
  size_t total = 0;
  for (const Span& span : spans) total += static_cast<size_t>(span.to - span.from);
  s.sample.assign(total, 0);
  s.sample_of.assign(s.ports.size(), nullptr);
  uint8_t* sample = s.sample.data();
  for (const Span& span : spans) {
    const size_t bytes = static_cast<size_t>(span.to - span.from);
    s.ranges.push_back({span.from, sample, bytes});
    for (size_t i : order) {
      if (s.ports[i].direction != H2_INPUT && at(i) >= span.from && at(i) < span.to) {
        s.sample_of[i] = sample + (at(i) - span.from);
      }
    }
    sample += bytes;
  }
}

// Empty, or what is wrong.
std::string open(Sim& s, const char* library, const char* clock, const char* reset, int active_low,
                 const char* prefix, uint32_t seed) {
  s.library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!s.library) return dlerror();
  auto model = reinterpret_cast<const h2_model_table* (*)()>(dlsym(s.library, "h2_model"));
  if (!model) return "the library holds no model";
  s.table = model();
  if (s.table->abi != H2_ABI) return "the library was built for another core";
  const std::string seeding = "+verilator+seed+" + std::to_string(seed);
  const char* arguments[] = {"model", seed ? "+verilator+rand+reset+2" : "+verilator+rand+reset+0", seeding.c_str()};
  char error[1024] = "";
  // Verilator draws its own seed when it is given 0
  s.arguments.assign(arguments, arguments + (seed ? 3 : 2));
  s.model = s.table->create(seed ? 3 : 2, arguments, error, sizeof error);
  if (!s.model) return error;
  s.ports.resize(s.table->port_count);
  s.table->ports(s.model, s.ports.data());
  // random initial values are for registers: the world outside drives its pins
  for (h2_port& p : s.ports) {
    if (p.direction == H2_INPUT) memset(p.address, 0, p.bytes);
  }
  const int c = s.find(clock);
  if (c < 0 || s.ports[c].width != 1 || s.ports[c].direction != H2_INPUT) {
    return std::string("there is no one-bit input '") + clock + "' for the clock";
  }
  s.clock = static_cast<uint8_t*>(s.ports[c].address);
  if (reset) {
    const int i = s.find(reset);
    if (i < 0 || s.ports[i].width != 1 || s.ports[i].direction != H2_INPUT) {
      return std::string("there is no one-bit input '") + reset + "' for the reset";
    }
    s.reset = s.pin(i);
    s.reset_active_low = active_low != 0;
    s.reset.set(s.reset_active_low);
  }
  plan_sample(s);
  if (!prefix) return "";
  s.bus.reset(new Bus);
  return s.bus->bind(s, prefix);
}

int wait_port(Sim& s, const h2_op& op, h2_result& r) {
  Pin pin = s.pin(op.port);
  if (s.sample_of[op.port]) pin.p = s.sample_of[op.port];
  r.expected = op.value;
  const int64_t end = s.cycle + op.budget;
  while (s.cycle < end) {
    const int status = s.tick();
    r.got = pin.get();
    if (status != H2_OK) return status;
    if ((r.got & op.mask) == op.value) return H2_OK;
  }
  s.text = "the port did not take the value within " + std::to_string(op.budget) + " cycles";
  return H2_CONDITION_TIMEOUT;
}

int run(Sim& s, int64_t cycles, bool in_reset = false) {
  int status = s.status;
  for (int64_t i = 0; i < cycles && status == H2_OK; i++) status = s.tick(in_reset);
  return status;
}

int one(Sim& s, const h2_op& op, h2_result& r) {
  if (s.status != H2_OK) return s.status;
  r.address = op.address;
  if (op.kind == H2_RUN) return run(s, op.count);
  if (op.kind == H2_WAIT_PORT) return wait_port(s, op, r);
  if (!s.bus->usable()) {
    s.text = "the bus needs a reset since: " + s.bus->why();
    return H2_BUS_UNUSABLE;
  }
  if (s.memory && !s.memory->usable()) {
    s.text = "the memory needs a reset since: " + s.memory->why();
    return H2_BUS_UNUSABLE;
  }
  switch (op.kind) {
    case H2_WRITE:
    case H2_WRITE_BLOCK: return s.bus->write(s, op, r);
    case H2_READ_BLOCK:
    case H2_COMPARE_BLOCK: return s.bus->read(s, op, r);
    default: return s.bus->poll(s, op, r);
  }
}

thread_local char open_error[2048];

uint64_t element(const uint8_t* p, uint32_t bytes) {
  uint64_t v = 0;
  memcpy(&v, p, std::min<uint32_t>(bytes, 8));
  return v;
}

}  // namespace

API Sim* h2_open(const char* library, const char* clock, const char* reset, int32_t active_low, const char* prefix,
                 int32_t seed) {
  Sim* s = new Sim;
  const std::string error = open(*s, library, clock, reset, active_low, prefix, static_cast<uint32_t>(seed));
  if (error.empty()) return s;
  snprintf(open_error, sizeof open_error, "%s", error.c_str());
  delete s;
  return nullptr;
}
API const char* h2_open_error() { return open_error; }
API void h2_close(Sim* s) { delete s; }
API int64_t h2_cycle(Sim* s) { return s->cycle; }
API const char* h2_text(Sim* s) { return s->text.c_str(); }
API const char* h2_output(Sim* s) { return s->table->output(s->model); }

API int32_t h2_port_count(Sim* s) { return static_cast<int32_t>(s->ports.size()); }
API const char* h2_port_name(Sim* s, int32_t i) { return s->ports[i].name; }
API int32_t h2_port_width(Sim* s, int32_t i) { return static_cast<int32_t>(s->ports[i].width); }
API int32_t h2_port_direction(Sim* s, int32_t i) { return static_cast<int32_t>(s->ports[i].direction); }
API int32_t h2_port_bytes(Sim* s, int32_t i) { return static_cast<int32_t>(s->ports[i].bytes); }
API int64_t h2_port_get(Sim* s, int32_t i) {
  Pin pin = s->pin(i);
  if (s->sample_of[i]) pin.p = s->sample_of[i];
  return static_cast<int64_t>(pin.get());
}
API void h2_port_set(Sim* s, int32_t i, int64_t v) { s->pin(i).set(static_cast<uint64_t>(v)); }
API void h2_port_get_wide(Sim* s, int32_t i, void* to) {
  memcpy(to, s->sample_of[i] ? s->sample_of[i] : s->ports[i].address, s->ports[i].bytes);
}
API void h2_port_set_wide(Sim* s, int32_t i, const void* from) { memcpy(s->ports[i].address, from, s->ports[i].bytes); }

API int32_t h2_settle(Sim* s) { return s->settle(); }
API int32_t h2_step(Sim* s, int64_t cycles) { return run(*s, cycles); }
API int32_t h2_reset(Sim* s, int64_t cycles) {
  if (s->bus) s->bus->clear();
  s->reset.set(!s->reset_active_low);
  const int status = run(*s, cycles, true);
  s->reset.set(s->reset_active_low);
  return status;
}
API void h2_stalls(Sim* s, int64_t seed, int32_t aw, int32_t w, int32_t b, int32_t ar, int32_t r) {
  const int32_t chances[] = {aw, w, b, ar, r};
  s->bus->stalls(static_cast<uint64_t>(seed), chances);
}
API void h2_outstanding(Sim* s, int32_t n) { s->bus->outstanding(n); }

// NULL, or what is wrong; once an instance.
API const char* h2_memory_open(Sim* s, const char* prefix, int64_t base, int64_t bytes) {
  s->memory.reset(new Memory);
  s->text = s->memory->bind(*s, prefix, static_cast<uint64_t>(base), static_cast<uint64_t>(bytes));
  return s->text.empty() ? nullptr : s->text.c_str();
}
API uint8_t* h2_memory_data(Sim* s) { return s->memory->data(); }
// values: chances of AR, R, AW, W, B; read latency and spread, write latency and spread; reads and writes under way
API void h2_memory_timing(Sim* s, int64_t seed, const int32_t* values) {
  Memory::Timing t;
  std::copy(values, values + Memory::CHANNELS, t.chance);
  const int32_t* v = values + Memory::CHANNELS;
  t.read_latency = v[0];
  t.read_spread = v[1];
  t.write_latency = v[2];
  t.write_spread = v[3];
  t.reads = static_cast<uint32_t>(v[4]);
  t.writes = static_cast<uint32_t>(v[5]);
  s->memory->timing(static_cast<uint64_t>(seed), t);
}
// intervals: address and bytes of each
API void h2_memory_errors(Sim* s, int64_t seed, int32_t read_chance, int32_t write_chance, const uint64_t* intervals,
                          int32_t count) {
  Memory::Errors e;
  e.read_chance = static_cast<uint32_t>(read_chance);
  e.write_chance = static_cast<uint32_t>(write_chance);
  for (int32_t i = 0; i < count; i++) e.failing.push_back({intervals[2 * i], intervals[2 * i + 1]});
  s->memory->errors(static_cast<uint64_t>(seed), e);
}
API void h2_memory_statistics(Sim* s, Memory::Statistics* out) { *out = s->memory->statistics(); }
API void h2_memory_statistics_clear(Sim* s) { s->memory->clear_statistics(); }

API int32_t h2_execute(Sim* s, const h2_op* ops, int32_t n, h2_result* result) {
  *result = h2_result();
  result->op = -1;
  for (int32_t i = 0; i < n; i++) {
    h2_result r = h2_result();
    r.status = one(*s, ops[i], r);
    if (r.status != H2_OK) {
      r.op = i;
      if (r.status != H2_MISMATCH && r.status != H2_BUS_ERROR) r.cycle = s->cycle;
      *result = r;
      return r.status;
    }
  }
  result->cycle = s->cycle;
  return H2_OK;
}

API int32_t h2_trace_open(Sim* s, const char* file, int32_t levels, int64_t from, int64_t to) {
  s->trace_end();
  const int code = s->table->trace_open(s->model, file, levels);
  s->tracing = code == 0;
  s->trace_from = from;
  s->trace_to = to;
  s->trace_next = 0;
  return code;
}
API void h2_trace_close(Sim* s) { s->trace_end(); }

// Takes the inputs down from the next cycle on, which must be the first.
API void h2_record(Sim* s) { s->recording.reset(new Recording(*s, s->arguments)); }
// Nanoseconds that the recorded cycles, or the first of them, take in a plain loop, or what went wrong.
API int64_t h2_replay(Sim* s, int32_t check, int64_t cycles) {
  return s->recording->replay(*s, check != 0, cycles, nullptr);
}
// The same, and every port's value at every edge to a file; 0, -1 and -2 as above, -3 when the file cannot be written.
API int64_t h2_replay_ports(Sim* s, const char* name, int64_t cycles) {
  FILE* file = fopen(name, "wb");
  if (!file) return -3;
  const int64_t result = s->recording->replay(*s, true, cycles, file);
  const bool good = !ferror(file);
  const bool closed = fclose(file) == 0;
  return result < 0 ? result : good && closed ? 0 : -3;
}

API int32_t h2_coverage_write(Sim* s, const char* file) { return s->table->coverage_write(s->model, file); }

API int32_t h2_variable_find(Sim* s, const char* scope, const char* name, h2_variable* out) {
  return s->table->variable(s->model, scope, name, out);
}
// Elements of up to 8 bytes, widened with zeros or cut to size_to (4 or 8) bytes.
API void h2_elements_read(const uint8_t* from, int32_t bytes, int64_t count, uint8_t* to, int32_t size_to) {
  for (int64_t i = 0; i < count; i++) {
    const uint64_t v = element(from + i * bytes, static_cast<uint32_t>(bytes));
    memcpy(to + i * size_to, &v, static_cast<size_t>(size_to));
  }
}
// The first element that differs, or -1. The expected ones are size_expected (4 or 8) bytes each.
API int64_t h2_elements_compare(const uint8_t* got, int32_t bytes, int64_t count, const uint8_t* expected,
                                int32_t size_expected) {
  for (int64_t i = 0; i < count; i++) {
    if (element(got + i * bytes, static_cast<uint32_t>(bytes)) !=
        element(expected + i * size_expected, static_cast<uint32_t>(size_expected))) {
      return i;
    }
  }
  return -1;
}
