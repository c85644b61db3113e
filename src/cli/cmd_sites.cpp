// SPDX-License-Identifier: Apache-2.0
// vioreview sites: profiles of camera views, drawn, shown, checked, learned and confirmed.
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "cli/look.h"
#include "cli/review_options.h"
#include "cli/site_profile.h"
#include "cli/site_sketch.h"
#include "core/errors.h"
#include "emit/draw.h"
#include "emit/draw_site.h"
#include "format/site_codec.h"
#include "ingest/ingest.h"
#include "judge/site_learning.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string picture, profile, out, from, ruler, batch, sites;
  SiteHead head;
  SiteSketch sketch;
  std::string by, at;
  bool replace = false;
  Learning learning;
  ReviewArguments review;
};

int draw(const Options& options, Streams& streams) {
  const Looked looked = decoded_picture(options.picture);
  if (!options.ruler.empty()) {
    write_png(options.ruler, draw_ruler(looked.image));
    streams.out << options.ruler << '\n';
  }
  if (options.out.empty()) {
    if (options.ruler.empty()) throw UsageError("sites draw: name -o PROFILE or --ruler PNG");
    return kDone;
  }
  const std::string geometry =
      (options.from.empty() ? "" : read_text_file(options.from) + "\n") + blocks_of(options.sketch);
  const Site site = drawn_site(options.head, geometry, looked.facts);
  write_profile(options.out, site, options.replace);
  streams.out << options.out << ": " << site.road.stop_lines.size() << " stop lines, "
              << site.road.lane_lines.size() << " lane lines, " << site.road.lanes.size()
              << " lanes, " << site.road.heads.size()
              << " heads; not confirmed: look at it with vioreview sites show\n";
  return kDone;
}

int show(const Options& options, Streams& streams) {
  const Site site = site_from_toml(read_text_file(options.profile), options.profile);
  const Looked looked = decoded_picture(options.picture);
  write_png(options.out, draw_site(looked.image, site));
  streams.out << options.out << '\n';
  if (site.road == Road{}) return kDone;
  const ViewFit fit = fit_of(site.print, looked.facts.print);
  streams.out << (fit.fit == Fit::fits    ? "the picture shows the profile's view\n"
                  : fit.fit == Fit::moved ? "the camera was turned since the profile was drawn\n"
                                          : "whether the picture shows the profile's view cannot "
                                            "be told\n");
  return fit.fit == Fit::fits ? kDone : kDifferent;
}

int check(const Options& options, Streams& streams) {
  const SiteIndex sites = load_sites(options.sites);
  std::map<const Site*, std::map<Fit, int>> counts;
  for (const Case& c : ingest(options.batch).cases) {
    const auto profiles = sites.of(c.record.device_id);
    if (profiles.empty()) continue;
    Facts facts;
    for (const PictureRef& picture : c.pictures) facts.panels.push_back(decoded_facts(picture));
    for (const Site* site : profiles) {
      const ViewFit fit = fit_of(*site, c, facts);
      ++counts[site][fit.fit];
      if (fit.fit == Fit::moved) streams.out << c.id << "  moved  " << site->file << '\n';
    }
  }
  bool moved = false;
  for (const Site& site : sites.all()) {
    auto& of = counts[&site];
    streams.out << site.file << "  " << (site.confirmed() ? "confirmed" : "not confirmed")
                << "  fits " << of[Fit::fits] << ", moved " << of[Fit::moved] << ", not told "
                << of[Fit::not_told] << '\n';
    moved = moved || (of[Fit::moved] > 0 && of[Fit::fits] == 0);
  }
  return moved ? kDifferent : kDone;
}

int confirm(const Options& options, Streams& streams) {
  const std::string text =
      confirmed_text(read_text_file(options.profile), options.profile, options.by, options.at);
  write_text(options.profile, text);
  streams.out << options.profile << ": confirmed by " << options.by << '\n';
  return kDone;
}

// Ids never become paths.
std::string file_name(const std::string& device_id, const std::string& view) {
  std::string name;
  for (const char c : device_id)
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) name += c;
  return (name.empty() ? "device" : name) + "-" + view + ".toml";
}

void write_learned(const Site& site, const Options& options, Streams& streams) {
  const fs::path file = fs::path(options.out) / file_name(site.device_id, site.view);
  if (fs::exists(file) &&
      site_from_toml(read_text_file(file.string()), file.string()).confirmed()) {
    streams.out << file.string() << ": is confirmed and stays as it is\n";
    return;
  }
  write_profile(file.string(), site, true);
  streams.out << file.string() << ": " << site.road.stop_lines.size() << " stop lines, "
              << site.road.lane_lines.size() << " lane lines, " << site.road.lanes.size()
              << " lanes, " << site.road.heads.size() << " heads agreed on by " << site.learned_from
              << " cases; it decides nothing before somebody looks at it and confirms it\n";
}

int learn(const Options& options, Streams& streams) {
  ReviewArguments arguments = options.review;
  arguments.batch = options.batch;
  std::map<std::string, std::vector<std::pair<Case, Facts>>> of_device;
  for (auto& one : remembered_cases(review_options(arguments)))
    if (const std::string device = one.first.record.device_id; !device.empty())
      of_device[device].push_back(std::move(one));
  if (of_device.empty())
    throw UsageError(
        "sites learn: the state remembers no case of this batch; review it first, with "
        "the same --state and models");
  std::size_t rare = 0;
  for (const auto& [device, cases] : of_device) {
    const auto sites = learned_sites(device, views_of_cases(cases), options.learning);
    for (const Site& site : sites) write_learned(site, options, streams);
    if (cases.size() < options.learning.least_cases)
      ++rare;
    else if (sites.empty())
      streams.out << device << ": of " << cases.size() << " cases fewer than "
                  << options.learning.least_cases << " show one view and its markings\n";
  }
  if (rare > 0)
    streams.out << "devices with fewer than " << options.learning.least_cases
                << " cases, of which nothing is learned: " << rare << '\n';
  return kDone;
}

using Verb = int (*)(const Options&, Streams&);

void declare_draw(CLI::App& app, Options& o) {
  app.add_option("picture", o.picture, "A panel of the camera, by day")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("-o,--out", o.out, "The profile (TOML)");
  app.add_option("--ruler", o.ruler, "Write the picture with coordinates (PNG) to read them off");
  app.add_option("--device", o.head.device_id, "The device as records name it");
  app.add_option("--view", o.head.view, "A name for this way the camera looks (default: 1)");
  app.add_option("--place", o.head.place, "The place, for people");
  app.add_option("--direction", o.head.direction, "The direction, for people");
  app.add_option("--from", o.from, "Blocks of a profile ([[stop_line]], [facts], ...) in a file")
      ->check(CLI::ExistingFile);
  app.add_option("--stop-line", o.sketch.stop_lines, "\"x,y x,y\": the edge drivers meet first");
  app.add_option("--line", o.sketch.lines, "\"white_solid x,y x,y\", from near to far");
  app.add_option("--lane", o.sketch.lanes, "\"2:motor:LS x,y x,y x,y x,y\": number, use, arrow");
  app.add_option("--crosswalk", o.sketch.crosswalks, "\"x,y x,y x,y x,y\"");
  app.add_option("--grid", o.sketch.grids, "\"x,y x,y x,y x,y\": a yellow grid");
  app.add_option("--head", o.sketch.heads, "\"h1:left:L x,y x,y\": id, shape, moves it governs");
  app.add_flag("--replace", o.replace, "Write over a profile that is there");
}

void declare_show(CLI::App& app, Options& o) {
  app.add_option("profile", o.profile, "A profile")->required()->check(CLI::ExistingFile);
  app.add_option("--picture", o.picture, "A panel of the camera")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("-o,--out", o.out, "The annotated PNG")->required();
}

void declare_site_check(CLI::App& app, Options& o) {
  app.add_option("batch", o.batch, "Cases of the cameras")->required()->check(CLI::ExistingPath);
  app.add_option("--sites", o.sites, "A folder of profiles")
      ->required()
      ->check(CLI::ExistingDirectory);
}

void declare_confirm(CLI::App& app, Options& o) {
  app.add_option("profile", o.profile, "A profile")->required()->check(CLI::ExistingFile);
  app.add_option("--by", o.by, "Who looked at it")->required();
  app.add_option("--at", o.at, "When, as 2026-03-14T08:25 (default: now)");
}

void declare_learn(CLI::App& app, Options& o) {
  app.add_option("batch", o.batch, "Cases that were reviewed")
      ->required()
      ->check(CLI::ExistingPath);
  app.add_option("--state", o.review.state, "The state of that review")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("-o,--out", o.out, "The folder for profiles")->required();
  app.add_option("--least", o.learning.least_cases,
                 "Cases of a view from which to learn (default: 8); of fewer, more is mistaken")
      ->check(CLI::Range(3, 1000));
  add_review_options(app, o.review);
}

}  // namespace

RunCommand declare_sites(CLI::App& app) {
  struct Row {
    const char *name, *summary;
    void (*declare)(CLI::App&, Options&);
    Verb run;
  };
  static const Row rows[] = {
      {"draw", "Make a profile from a picture and coordinates", declare_draw, draw},
      {"show", "Draw a profile over a picture", declare_show, show},
      {"check", "Say which cases still show the views of the profiles", declare_site_check, check},
      {"learn", "Make profiles, not confirmed, of what reviewed cases agree on", declare_learn,
       learn},
      {"confirm", "Approve a profile: from then on it may decide", declare_confirm, confirm},
  };
  auto options = std::make_shared<Options>();
  auto chosen = std::make_shared<Verb>(nullptr);
  app.require_subcommand(1);
  for (const Row& row : rows) {
    CLI::App* sub = app.add_subcommand(row.name, row.summary);
    row.declare(*sub, *options);
    sub->callback([chosen, run = row.run] { *chosen = run; });
  }
  return [options, chosen](Streams& streams) { return (*chosen)(*options, streams); };
}

}  // namespace vioreview
