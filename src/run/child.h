// SPDX-License-Identifier: Apache-2.0
// One child process with a pipe to it and one from it.
#pragma once
#include <string>
#include <sys/types.h>

#include "run/supervisor.h"

namespace vioreview {

class Child {
 public:
  // Throws SetupError when it cannot be started.
  explicit Child(const WorkerOptions& options);
  ~Child();  // kills it
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int output() const { return from_; }
  // False when the child is gone.
  bool send(const std::string& line);
  // Reads what there is. False at the end of the child's output.
  bool receive();
  // Takes a whole line, if there is one.
  bool take_line(std::string& line);
  // Ends the child and says how it ended: "killed by signal 11", "exit status 1".
  std::string end();

 private:
  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;
  std::string inbox_;
};

}  // namespace vioreview
