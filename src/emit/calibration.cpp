// SPDX-License-Identifier: Apache-2.0
#include "emit/calibration.h"

#include <array>
#include <cstdio>

#include "emit/table.h"
#include "format/value.h"

namespace vioreview {
namespace {

std::string number(double value) {
  return write_json(rounded(value, 6));
}

std::string count(std::int64_t n) {
  return std::to_string(n);
}

std::string words_of(Tested tested) {
  switch (tested) {
    case Tested::too_strict:
      return "too_strict";
    case Tested::too_few:
      return "too_few";
    case Tested::kept:
      return "kept";
    case Tested::broken:
      return "broken";
    case Tested::not_reached:
      return "not_reached";
  }
  return "";
}

// "2 of 1310 independent draws wrong (from 3021 decisions of 1802 device nights)"
std::string evidence(const LimitStep& step) {
  return count(step.wrong) + " of " + count(step.draws) + " independent draws wrong (from " +
         count(step.reviewed) + " decisions of " + count(step.nights) + " device nights)";
}

std::string limit_line(const std::string& side, const LimitFit& fit, const Promise& promise) {
  if (fit.chosen) {
    const LimitStep& step = fit.steps[*fit.chosen];
    return side + " " + number(step.limit) + ": " + evidence(step) + ", at most " +
           percentage(step.bound) + " wrong at " + percentage(promise.confidence) +
           " confidence; decides " + percentage(step.coverage) + " of the cases";
  }
  const LimitStep& step = fit.steps[fit.told];
  return side + ": " + count(fit.missing) + " independent draws are missing: at " +
         number(step.limit) + ", " + evidence(step) + ", and at most " +
         percentage(promise.max_wrong) + " wrong at " + percentage(promise.confidence) +
         " confidence needs " + count(step.draws + fit.missing) + " with no more wrong ones";
}

std::string row(const std::string& name, const std::array<double, 3>& shares) {
  std::string line = "    " + name;
  line.resize(18, ' ');
  for (const double share : shares) {
    const std::string text = percentage(share);
    line += std::string(text.size() < 12 ? 12 - text.size() : 1, ' ') + text;
  }
  return line + "\n";
}

std::string rates_text(const GroupFit& fit) {
  const Rates& rates = fit.rates;
  return "  with accept " + number(fit.limits.accept) + " and reject " + number(fit.limits.reject) +
         ", at the site's own share of good cases, " + percentage(rates.good) + ":\n" +
         "                         accept      reject      manual\n" + row("good", rates.of_good) +
         row("others", rates.of_others) + "    wrong among the accepted " +
         percentage(rates.wrong_accepts) + ", among the rejected " +
         percentage(rates.wrong_rejects) + "\n";
}

void add_rows(std::string& text, const std::string& group, const std::string& side,
              const LimitFit& fit) {
  for (std::size_t i = 0; i < fit.steps.size(); ++i) {
    const LimitStep& step = fit.steps[i];
    text +=
        csv_row({group, side, number(step.limit), number(step.coverage), count(step.reviewed),
                 count(step.nights), number(step.error), count(step.draws), count(step.wrong),
                 number(step.bound), words_of(step.tested), fit.chosen == i ? "true" : "false"});
  }
}

}  // namespace

std::string percentage(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g %%", 100 * share);
  return text.data();
}

std::vector<std::string> limit_lines(const GroupFit& fit, const Promises& promises) {
  return {limit_line("accept", fit.accept, promises.accept),
          limit_line("reject", fit.reject, promises.reject)};
}

std::string calibration_text(std::span<const GroupFit> fits, const Promises& promises) {
  std::string text;
  for (const GroupFit& fit : fits) {
    text += fit.group + ": " + (fit.fitted() ? "fitted" : "not fitted") + " on " +
            count(fit.reviewed) + " decisions that count, of " + count(fit.cases) + " cases, " +
            count(fit.nights) + " device nights and " +
            count(static_cast<std::int64_t>(fit.devices.size())) + " devices\n";
    for (const std::string& line : limit_lines(fit, promises)) text += "  " + line + "\n";
    if (fit.reviewed > 0) text += rates_text(fit);
  }
  return text;
}

std::string curve_table(std::span<const GroupFit> fits) {
  std::string text =
      csv_row({"group", "side", "limit", "coverage", "decisions", "device_nights", "wrong_share",
               "draws", "draws_wrong", "upper_bound", "tested", "chosen"});
  for (const GroupFit& fit : fits) {
    add_rows(text, fit.group, "accept", fit.accept);
    add_rows(text, fit.group, "reject", fit.reject);
  }
  return text;
}

}  // namespace vioreview
