// SPDX-License-Identifier: Apache-2.0
// The most memory that a test's reading takes.
#pragma once
#include <fstream>
#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "sanitized.h"

namespace vioreview {

// Counts from its construction.
class PeakMemory {
 public:
  PeakMemory() {
#ifdef __GLIBC__
    malloc_trim(0);  // freed memory that is kept would hide what is taken
#endif
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
    before_kib_ = kib("VmRSS");
  }
  long grown_mib() const {
    return (kib("VmHWM") - before_kib_) / 1024;
  }

 private:
  static long kib(const std::string& key) {
    std::ifstream in("/proc/self/status");
    for (std::string word; in >> word;)
      if (word == key + ":") {
        long found = 0;
        in >> found;
        return found;
      }
    return 0;
  }
  long before_kib_ = 0;
};

}  // namespace vioreview
