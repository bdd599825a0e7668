// Seeded draws. Every user has a generator of its own, so that none disturbs another's sequence.
#ifndef H2_RANDOM_H
#define H2_RANDOM_H
#include <stdint.h>

class Random {
 public:
  // any seed, 0 too, gives a good start
  explicit Random(uint64_t seed) : state_(scramble(seed)) {}
  uint64_t next() {
    state_ += STEP;
    return scramble(state_);
  }

 private:
  static constexpr uint64_t STEP = 0x9e3779b97f4a7c15ull;
  // splitmix64
  static uint64_t scramble(uint64_t z) {
    z += STEP;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  uint64_t state_;
};

#endif
