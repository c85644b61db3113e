// SPDX-License-Identifier: Apache-2.0
// Lines of an index, in bounded memory and in UTF-8.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "ingest/text.h"

namespace vioreview {

class LineReader {
 public:
  // Reads the file once to learn its encoding. Throws IoError when it cannot be read, UsageError
  // when it is UTF-16.
  explicit LineReader(const std::filesystem::path& file);

  struct Line {
    Text text;              // without its end and without a byte order mark
    int number = 0;         // from 1
    bool too_long = false;  // longer than kLongestRecord; `text` is empty
  };
  // The next line; false at the end.
  bool next(Line& line);

  // Where the next line starts, to come back to.
  struct Mark {
    std::streamoff offset = 0;
    int number = 0;
  };
  Mark mark();
  void go_back(Mark mark);

 private:
  // The same, but for the encoding.
  bool next_bytes(Line& line);

  std::ifstream in_;
  int number_ = 0;
  Encoding encoding_ = Encoding::utf8;
};

}  // namespace vioreview
