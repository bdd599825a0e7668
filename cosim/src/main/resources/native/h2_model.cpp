// Compiled once per model, never generated: the class is always Vtop, and the build writes h2_ports.inc, one
// H2_PORT(member, "name", width, direction) a line, from the header that Verilator wrote.
#include "Vtop.h"
#include "verilated.h"
#include "verilated_sym_props.h"
#include "verilated_syms.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
typedef VerilatedFstC TraceFile;
#elif VM_TRACE
#include "verilated_vcd_c.h"
typedef VerilatedVcdC TraceFile;
#endif
#if VM_COVERAGE
#include "verilated_cov.h"
#endif
#include "h2_model.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

constexpr size_t OUTPUT_LIMIT = 64 * 1024;

struct Stop : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Instance {
  std::unique_ptr<VerilatedContext> context;
  std::unique_ptr<Vtop> top;
#if VM_TRACE
  std::unique_ptr<TraceFile> trace;
#endif
  std::string output;
  size_t eval_output = 0;  // where this eval's text begins in output
  std::string reason;
  bool finished = false;
  bool failed = false;
};

// The instance being evaluated on this thread. A plain pointer, as a thread-local object with a destructor would
// keep the library loaded until the thread ends.
thread_local Instance* current = nullptr;

struct Entered {
  Instance* before;
  explicit Entered(Instance* i) : before(current) {
    current = i;
    i->eval_output = i->output.size();
    // Verilator's scopes are taken out of the thread's context, whichever instance they are of
    if (i->context) Verilated::threadContextp(i->context.get());
  }
  ~Entered() {
    current = before;
    Verilated::threadContextp(before ? before->context.get() : nullptr);
  }
};

std::string place(const char* file, int line) {
  return file && *file ? std::string(" at ") + file + ":" + std::to_string(line) : std::string();
}

// The text a failed assertion or $fatal printed just before it stopped the simulation.
std::string printed() {
  if (!current || current->output.size() <= current->eval_output) return "";
  std::string text = current->output.substr(current->eval_output);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return ": " + text;
}

void* create(int argc, const char* const* argv, char* error, size_t error_size) {
  std::unique_ptr<Instance> i(new Instance);
  Entered entered(i.get());
  try {
    i->context.reset(new VerilatedContext);
    i->context->fatalOnError(true);
    i->context->commandArgs(argc, const_cast<const char**>(argv));
#if VM_TRACE
    i->context->traceEverOn(true);
#endif
    i->top.reset(new Vtop(i->context.get(), "TOP"));
  } catch (const std::exception& e) {
    snprintf(error, error_size, "%s", e.what());
    return nullptr;
  } catch (...) {
    snprintf(error, error_size, "unknown C++ exception");
    return nullptr;
  }
  return i.release();
}

void trace_close(void* p) {
#if VM_TRACE
  Instance* i = static_cast<Instance*>(p);
  Entered entered(i);
  try {
    if (i->trace) i->trace->close();
    i->trace.reset();
  } catch (...) {
    i->trace.release();  // its destructor would throw as well
  }
#else
  (void)p;
#endif
}

void destroy(void* p) {
  Instance* i = static_cast<Instance*>(p);
  trace_close(p);
  Entered entered(i);
  // final blocks of a model that threw halfway through an eval would run on a broken state
  if (!i->failed) {
    try {
      i->top->final();
    } catch (...) {
    }
  }
  delete i;
}

int eval(void* p, uint64_t time) {
  Instance* i = static_cast<Instance*>(p);
  Entered entered(i);
  i->context->time(time);
  try {
    i->top->eval();
  } catch (const Stop& e) {
    i->reason = e.what();
    i->failed = true;
    return H2_EVAL_STOP;
  } catch (const std::exception& e) {
    i->reason = e.what();
    i->failed = true;
    return H2_EVAL_FATAL;
  } catch (...) {
    i->reason = "unknown C++ exception";
    i->failed = true;
    return H2_EVAL_FATAL;
  }
  return i->finished ? H2_EVAL_FINISH : H2_EVAL_OK;
}

const char* reason(void* p) { return static_cast<Instance*>(p)->reason.c_str(); }

const char* output(void* p) { return static_cast<Instance*>(p)->output.c_str(); }

int trace_open(void* p, const char* file, int levels) {
#if VM_TRACE
  Instance* i = static_cast<Instance*>(p);
  Entered entered(i);
  try {
    i->trace.reset(new TraceFile);
    i->top->trace(i->trace.get(), levels);
    i->trace->open(file);
    if (i->trace->isOpen()) return 0;
  } catch (...) {
  }
  i->trace.reset();
  return 2;
#else
  (void)p, (void)file, (void)levels;
  return 1;
#endif
}

int trace_dump(void* p, uint64_t time) {
#if VM_TRACE
  Instance* i = static_cast<Instance*>(p);
  Entered entered(i);
  try {
    if (i->trace) i->trace->dump(time);
  } catch (const std::exception& e) {
    i->reason = std::string("cannot write the waves: ") + e.what();
    // its destructor would try to write again, and throw
    i->trace.release();
    return 1;
  }
#else
  (void)p, (void)time;
#endif
  return 0;
}

int variable(void* p, const char* scope_name, const char* name, h2_variable* out) {
  const VerilatedScope* scope = static_cast<Instance*>(p)->context->scopeFind(scope_name);
  if (!scope) return 1;
  VerilatedVar* v = scope->varFind(name);
  if (!v) return 2;
  if (v->udims() > 1) return 3;
  out->data = v->datap();
  out->width = static_cast<uint32_t>(v->packed().elements());
  out->depth = v->udims() ? static_cast<uint32_t>(v->unpacked().elements()) : 1;
  out->element_bytes = static_cast<uint32_t>(v->entSize());
  return 0;
}

int coverage_write(void* p, const char* file) {
#if VM_COVERAGE
  Instance* i = static_cast<Instance*>(p);
  Entered entered(i);
  try {
    i->context->coveragep()->write(file);
    FILE* written = fopen(file, "r");
    if (written) fclose(written);
    return written ? 0 : 2;
  } catch (...) {
    return 2;
  }
#else
  (void)p, (void)file;
  return 1;
#endif
}

#define H2_PORT(member, name, width, direction) +1
constexpr uint32_t PORTS = 0
#include "h2_ports.inc"
    ;
#undef H2_PORT

void ports(void* p, h2_port* out) {
  Vtop* top = static_cast<Instance*>(p)->top.get();
#define H2_PORT(member, name, width, direction) \
  *out++ = h2_port{name, width, direction, static_cast<uint32_t>(sizeof(top->member)), &top->member};
#include "h2_ports.inc"
#undef H2_PORT
  (void)top, (void)out;
}

}  // namespace

int h2_model_printf(const char* format, ...) {
  char text[4096];
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (current && n > 0) {
    std::string& out = current->output;
    // keep the last text: it explains a failure
    if (out.size() > OUTPUT_LIMIT) {
      size_t cut = out.size() / 2;
      out.erase(0, cut);
      current->eval_output = current->eval_output > cut ? current->eval_output - cut : 0;
    }
    out += text;
  }
  return n;
}

// Verilator's own versions of these end the process; so they are left out (VL_USER_...) and ours take their place.
void vl_finish(const char*, int, const char*) VL_MT_UNSAFE {
  if (current) current->finished = true;
}

void vl_stop(const char* file, int line, const char*) VL_MT_UNSAFE {
  throw Stop("$stop, $fatal or failed assertion" + place(file, line) + printed());
}

void vl_fatal(const char* file, int line, const char*, const char* message) VL_MT_UNSAFE {
  throw std::runtime_error(std::string(message ? message : "fatal error") + place(file, line) + printed());
}

extern "C" __attribute__((visibility("default"))) const h2_model_table* h2_model() {
  static const h2_model_table table = {H2_ABI,     PORTS,      create, destroy,
                                       ports,      eval,       reason,      output, trace_open,
                                       trace_dump, trace_close, variable,    coverage_write};
  return &table;
}
