// SPDX-License-Identifier: Apache-2.0
#include "format/table.h"

#include <algorithm>
#include <numeric>

#include "core/errors.h"

namespace vioreview {
namespace {

const Value kEmptyTable{Value::Object{}};

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

Table::Table(const Value& value, std::string_view file, std::string what)
    : value_(&value), file_(file), what_(std::move(what)) {
  if (!value.as_object())
    throw ConfigError(file_ + ":" + std::to_string(value.line) + ": " + what_ + " must be a table");
}

void Table::fail(std::string_view key, const std::string& why) const {
  const Value* member = value_->find(key);
  const int line = member && member->line > 0 ? member->line : value_->line;
  throw ConfigError(file_ + ":" + std::to_string(line) + ": " + what_ + ": " + std::string(key) +
                    " " + why);
}

const Value* Table::find(std::string_view key) {
  known_.emplace_back(key);
  return value_->find(key);
}

std::string Table::text(std::string_view key, std::string otherwise) {
  const Value* member = find(key);
  if (!member) return otherwise;
  if (!member->as_string()) fail(key, "must be a text, not a " + std::string(member->kind()));
  return *member->as_string();
}

std::string Table::need_text(std::string_view key) {
  std::string value = text(key);
  if (value.empty()) fail(key, "is missing");
  return value;
}

double Table::number(std::string_view key, double otherwise) {
  const Value* member = find(key);
  if (!member) return otherwise;
  if (!member->is_number()) fail(key, "must be a number, not a " + std::string(member->kind()));
  return member->number();
}

bool Table::flag(std::string_view key, bool otherwise) {
  const Value* member = find(key);
  if (!member) return otherwise;
  if (!member->as_bool()) fail(key, "must be true or false, not a " + std::string(member->kind()));
  return *member->as_bool();
}

std::vector<std::string> Table::texts(std::string_view key) {
  std::vector<std::string> all;
  const Value* member = find(key);
  if (!member) return all;
  if (!member->as_array()) fail(key, "must be a list of texts");
  for (const Value& element : *member->as_array()) {
    if (!element.as_string()) fail(key, "must be a list of texts");
    all.push_back(*element.as_string());
  }
  return all;
}

std::vector<double> Table::numbers(std::string_view key) {
  const Value* member = find(key);
  if (!member) return {};
  if (member->is_number()) return {member->number()};
  std::vector<double> all;
  if (!member->as_array()) fail(key, "must be a number or a list of numbers");
  for (const Value& element : *member->as_array()) {
    if (!element.is_number()) fail(key, "must be a number or a list of numbers");
    all.push_back(element.number());
  }
  return all;
}

Table Table::table(std::string_view key) {
  const Value* member = find(key);
  return {member ? *member : kEmptyTable, file_, "[" + std::string(key) + "]"};
}

std::vector<Table> Table::tables(std::string_view key) {
  std::vector<Table> all;
  const Value* member = find(key);
  if (!member) return all;
  if (!member->as_array()) fail(key, "must be written as [[" + std::string(key) + "]]");
  for (const Value& element : *member->as_array())
    all.emplace_back(element, file_, "[[" + std::string(key) + "]]");
  return all;
}

std::vector<std::string> Table::keys() const {
  std::vector<std::string> all;
  for (const auto& [key, member] : *value_->as_object()) all.push_back(key);
  return all;
}

void Table::done() const {
  for (const std::string& key : keys()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const std::string near = nearest(key, known_);
    fail(key,
         near.empty() ? "is not a known key" : "is not a known key; did you mean " + near + "?");
  }
}

}  // namespace vioreview
