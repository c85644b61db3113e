// SPDX-License-Identifier: Apache-2.0
#include "core/reason.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "core/reasons_text.h"

namespace vioreview {
namespace {

constexpr std::size_t kColumns = 7;
using Row = std::array<std::string_view, kColumns>;

// One cell off the front of `line`. The list quotes a cell that holds a comma and never needs a
// quote within.
std::string_view take_cell(std::string_view& line) {
  const bool quoted = !line.empty() && line.front() == '"';
  if (quoted) line.remove_prefix(1);
  const std::size_t end = std::min(line.find(quoted ? '"' : ','), line.size());
  const std::string_view cell = line.substr(0, end);
  line.remove_prefix(std::min(line.size(), end + (quoted ? 2 : 1)));
  return cell;
}

Reason reason_of(std::string_view line) {
  Row row;
  for (std::string_view& cell : row) cell = take_cell(line);
  const Effect effect = row[2] == "reject" ? Effect::reject : Effect::manual;
  return {row[0], row[1], effect, row[3], row[4], row[5], row[6]};
}

std::vector<Reason> read_reasons(std::string_view text) {
  std::vector<Reason> reasons;
  text.remove_prefix(text.find('\n') + 1);  // the header
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) reasons.push_back(reason_of(text.substr(0, end)));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return reasons;
}

}  // namespace

std::span<const Reason> all_reasons() {
  static const std::vector<Reason> reasons = read_reasons(reasons_csv());
  return reasons;
}

const Reason* find_reason(std::string_view id) {
  const auto reasons = all_reasons();
  const auto found =
      std::find_if(reasons.begin(), reasons.end(), [&](const Reason& r) { return r.id == id; });
  return found == reasons.end() ? nullptr : &*found;
}

}  // namespace vioreview
