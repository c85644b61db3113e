// SPDX-License-Identifier: Apache-2.0
#include "ingest/lines.h"

#include <algorithm>

#include "core/errors.h"

namespace vioreview {

LineReader::LineReader(const std::filesystem::path& file, const Root& root, std::size_t longest)
    : longest_(longest) {
  open(file, root);
  EncodingGuess guess;
  Line line;
  while (next_bytes(line)) {
    if (line.number == 1 &&
        (line.text.utf8.starts_with("\xFF\xFE") || line.text.utf8.starts_with("\xFE\xFF")))
      throw UsageError(file.string() + ": is UTF-16; save it as UTF-8 or GBK");
    guess.add(line.text.utf8);
  }
  encoding_ = guess.encoding();
  open(file, root);
}

// An archive's entries are read forward only: to start again is to open again.
void LineReader::open(const std::filesystem::path& file, const Root& root) {
  in_ = root.open(file);
  if (!in_) throw IoError(file.string() + ": cannot be opened; check the path and its rights");
  number_ = 0;
  offset_ = 0;
  taken_ = filled_ = 0;
}

bool LineReader::next(Line& line) {
  if (!again_.empty()) {
    line = std::move(again_.front());
    again_.pop_front();
  } else {
    if (!next_bytes(line)) return false;
    line.text = decoded(line.text.utf8, encoding_);
  }
  if (marked_) kept_.push_back(line);
  return true;
}

void LineReader::mark() {
  marked_ = true;
  kept_.clear();
}

void LineReader::go_back() {
  again_.insert(again_.begin(), kept_.begin(), kept_.end());
  kept_.clear();
  marked_ = false;
}

std::string_view LineReader::rest() {
  if (taken_ == filled_) {
    const auto got = in_->sgetn(block_.data(), static_cast<std::streamsize>(block_.size()));
    filled_ = static_cast<std::size_t>(std::max<std::streamsize>(got, 0));
    taken_ = 0;
  }
  return {block_.data() + taken_, filled_ - taken_};
}

// An encoded newline is always the byte '\n', in UTF-8 as in GB18030.
bool LineReader::next_bytes(Line& line) {
  line = {};
  std::string& text = line.text.utf8;
  std::string_view bytes = rest();
  if (bytes.empty()) return false;
  line.number = ++number_;
  line.offset = offset_;
  bool ended = false;
  for (; !ended && !bytes.empty(); bytes = ended ? bytes : rest()) {
    const std::size_t end = bytes.find('\n');
    ended = end != std::string_view::npos;
    const std::string_view part = bytes.substr(0, end);
    if (text.size() <= longest_) text += part;
    line.bytes += static_cast<std::int64_t>(part.size());
    taken_ += part.size() + (ended ? 1 : 0);
  }
  offset_ += line.bytes + (ended ? 1 : 0);
  line.too_long = text.size() > longest_;
  if (line.too_long) text = {};
  if (text.ends_with('\r')) text.pop_back();
  if (line.number == 1) text.erase(0, text.size() - without_byte_order_mark(text).size());
  return true;
}

}  // namespace vioreview
