// SPDX-License-Identifier: Apache-2.0
// Lines of an index, in bounded memory and in UTF-8.
#pragma once
#include <deque>
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/paths.h"
#include "ingest/text.h"

namespace vioreview {

class LineReader {
 public:
  // Reads the file once to learn its encoding. Throws IoError when it cannot be read, UsageError
  // when it is UTF-16. Lines of more than `longest` bytes are passed over.
  LineReader(const std::filesystem::path& file, const Root& root, std::size_t longest);

  struct Line {
    Text text;                // without its end and without a byte order mark
    int number = 0;           // from 1
    bool too_long = false;    // longer than the longest that is read; `text` is empty
    std::int64_t offset = 0;  // of its first byte in the file
    std::int64_t bytes = 0;   // without its end
  };
  // The next line; false at the end.
  bool next(Line& line);

  // From here on lines are kept, for go_back() to give them once more; forget() lets them go.
  void mark();
  void go_back();
  void forget() { marked_ = false; }

 private:
  void open(const std::filesystem::path& file, const Root& root);
  // The next line of the file, not decoded.
  bool next_bytes(Line& line);

  // The bytes that were read and not taken yet; empty at the end of the file.
  std::string_view rest();

  std::unique_ptr<std::streambuf> in_;
  std::vector<char> block_ = std::vector<char>(64U << 10);
  std::size_t taken_ = 0, filled_ = 0;  // of the block
  std::size_t longest_;
  int number_ = 0;
  std::int64_t offset_ = 0;
  bool marked_ = false;
  std::deque<Line> kept_, again_;
  Encoding encoding_ = Encoding::utf8;
};

}  // namespace vioreview
