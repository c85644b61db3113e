// SPDX-License-Identifier: Apache-2.0
#include "cli/reviewed.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "cli/decisions.h"
#include "core/errors.h"
#include "core/time.h"
#include "emit/manifest_reader.h"
#include "judge/judge.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr const char* kDecisions = "decisions.csv";

// Those that hold decisions: the folder itself, or the folders in it.
std::vector<fs::path> nights_of(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw UsageError(folder.string() + ": no such folder; give an output folder of review");
  if (fs::exists(folder / kDecisions)) return {folder};
  std::vector<fs::path> nights;
  for (const auto& entry : fs::directory_iterator(folder))
    if (fs::exists(entry.path() / kDecisions)) nights.push_back(entry.path());
  std::sort(nights.begin(), nights.end());
  if (nights.empty())
    throw UsageError(folder.string() + ": holds no " + kDecisions +
                     ", which says what people decided; see vioreview calibrate --help");
  return nights;
}

// From noon to noon: a night's captures belong together whatever the date.
std::string night_of(const std::optional<Time>& captured) {
  if (!captured) return "";
  using std::chrono::milliseconds;
  const auto noon = milliseconds(captured->ms) - std::chrono::hours(12);
  return format_time(Time{noon.count()}).substr(0, 10);
}

std::string version(const Manifest& manifest, std::string_view wanted) {
  for (const auto& [name, value] : manifest.versions)
    if (name == wanted) return value;
  return "";
}

// Scores mean what they say only where the same models, catalogue and checks gave them.
void match_versions(const fs::path& night, const Manifest& manifest, const Catalogue& catalogue,
                    const Policy& policy, std::string& basis) {
  const std::string file = (night / "manifest.jsonl").string() + ": ";
  if (manifest.basis.empty())
    throw ConfigError(file + "was written by an earlier version; review the night again");
  if (basis.empty()) basis = manifest.basis;
  if (manifest.basis != basis)
    throw ConfigError(file +
                      "was judged by other models, another catalogue or another version "
                      "than the nights before; review it again");
  if (version(manifest, "catalogue") != catalogue.sha256)
    throw ConfigError(file + "was judged by another catalogue; give that one with --catalogue");
  if (version(manifest, "policy") != policy.sha256)
    throw ConfigError(file +
                      "was judged under another policy, maybe with other knobs; give that "
                      "one with --policy, or review the night again under this one");
}

ReviewedCase scored(const CaseRead& c, const Catalogue& catalogue) {
  ReviewedCase scored;
  scored.id = c.id;
  scored.group = c.group;
  scored.device = c.device;
  scored.night = night_of(c.captured);
  scored.accept_score = c.accept_score;
  scored.reject_score = c.reject_score;
  const Violation* violation = find_violation(catalogue, c.violation);
  scored.may_decide = violation && !violation->only_manual;
  scored.weight = 0;
  return scored;
}

class Nights {
 public:
  Nights(const Catalogue& catalogue, const Policy& policy)
      : catalogue_(catalogue), policy_(policy) {}

  void add(const fs::path& night) {
    const fs::path table = night / kDecisions;
    const Manifest manifest = read_manifest(night);
    match_versions(night, manifest, catalogue_, policy_, all_.basis);
    all_.files.insert(all_.files.end(), {night / "manifest.jsonl", table});
    std::map<std::string, ReviewedCase> cases;
    for (const CaseRead& c : manifest.cases) cases[c.id] = scored(c, catalogue_);
    for (const DecisionRow& row : read_decisions(table)) {
      const std::string where = table.string() + ":" + std::to_string(row.line);
      const auto found = cases.find(row.case_id);
      if (found == cases.end())
        throw ConfigError(where + ": the manifest beside it has no case " + row.case_id);
      take(row, where, found->second);
    }
    for (auto& [id, c] : cases)
      if (!c.group.empty()) all_.cases.push_back(std::move(c));
  }
  ReviewedNights result() && { return std::move(all_); }

 private:
  void take(const DecisionRow& row, const std::string& where, ReviewedCase& c) {
    const auto [first, fresh] = seen_.try_emplace({c.id, c.night}, where);
    if (!fresh)
      throw ConfigError(where + ": case " + c.id + " is decided in " + first->second +
                        " as well; leave one out");
    if (!row.decision) {
      ++all_.undecided;
    } else if (!row.blind && !row.selection_probability) {
      ++all_.led;
    } else {
      c.truth = *row.decision;
      c.weight = 1 / row.selection_probability.value_or(1);
    }
  }

  const Catalogue& catalogue_;
  const Policy& policy_;
  ReviewedNights all_;
  std::map<std::pair<std::string, std::string>, std::string> seen_;  // id and night -> where
};

}  // namespace

ReviewedNights read_reviewed(const std::vector<std::string>& folders, const Catalogue& catalogue,
                             const Policy& policy) {
  Nights nights(catalogue, policy);
  for (const std::string& folder : folders)
    for (const fs::path& night : nights_of(folder)) nights.add(night);
  return std::move(nights).result();
}

}  // namespace vioreview
