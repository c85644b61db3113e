// SPDX-License-Identifier: Apache-2.0
// Options of a review with the test worker, the catalogue and the policy that are compiled in.
#pragma once
#include <filesystem>
#include <string>

#include "format/codecs.h"
#include "judge/judge.h"
#include "run/review.h"

namespace vioreview {

inline ReviewOptions review_with(const std::filesystem::path& batch,
                                 const std::filesystem::path& out,
                                 const std::filesystem::path& state, const std::string& worker,
                                 int workers) {
  ReviewOptions options;
  options.batch = batch;
  options.out = out;
  options.state = state;
  options.workers.command = {worker};
  options.workers.count = workers;
  options.models_key = "models-a";
  options.catalogue = catalogue_from_toml(builtin_catalogue_text(), "catalogue.toml");
  options.policy = policy_from_toml(builtin_policy_text(), "policy.toml");
  options.versions = {"0.1.0", "avx2", options.catalogue.sha256, options.policy.sha256, "", {}, ""};
  return options;
}

}  // namespace vioreview
