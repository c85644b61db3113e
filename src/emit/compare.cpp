// SPDX-License-Identifier: Apache-2.0
#include "emit/compare.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace vioreview {
namespace {

std::set<std::string> ids_of(const std::vector<ReasonRead>& reasons) {
  std::set<std::string> ids;
  for (const ReasonRead& reason : reasons) ids.insert(reason.id);
  return ids;
}

std::vector<std::string> without(const std::set<std::string>& from,
                                 const std::set<std::string>& taken) {
  std::vector<std::string> rest;
  std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(),
                      std::back_inserter(rest));
  return rest;
}

// Pairs the elements of two lists by key, in order of the keys.
template <class T, class Key>
auto paired(const std::vector<T>& before, const std::vector<T>& after, Key key_of) {
  std::map<decltype(key_of(before, 0)), std::pair<const T*, const T*>> pairs;
  for (std::size_t i = 0; i < before.size(); ++i) pairs[key_of(before, i)].first = &before[i];
  for (std::size_t i = 0; i < after.size(); ++i) pairs[key_of(after, i)].second = &after[i];
  return pairs;
}

// A check that stands more than once in a case is told apart by its turn.
std::pair<std::string, int> check_key(const std::vector<CheckRead>& all, std::size_t i) {
  const auto earlier = std::count_if(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                                     [&](const CheckRead& c) { return c.check == all[i].check; });
  return {all[i].check, static_cast<int>(earlier)};
}

template <class T>
std::optional<T> copy_of(const T* held) {
  return held ? std::optional<T>(*held) : std::nullopt;
}

std::vector<CheckChange> changed_checks(const CaseRead& before, const CaseRead& after) {
  std::vector<CheckChange> changes;
  for (const auto& [key, pair] : paired(before.checks, after.checks, check_key)) {
    const auto [a, b] = pair;
    if (a && b && a->status == b->status && a->reason == b->reason) continue;
    changes.push_back({copy_of(a), copy_of(b)});
  }
  return changes;
}

bool same_outcome(const CaseRead& a, const CaseRead& b) {
  return a.verdict == b.verdict && a.proven == b.proven && a.suggested_code == b.suggested_code &&
         a.suggested_plate == b.suggested_plate && ids_of(a.reasons) == ids_of(b.reasons);
}

std::vector<VersionChange> changed_versions(const Manifest& before, const Manifest& after) {
  std::vector<VersionChange> changes;
  const auto of = [](const Manifest& manifest, const std::string& name) -> std::string {
    for (const auto& [key, value] : manifest.versions)
      if (key == name) return value;
    return "";
  };
  for (const auto& [name, value] : before.versions)
    if (of(after, name) != value) changes.push_back({name, value, of(after, name)});
  for (const auto& [name, value] : after.versions)
    if (of(before, name).empty() && !value.empty() &&
        std::none_of(changes.begin(), changes.end(),
                     [&name = name](const VersionChange& change) { return change.name == name; }))
      changes.push_back({name, "", value});
  return changes;
}

}  // namespace

Comparison compare(const Manifest& before, const Manifest& after) {
  Comparison result;
  // A manifest without a case names no versions: nothing to compare them with.
  if (!before.cases.empty() && !after.cases.empty())
    result.versions = changed_versions(before, after);
  const auto id_of = [](const std::vector<CaseRead>& all, std::size_t i) { return all[i].id; };
  for (const auto& [id, pair] : paired(before.cases, after.cases, id_of)) {
    const auto [a, b] = pair;
    if (a && b && same_outcome(*a, *b)) {
      ++result.same;
      continue;
    }
    CaseChange change;
    change.id = id;
    change.before = copy_of(a);
    change.after = copy_of(b);
    if (a && b) {
      change.reasons_gone = without(ids_of(a->reasons), ids_of(b->reasons));
      change.reasons_new = without(ids_of(b->reasons), ids_of(a->reasons));
      change.checks = changed_checks(*a, *b);
    }
    result.changes.push_back(std::move(change));
  }
  return result;
}

}  // namespace vioreview
