// SPDX-License-Identifier: Apache-2.0
// vioreview calibrate: the limits of a policy from what people decided blind.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/decisions.h"
#include "cli/exit_codes.h"
#include "cli/reviewed.h"
#include "cli/version.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "core/time.h"
#include "emit/calibration.h"
#include "emit/draw.h"
#include "emit/draw_curve.h"
#include "emit/durable_file.h"
#include "format/codecs.h"
#include "judge/fit_limits.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::vector<std::string> folders, groups;
  std::string max_wrong_accept = "0.5%", max_wrong_reject = "0.5%", confidence = "95%";
  std::string out = "calibration", policy, catalogue;
};

double share_between(const std::string& name, const std::string& text) {
  const std::optional<double> share = share_of(text);
  if (!share || *share >= 1)
    throw UsageError("--" + name + " " + text + ": must lie between 0 and 100 %, such as 0.5%");
  return *share;
}

Promises promises_of(const Options& options) {
  const double confidence = share_between("confidence", options.confidence);
  return {{share_between("max-wrong-accept", options.max_wrong_accept), confidence},
          {share_between("max-wrong-reject", options.max_wrong_reject), confidence}};
}

// Only the groups that were asked for, and those with a decision.
std::vector<GroupFit> wanted(std::vector<GroupFit> fits, const std::vector<std::string>& groups) {
  for (const std::string& group : groups)
    if (std::none_of(fits.begin(), fits.end(), [&](const auto& fit) { return fit.group == group; }))
      throw UsageError("--group " + group + ": no reviewed night has a case of this group");
  std::erase_if(fits, [&](const GroupFit& fit) {
    return groups.empty() ? fit.reviewed == 0
                          : std::find(groups.begin(), groups.end(), fit.group) == groups.end();
  });
  return fits;
}

std::string now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return format_time(Time{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()});
}

std::vector<std::pair<std::string, Value>> provenance(const ReviewedNights& nights,
                                                      const Promises& promises,
                                                      const Catalogue& catalogue,
                                                      const Policy& before) {
  Value files{Value::Array{}};
  for (const fs::path& file : nights.files) files.push(sha256_of_file(file) + "  " + file.string());
  return {{"tool", std::string("vioreview ") + kVersion},
          {"date", now()},
          {"max_wrong_accept", promises.accept.max_wrong},
          {"max_wrong_reject", promises.reject.max_wrong},
          {"confidence", promises.accept.confidence},
          {"catalogue", catalogue.sha256},
          {"policy", before.sha256},
          {"reviewed", std::move(files)}};
}

void write_curves(const fs::path& out, const std::vector<GroupFit>& fits, const Promises& promises,
                  std::ostream& told) {
  make_folders(out);
  write_durable(out / "curve.csv", curve_table(fits));
  told << (out / "curve.csv").string() << '\n';
  for (const GroupFit& fit : fits) {
    std::string name = "curve-" + fit.group + ".png";
    std::replace(name.begin(), name.end(), '/', '_');  // a catalogue may name groups as it likes
    const fs::path picture = out / name;
    write_png(picture, draw_curves(fit, promises));
    told << picture.string() << '\n';
  }
}

// A policy is worth having once a group is fitted: every one that was named, or any.
bool enough(const std::vector<GroupFit>& fits, bool named) {
  const auto fitted = [](const GroupFit& fit) { return fit.fitted(); };
  return named ? std::all_of(fits.begin(), fits.end(), fitted)
               : std::any_of(fits.begin(), fits.end(), fitted);
}

int run(const Options& options, Streams& streams) {
  const Promises promises = promises_of(options);
  const Catalogue catalogue = load_catalogue(options.catalogue);
  const Policy before = load_policy(options.policy, catalogue);
  const ReviewedNights nights = read_reviewed(options.folders, catalogue, before);
  const std::vector<GroupFit> fits =
      wanted(fit_groups(nights.cases, promises.accept, promises.reject, before), options.groups);
  if (nights.led + nights.undecided > 0)
    streams.out << nights.led << " decisions do not count, since they were neither blind nor "
                << "chosen with a known probability; " << nights.undecided
                << " rows are not decided yet\n";
  if (fits.empty())
    throw UsageError("no decision counts: none is blind or has a selection_probability");
  streams.out << calibration_text(fits, promises);
  const fs::path out = options.out;
  write_curves(out, fits, promises, streams.out);
  if (!enough(fits, !options.groups.empty())) {
    streams.err << "vioreview: too few cases for a policy; none is written\n";
    return kUsage;
  }
  std::map<std::string, std::vector<std::string>> notes;
  for (const GroupFit& fit : fits)
    if (fit.fitted()) notes[fit.group] = limit_lines(fit, promises);
  write_durable(out / "policy.toml",
                policy_to_toml(calibrated(before, fits, nights.basis), notes,
                               provenance(nights, promises, catalogue, before)));
  streams.out << (out / "policy.toml").string() << '\n';
  return kDone;
}

}  // namespace

RunCommand declare_calibrate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("reviewed", options->folders,
                 "Output folders of review with a decisions.csv (case_id, decision, blind, "
                 "selection_probability), or folders of such folders")
      ->required();
  app.add_option("--max-wrong-accept", options->max_wrong_accept,
                 "At most this share of accepted cases may be wrong (default: 0.5%)");
  app.add_option("--max-wrong-reject", options->max_wrong_reject,
                 "At most this share of rejected cases may be wrong (default: 0.5%)");
  app.add_option("--confidence", options->confidence, "Of each limit's promise (default: 95%)");
  app.add_option("--group", options->groups,
                 "Only this violation group (repeatable); each must be fitted");
  app.add_option("-o,--out", options->out,
                 "Folder for policy.toml, curve.csv and curve-GROUP.png (default: calibration)");
  app.add_option("--policy", options->policy, "The policy that the nights were judged under (TOML)")
      ->check(CLI::ExistingFile);
  app.add_option("--catalogue", options->catalogue, "A catalogue of your own (TOML)")
      ->check(CLI::ExistingFile);
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
