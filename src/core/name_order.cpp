// SPDX-License-Identifier: Apache-2.0
#include "core/name_order.h"

#include <cstddef>

namespace vioreview {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The run of digits that a name begins with, without zeros in front.
std::string_view number_of(std::string_view name) {
  std::size_t end = 0;
  while (end < name.size() && is_digit(name[end])) ++end;
  std::size_t begin = 0;
  while (begin + 1 < end && name[begin] == '0') ++begin;
  return name.substr(begin, end - begin);
}

void skip_number(std::string_view& name) {
  while (!name.empty() && is_digit(name.front())) name.remove_prefix(1);
}

}  // namespace

bool name_before(std::string_view a, std::string_view b) {
  std::string_view left = a, right = b;
  while (!left.empty() && !right.empty()) {
    if (is_digit(left.front()) && is_digit(right.front())) {
      const std::string_view one = number_of(left), other = number_of(right);
      if (one.size() != other.size()) return one.size() < other.size();
      if (one != other) return one < other;
      skip_number(left);
      skip_number(right);
    } else if (left.front() != right.front()) {
      return static_cast<unsigned char>(left.front()) < static_cast<unsigned char>(right.front());
    } else {
      left.remove_prefix(1);
      right.remove_prefix(1);
    }
  }
  if (left.empty() != right.empty()) return left.empty();
  return a < b;
}

}  // namespace vioreview
