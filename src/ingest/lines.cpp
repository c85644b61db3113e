// SPDX-License-Identifier: Apache-2.0
#include "ingest/lines.h"

#include "core/errors.h"
#include "ingest/readers.h"

namespace vioreview {

LineReader::LineReader(const std::filesystem::path& file) : in_(file, std::ios::binary) {
  if (!in_) throw IoError(file.string() + ": cannot be opened; check the path and its rights");
}

bool LineReader::next(std::string& line) {
  line.clear();
  too_long_ = false;
  return continue_line(line);
}

bool LineReader::continue_line(std::string& line) {
  std::streambuf& bytes = *in_.rdbuf();
  int c = bytes.sbumpc();
  if (c == std::char_traits<char>::eof()) return false;
  ++number_;
  for (; c != std::char_traits<char>::eof() && c != '\n'; c = bytes.sbumpc()) {
    if (line.size() < kLongestRecord)
      line += static_cast<char>(c);
    else
      too_long_ = true;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace vioreview
