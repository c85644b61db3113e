// SPDX-License-Identifier: Apache-2.0
#include "ingest/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <iconv.h>

namespace vioreview {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the valid UTF-8 sequence at the front, 0 when there is none (overlong forms and
// surrogates are none).
std::size_t sequence_length(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
      (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))
    return 0;
  return length;
}

// How many bytes below 0x80 stand at the front: most of an upload is base64.
std::size_t ascii_length(std::string_view s) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= s.size(); length += sizeof eight) {
    std::memcpy(&eight, s.data() + length, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (length < s.size() && static_cast<unsigned char>(s[length]) < 0x80) ++length;
  return length;
}

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // What cannot be converted becomes `replacement`, byte by byte, and counts as damage.
  Text convert(std::string_view bytes, std::string_view replacement) const {
    std::string copy(bytes);
    Text out;
    char* in = copy.data();
    std::size_t left = copy.size();
    while (left > 0) {
      char block[4096];
      char* to = block;
      std::size_t room = sizeof block;
      const std::size_t code = usable() ? iconv(handle_, &in, &left, &to, &room) : kFailed;
      const bool full = usable() && code == kFailed && errno == E2BIG;
      out.utf8.append(block, static_cast<std::size_t>(to - block));
      if (code != kFailed || full) continue;
      out.utf8 += replacement;
      out.damaged = true;
      ++in;
      --left;
    }
    return out;
  }

 private:
  static constexpr std::size_t kFailed = static_cast<std::size_t>(-1);
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
  iconv_t handle_;
};

Text repaired_utf8(std::string_view bytes) {
  Text out;
  while (!bytes.empty()) {
    const std::size_t plain = ascii_length(bytes);
    const std::size_t length = plain > 0 ? plain : sequence_length(bytes);
    out.utf8 += length > 0 ? bytes.substr(0, length) : kReplacement;
    out.damaged |= length == 0;
    bytes.remove_prefix(length > 0 ? length : 1);
  }
  return out;
}

std::string mapped(std::string_view text, char from, char to, char by) {
  std::string result(text);
  for (char& c : result)
    if (c >= from && c <= to) c = static_cast<char>(c - from + by);
  return result;
}

}  // namespace

void EncodingGuess::add(std::string_view bytes) {
  // Signs of two bytes that Chinese texts hold: they speak for nothing.
  constexpr std::string_view kSigns[] = {"·", "°", "×", "±", "§", "¥", "\xC2\xA0"};
  while (!bytes.empty()) {
    bytes.remove_prefix(ascii_length(bytes));
    if (bytes.empty()) break;
    const std::size_t length = sequence_length(bytes);
    const std::string_view sequence = bytes.substr(0, length);
    const bool sign = std::find(std::begin(kSigns), std::end(kSigns), sequence) != std::end(kSigns);
    if (length > 2)
      ++for_;
    else if (length == 0 || (length == 2 && !sign))
      ++against_;
    bytes.remove_prefix(length > 0 ? length : 1);
  }
}

Text decoded(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::utf8) return repaired_utf8(bytes);
  return Converter("UTF-8", "GB18030").convert(bytes, kReplacement);
}

Text decoded(std::string_view bytes) {
  EncodingGuess guess;
  guess.add(bytes);
  return decoded(bytes, guess.encoding());
}

std::string to_utf8(std::string_view bytes) {
  return decoded(bytes).utf8;
}

bool valid_utf8(std::string_view bytes) {
  return !repaired_utf8(bytes).damaged;
}

std::string to_gb18030(std::string_view utf8) {
  const Text converted = Converter("GB18030", "UTF-8").convert(utf8, "");
  return converted.damaged ? "" : converted.utf8;
}

std::string_view without_byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks[] = {" ",  "\t", "\r",       "\n",
                                          "\v", "\f", "\xC2\xA0", "\xE3\x80\x80"};
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view blank : kBlanks) {
      const bool front = text.starts_with(blank);
      if (front) text.remove_prefix(blank.size());
      const bool back = text.ends_with(blank);
      if (back) text.remove_suffix(blank.size());
      found |= front || back;
    }
  }
  return std::string(text);
}

std::string half_width(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto at = [&](std::size_t k) {
      return i + k < utf8.size() ? static_cast<unsigned char>(utf8[i + k]) : 0;
    };
    if (at(0) == 0xE3 && at(1) == 0x80 && at(2) == 0x80) {  // U+3000, the wide blank
      out += ' ';
      i += 2;
    } else if (at(0) == 0xEF && (at(1) == 0xBC || at(1) == 0xBD)) {  // U+FF01 to U+FF5E
      const int code = ((at(0) & 0x0F) << 12) | ((at(1) & 0x3F) << 6) | (at(2) & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E)
        out += static_cast<char>(code - 0xFF01 + 0x21);
      else
        out.append(utf8.substr(i, 3));
      i += 2;
    } else {
      out += utf8[i];
    }
  }
  return out;
}

std::string upper_case(std::string_view text) {
  return mapped(text, 'a', 'z', 'A');
}

std::string lower_case(std::string_view text) {
  return mapped(text, 'A', 'Z', 'a');
}

std::string_view cut(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0) == 0x80) --bytes;
  return utf8.substr(0, bytes);
}

char32_t take_character(std::string_view& utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i)
    point = (point << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
  utf8.remove_prefix(length);
  return point;
}

bool is_control(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  const bool direction = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
  return control || direction;
}

std::string printable(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const std::string_view all = utf8;
    const bool control = is_control(take_character(utf8));
    text += control ? kReplacement : all.substr(0, all.size() - utf8.size());
  }
  return text;
}

namespace {
constexpr std::size_t kMostNamed = 20;
}  // namespace

void NamesToTell::add(std::string_view name) {
  if (++count_ > kMostNamed) return;
  if (!first_.empty()) first_ += ", ";
  first_ += name;
}

std::string NamesToTell::text() const {
  return count_ > kMostNamed ? first_ + " and " + std::to_string(count_ - kMostNamed) + " more"
                             : first_;
}

}  // namespace vioreview
