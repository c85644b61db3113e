// SPDX-License-Identifier: Apache-2.0
// What belongs to one case is a value: either the thing, or a problem with a reason of reasons.csv.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace vioreview {

// Something wrong with one case. `reason` is an id of reasons.csv; `file` as the record names it
// (or empty); `detail` says what is wrong and what to do, in English, without personal data.
struct Problem {
  std::string reason;
  std::string file;
  std::string detail;
  bool operator==(const Problem&) const = default;
};

template <class T>
class Result {
 public:
  Result(T value) : held_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Problem problem) : held_(std::move(problem)) {}  // NOLINT(google-explicit-constructor)
  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const T& value() const& { return std::get<0>(held_); }
  T&& value() && { return std::get<0>(std::move(held_)); }
  const Problem& problem() const { return std::get<1>(held_); }

 private:
  std::variant<T, Problem> held_;
};

}  // namespace vioreview
