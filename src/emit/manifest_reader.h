// SPDX-License-Identifier: Apache-2.0
// A manifest read back, as far as comparisons and calibration need it.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.h"

namespace vioreview {

struct ReasonRead {
  std::string id, zh, en;
};

struct CheckRead {
  std::string check, status, reason;  // reason "" when it holds
  double probability = 0;
  std::optional<double> value, limit;
};

struct CaseRead {
  std::string id, verdict;
  std::string violation, group, device;  // "" when unknown
  std::optional<Time> captured;          // first capture
  bool proven = false;
  double accept_score = 0, reject_score = 0;
  std::vector<ReasonRead> reasons;
  std::vector<CheckRead> checks;
  std::string suggested_code, suggested_plate;  // "" when nothing is suggested
};

struct Manifest {
  std::vector<CaseRead> cases;  // in the order of the file, ids unique
  // Of the first line: "tool", "isa", "catalogue", "policy", "sites" and "model NAME" with their
  // value or hash.
  std::vector<std::pair<std::string, std::string>> versions;
  std::string basis = {};  // of the first line: what a policy fitted on these verdicts is fitted on
};

// `path`: an output folder or a manifest.jsonl. Throws UsageError when there is none, IoError with
// file and line when it cannot be read or is not of this schema.
Manifest read_manifest(const std::filesystem::path& path);

// The ids of a case's reasons in their order, each once.
std::vector<std::string> reason_ids(const CaseRead& c);

// The verdict for people: as it stands, or in Chinese.
std::string verdict_word(std::string_view verdict, bool chinese);

}  // namespace vioreview
