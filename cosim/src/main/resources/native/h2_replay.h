// Takes down what the inputs are in every cycle, and drives another instance of the model with it in a plain loop: how
// fast the model is when nothing but the model runs.
#ifndef H2_REPLAY_H
#define H2_REPLAY_H
#include <stdint.h>
#include <stdio.h>

#include <string>
#include <vector>

#include "h2_core.h"

class Recording {
 public:
  // The inputs but the clock; from the first cycle of the simulation on.
  Recording(const Sim& s, const std::vector<std::string>& arguments);
  // The inputs of a cycle as the model is about to see them.
  void inputs();
  // The outputs of the cycle as a register sees them.
  void outputs(const Sim& s);
  // Runs the first cycles, at most all, in a new instance; gives the nanoseconds of the loop, -1 when the model failed and -2 when check is
  // set, all cycles were run, and an output was another one in any of them. A file gets all ports in their order, each in its own number of
  // bytes, as registers see them at the edge.
  int64_t replay(const Sim& s, bool check, int64_t cycles, FILE* file) const;

 private:
  struct Field {
    int port;
    const uint8_t* live;
    size_t bytes;
  };
  // The inputs change before these cycles, each change an image of all.
  std::vector<int64_t> changes_;
  std::vector<uint8_t> images_;
  std::vector<Field> fields_;
  std::vector<uint8_t> now_;
  std::vector<std::string> arguments_;
  int64_t cycles_ = 0;
  uint64_t hash_ = 0;
};

#endif
