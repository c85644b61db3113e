// SPDX-License-Identifier: Apache-2.0
// What fitting limits on reviewed cases reads and finds: values that judging, tables and drawings
// share.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/policy.h"
#include "core/verdict.h"

namespace vioreview {

// A case of a reviewed night. What a person decided counts where the verdict cannot have led it;
// of all other cases only the scores do.
struct ReviewedCase {
  std::string id, group, device;
  std::string night;  // its evening, "2026-03-14"; cases of one share light and faults
  double accept_score = 0, reject_score = 0;
  bool may_decide = true;             // false: its violation is only ever suggested to people
  Decision truth = Decision::manual;  // the person's; manual: left open, right for neither limit
  double weight = 1;                  // 1 / the probability that it was chosen; 0: does not count
};

// At most `max_wrong` of the decided cases are wrong, with this confidence.
struct Promise {
  double max_wrong = 0.005, confidence = 0.95;
};

enum class Tested {
  too_strict,   // decides too few cases to begin with
  too_few,      // nothing is wrong, but draws are too few to tell
  kept,         // the promise is kept
  broken,       // it is not, and the test ends here
  not_reached,  // looser than where the test ended
};

// One limit of the grid.
struct LimitStep {
  double limit = 0;
  double coverage = 0;                    // share of all cases that it decides
  std::int64_t reviewed = 0, nights = 0;  // decisions that count on those, and their device nights
  double error = 0;                       // weighted share of wrong ones
  std::int64_t draws = 0, wrong = 0;      // independent draws from those nights
  double bound = 1;                       // upper confidence bound on the share of wrong ones
  Tested tested = Tested::not_reached;
};

struct LimitFit {
  std::vector<LimitStep> steps;       // from the strictest limit to the loosest
  std::optional<std::size_t> chosen;  // the loosest that keeps the promise
  // Where none does: what ended the test, or the tested limit with most draws, and how many more
  // draws it lacks if none of them is wrong.
  std::size_t told = 0;
  std::int64_t missing = 0;
};

// What becomes of the site's own mix of cases, by weight.
struct Rates {
  double good = 0;                               // share of cases that a person accepts
  std::array<double, 3> of_good{}, of_others{};  // accepted, rejected, manual
  double wrong_accepts = 0, wrong_rejects = 0;   // of the accepted, of the rejected
};

struct GroupFit {
  std::string group;
  std::int64_t cases = 0, reviewed = 0, nights = 0;  // all; that count; their device nights
  std::vector<std::string> devices;                  // whose cases it was fitted on
  LimitFit accept, reject;
  Limits limits;  // the chosen ones; what the policy had where none was
  Rates rates;    // under `limits`
  bool fitted() const { return accept.chosen && reject.chosen; }
};

}  // namespace vioreview
