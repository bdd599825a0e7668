// AXI4-Lite master, 32 data bits, with seeded stalls and checks of what the slave does.
#ifndef H2_BUS_H
#define H2_BUS_H
#include <string>

#include "h2_core.h"
#include "h2_random.h"

class Bus {
 public:
  enum Channel { AW, W, B, AR, R, CHANNELS };

  // Empty string, or what is wrong with the ports.
  std::string bind(const Sim& sim, const char* prefix);
  void stalls(uint64_t seed, const int32_t* chances);
  void outstanding(int n) { outstanding_ = n; }
  // Valid and ready low, every transaction forgotten; for use while reset is active.
  void clear();
  bool usable() const { return usable_; }
  const std::string& why() const { return why_; }

  // Called by Sim around a cycle: drive, then eval with clock low, observe, eval with clock high, advance.
  void drive();
  bool observe(int64_t cycle);  // false: the slave broke a rule, see why()
  void advance(int64_t cycle);
  // Instead of these, in a cycle of the reset.
  bool observe_reset(int64_t cycle);

  // The operations. Each gives a status and fills address, index, expected and got.
  int write(Sim& s, const h2_op& op, h2_result& r);
  int read(Sim& s, const h2_op& op, h2_result& r);
  int poll(Sim& s, const h2_op& op, h2_result& r);

 private:
  struct Counters {
    int64_t issued = 0, done = 0;
  };
  // Runs cycles until the words up to limit_ are done; stops issuing at the first that fails.
  int transfer(Sim& s, bool writing, int64_t budget, h2_result& r);
  void begin(const h2_op& op);
  void stop_issuing();
  std::string waiting(bool writing) const;
  bool broken(int64_t cycle, const std::string& rule);

  Pin awvalid_, awready_, awaddr_, awprot_, wvalid_, wready_, wdata_, wstrb_, bvalid_, bready_, bresp_;
  Pin arvalid_, arready_, araddr_, arprot_, rvalid_, rready_, rdata_, rresp_;

  Random random_{0};
  uint8_t chance_[CHANNELS] = {};
  bool stalling_ = false;
  int outstanding_ = 1;
  int64_t reset_cycles_ = 0;
  bool usable_ = true;
  std::string why_;

  // the operation under way
  h2_op op_ = {};
  int64_t write_limit_ = 0, read_limit_ = 0;  // words to issue
  Counters aw_, w_, b_, ar_, r_;
  int64_t progress_ = 0;  // cycle in which a word was last completed
  // the first failing word
  int failure_ = H2_OK;
  int64_t failed_index_ = 0, failed_cycle_ = 0;
  uint32_t failed_expected_ = 0, failed_got_ = 0;
  uint32_t last_read_ = 0;

  // sampled before the edge
  bool fire_[CHANNELS] = {};
  uint32_t b_response_ = 0, r_response_ = 0, r_data_ = 0;
  // of the cycle before: a response that was not taken must still be there
  bool b_held_ = false, r_held_ = false;
};

#endif
