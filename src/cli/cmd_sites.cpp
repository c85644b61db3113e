// SPDX-License-Identifier: Apache-2.0
// vioreview sites: profiles of camera views, drawn, shown, checked, confirmed and learned.
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
#include "cli/site_profile.h"
#include "cli/site_sketch.h"
#include "core/errors.h"
#include "emit/draw.h"
#include "emit/draw_site.h"
#include "format/site_codec.h"
#include "ingest/ingest.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string picture, profile, out, from, ruler, batch, sites;
  SiteHead head;
  SiteSketch sketch;
  std::string by, at;
  bool replace = false;
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
