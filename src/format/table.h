// SPDX-License-Identifier: Apache-2.0
// Reading a table of a configuration file, strictly: a wrong kind or an unknown key is a
// ConfigError with file and line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "format/value.h"

namespace vioreview {

class Table {
 public:
  // `value` must be a table and outlive this; `what` names it in messages ("[[violation]] 1625").
  Table(const Value& value, std::string_view file, std::string what);

  // A member, or nullptr when absent. Marks the key as known.
  const Value* find(std::string_view key);
  std::string text(std::string_view key, std::string otherwise = "");
  std::string need_text(std::string_view key);
  double number(std::string_view key, double otherwise);
  bool flag(std::string_view key, bool otherwise);
  std::vector<std::string> texts(std::string_view key);
  std::vector<double> numbers(std::string_view key);  // a single number is a list of one
  Table table(std::string_view key);                  // an absent table is empty
  std::vector<Table> tables(std::string_view key);    // [[key]]
  std::vector<std::string> keys() const;

  // Call when all known keys were asked for: throws for one that was not, naming the nearest known
  // one.
  void done() const;
  [[noreturn]] void fail(std::string_view key, const std::string& why) const;

 private:
  const Value* value_;
  std::string file_, what_;
  std::vector<std::string> known_;
};

// The candidate with the smallest edit distance to `word`, or "" when none is near (more than a
// third of its letters differ).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace vioreview
