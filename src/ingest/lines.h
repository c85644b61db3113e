// SPDX-License-Identifier: Apache-2.0
// Lines of a file in bounded memory.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

namespace vioreview {

class LineReader {
 public:
  // Throws IoError when the file cannot be opened.
  explicit LineReader(const std::filesystem::path& file);
  // The next line without its end. What goes beyond 1 MiB of it is skipped, and too_long() says so.
  // False at the end.
  bool next(std::string& line);
  // Appends the next line to `line` (a quoted cell goes on).
  bool continue_line(std::string& line);
  bool too_long() const { return too_long_; }
  int number() const { return number_; }

 private:
  std::ifstream in_;
  bool too_long_ = false;
  int number_ = 0;
};

}  // namespace vioreview
