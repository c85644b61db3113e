// SPDX-License-Identifier: Apache-2.0
#include "ingest/text.h"

#include <cerrno>
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

class Converter {
 public:
  Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes) const {
    std::string copy(bytes), out;
    char* in = copy.data();
    std::size_t left = copy.size();
    while (left > 0) {
      char block[4096];
      char* to = block;
      std::size_t room = sizeof block;
      const std::size_t code =
          usable() ? iconv(handle_, &in, &left, &to, &room) : static_cast<std::size_t>(-1);
      out.append(block, static_cast<std::size_t>(to - block));
      if (code != static_cast<std::size_t>(-1) || (usable() && errno == E2BIG)) continue;
      out += kReplacement;  // an impossible byte: step over it
      ++in;
      --left;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

}  // namespace

bool valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string to_utf8(std::string_view bytes, bool* converted) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const bool plain = valid_utf8(bytes);
  if (converted) *converted = !plain;
  return plain ? std::string(bytes) : Converter().convert(bytes);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
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
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

}  // namespace vioreview
