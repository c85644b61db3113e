// SPDX-License-Identifier: Apache-2.0
#include "ingest/lines.h"

#include "core/errors.h"
#include "ingest/readers.h"

namespace vioreview {
namespace {

constexpr int kEnd = std::char_traits<char>::eof();

}  // namespace

LineReader::LineReader(const std::filesystem::path& file) : in_(file, std::ios::binary) {
  if (!in_) throw IoError(file.string() + ": cannot be opened; check the path and its rights");
  EncodingGuess guess;
  const Mark start = mark();
  Line line;
  while (next_bytes(line)) {
    if (line.number == 1 &&
        (line.text.utf8.starts_with("\xFF\xFE") || line.text.utf8.starts_with("\xFE\xFF")))
      throw UsageError(file.string() + ": is UTF-16; save it as UTF-8 or GBK");
    guess.add(line.text.utf8);
  }
  if (in_.bad()) throw IoError(file.string() + ": cannot be read");
  encoding_ = guess.encoding();
  go_back(start);
}

bool LineReader::next(Line& line) {
  if (!next_bytes(line)) return false;
  line.text = decoded(line.text.utf8, encoding_);
  return true;
}

LineReader::Mark LineReader::mark() {
  return {in_.rdbuf()->pubseekoff(0, std::ios::cur, std::ios::in), number_};
}

void LineReader::go_back(Mark mark) {
  in_.clear();
  in_.rdbuf()->pubseekoff(mark.offset, std::ios::beg, std::ios::in);
  number_ = mark.number;
}

// An encoded newline is always the byte '\n', in UTF-8 as in GB18030.
bool LineReader::next_bytes(Line& line) {
  line = {};
  std::string& text = line.text.utf8;
  std::streambuf& bytes = *in_.rdbuf();
  int c = bytes.sbumpc();
  if (c == kEnd) return false;
  line.number = ++number_;
  for (; c != kEnd && c != '\n'; c = bytes.sbumpc())
    if (text.size() <= kLongestRecord) text += static_cast<char>(c);
  if (text.ends_with('\r')) text.pop_back();
  line.too_long = text.size() > kLongestRecord;
  if (line.too_long) text.clear();
  if (line.number == 1) text.erase(0, text.size() - without_byte_order_mark(text).size());
  return true;
}

}  // namespace vioreview
