// SPDX-License-Identifier: Apache-2.0
// One child process with pipes for its input, its output and what it prints on stderr. Nothing here
// waits for the child but end().
#pragma once
#include <array>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/types.h>

#include "run/supervisor.h"

namespace vioreview {

class Child {
 public:
  // Throws SetupError when no process can be made. A program that cannot be run ends by itself.
  explicit Child(const WorkerOptions& options);
  ~Child();  // kills it
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // What to poll for.
  std::array<pollfd, 3> events() const;
  // Takes a line to be sent.
  void send(std::string_view line);
  // All that was to be sent has left.
  bool delivered() const { return outbox_.empty(); }
  // Sends and reads what there is. False at the end of the child's output.
  bool exchange();
  // Takes a whole line of output, if there is one.
  bool take_line(std::string& line);
  // Ends the child and says how it ended: "killed by signal 11", "exit status 1".
  std::string end();
  // The last line that it printed on stderr.
  std::string last_words() const;

 private:
  void push();
  bool receive();
  void listen();
  void close_all();

  pid_t pid_ = -1;
  int to_ = -1, from_ = -1, errors_ = -1;
  std::string outbox_, inbox_, said_;
};

}  // namespace vioreview
