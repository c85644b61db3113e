// SPDX-License-Identifier: Apache-2.0
// A closed word list as a table: value, English name, Chinese word.
#pragma once
#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace vioreview {

template <class T>
struct Word {
  T value;
  std::string_view name, zh;
};

template <class Table, class T>
const auto& entry_of(const Table& table, T value) {
  return *std::find_if(std::begin(table), std::end(table),
                       [&](const auto& w) { return w.value == value; });
}

template <class T, std::size_t N>
std::optional<T> named(const Word<T> (&table)[N], std::string_view name) {
  for (const Word<T>& word : table)
    if (word.name == name) return word.value;
  return std::nullopt;
}

}  // namespace vioreview
