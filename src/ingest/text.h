// SPDX-License-Identifier: Apache-2.0
// Bytes of a record to clean UTF-8 text.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace vioreview {

enum class Encoding { utf8, gb18030 };  // GB18030 holds GBK and GB2312

// Tells the encoding of a text that comes in pieces, by what is beyond ASCII. Valid UTF-8 is not
// enough: 豫 and 鲁 in GBK are valid two-byte sequences of other scripts, so that only sequences of
// three and four bytes (all Chinese) speak for UTF-8, and one damaged byte does not speak against.
class EncodingGuess {
 public:
  void add(std::string_view bytes);
  Encoding encoding() const {
    return against_ > 0 && for_ <= against_ ? Encoding::gb18030 : Encoding::utf8;
  }

 private:
  std::size_t for_ = 0, against_ = 0;
};

struct Text {
  std::string utf8;      // valid, whatever came
  bool damaged = false;  // some bytes belonged to no encoding and became U+FFFD
};
Text decoded(std::string_view bytes, Encoding encoding);
Text decoded(std::string_view bytes);
std::string to_utf8(std::string_view bytes);

bool valid_utf8(std::string_view bytes);
// "" when a character has no place in GB18030 or the system lacks the conversion.
std::string to_gb18030(std::string_view utf8);

std::string_view without_byte_order_mark(std::string_view bytes);

// Without blanks (ASCII, U+00A0, U+3000) at both ends.
std::string trimmed(std::string_view text);
// Full-width letters, digits and blanks (as Chinese keyboards give them) to ASCII.
std::string half_width(std::string_view utf8);
std::string upper_case(std::string_view text);  // ASCII letters only
std::string lower_case(std::string_view text);
// At most `bytes` long, no character cut.
std::string_view cut(std::string_view utf8, std::size_t bytes);

// Names that a message tells of: the first of them, and how many more there are.
class NamesToTell {
 public:
  void add(std::string_view name);
  bool any() const { return count_ > 0; }
  std::string text() const;  // "a, b and 7 more"

 private:
  std::size_t count_ = 0;
  std::string first_;
};

// Control characters, and those that change the direction of writing.
bool is_control(char32_t character);
// For a terminal: controls as U+FFFD.
std::string printable(std::string_view utf8);

// The code point at the front, which is taken off; `utf8` must be valid and not empty.
char32_t take_character(std::string_view& utf8);

}  // namespace vioreview
