// SPDX-License-Identifier: Apache-2.0
// vioreview inspect: what is seen in a picture, a case or a folder of pictures, and what each check
// says.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"
#include "cli/inspect_text.h"
#include "cli/look.h"
#include "core/errors.h"
#include "emit/draw.h"
#include "format/codecs.h"
#include "ingest/ingest.h"
#include "judge/judge.h"
#include "perceive/torch/torch_perceiver.h"
#include "perceive/warp.h"
#include "run/divide.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string path, role, out, models, policy, catalogue, sites, lang;
  bool json = false;
};

// The drawn pictures of one run, in one folder, under names that say where they come from.
class Gallery {
 public:
  Gallery(std::string folder, bool chinese) : folder_(std::move(folder)), chinese_(chinese) {}
  bool wanted() const { return !folder_.empty(); }

  Image draw(const Looked& looked, const Verdict* verdict, int index,
             const std::vector<WayPoint>& way = {}) const {
    std::vector<Image> plates;
    for (const PlateSeen& plate : looked.facts.plates)
      plates.push_back(warp_plate(looked.image, plate.corners, plate.rows));
    return draw_panel(looked.image, looked.facts, plates, verdict, index, chinese_, way);
  }
  void save(const std::string& name, const Image& image, std::ostream& said) const {
    fs::create_directories(folder_);
    const fs::path path = fs::path(folder_) / (name + ".inspect.png");
    write_png(path, image);
    said << path.string() << '\n';
  }

 private:
  std::string folder_;
  bool chinese_;
};

bool is_picture(const fs::path& path) {
  std::string ext = path.extension().string();
  std::transform(ext.begin(), ext.end(), ext.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view kKnown[] = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"};
  return std::find(std::begin(kKnown), std::end(kKnown), ext) != std::end(kKnown);
}

// A case folder, or a folder of case folders: anything with records and no pictures of its own.
bool holds_cases(const fs::path& path) {
  if (!fs::is_directory(path)) return false;
  if (fs::exists(path / "record.json")) return true;
  bool pictures = false, folders = false;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    pictures = pictures || (entry.is_regular_file() && is_picture(entry.path()));
    folders = folders || entry.is_directory();
  }
  return folders && !pictures;
}

std::vector<PictureRef> pictures_of(const fs::path& path, Role role) {
  if (fs::is_regular_file(path)) return {{path.filename().string(), path, role, {}}};
  std::vector<PictureRef> pictures;
  for (const fs::directory_entry& entry : fs::directory_iterator(path))
    if (entry.is_regular_file() && is_picture(entry.path()))
      pictures.push_back({entry.path().filename().string(), entry.path(), role, {}});
  std::sort(pictures.begin(), pictures.end(),
            [](const auto& a, const auto& b) { return a.file < b.file; });
  if (pictures.empty())
    throw UsageError(path.string() +
                     ": holds no picture and no record.json; give a picture, a case folder or a "
                     "folder of pictures");
  return pictures;
}

int inspect_pictures(const Options& options, Perceiver& perceiver, const Gallery& gallery,
                     Streams& streams) {
  const Role role =
      options.role.empty() ? Role::panel : role_named(options.role).value_or(Role::panel);
  bool all_read = true;
  for (const PictureRef& picture : pictures_of(options.path, role)) {
    const std::vector<Looked> panels = panels_of(look_at(picture, Needs{}, perceiver));
    for (std::size_t i = 0; i < panels.size(); ++i) {
      const Looked& looked = panels[i];
      all_read = all_read && !looked.facts.failure;
      if (options.json)
        streams.out << write_json(inspected(looked.facts)) << '\n';
      else
        streams.out << panel_table(looked.facts, speaks_chinese(options.lang));
      const std::string number = panels.size() > 1 ? "-" + std::to_string(i + 1) : "";
      if (gallery.wanted() && !looked.image.empty())
        gallery.save(picture.path.stem().string() + number, gallery.draw(looked, nullptr, 0),
                     streams.err);
    }
  }
  return all_read ? kDone : kUnprocessed;
}

// The folder of the case: ids never become file names.
std::string name_of_case(const Case& c, const fs::path& path) {
  const fs::path folder = c.source == "." ? fs::weakly_canonical(path) : fs::path(c.source);
  return folder.filename().string();
}

// Judges a case by itself: duplicates in other cases are not looked for.
int inspect_case(const Case& c, const Options& options, Perceiver& perceiver,
                 const Gallery& gallery, Streams& streams) {
  const Catalogue catalogue = load_catalogue(options.catalogue);
  const Policy policy = load_policy(options.policy, catalogue);
  const bool chinese = speaks_chinese(options.lang);
  std::vector<Looked> wholes, looked;
  for (const PictureRef& picture : c.pictures) {
    wholes.push_back(look_at(picture, needs_of(c, catalogue), perceiver));
    sketch(wholes.back());
  }
  trace_closeups(wholes);
  Value pictures{Value::Array{}};
  for (Looked& whole : wholes) {
    pictures.push(to_value(whole.facts));
    for (Looked& panel : panels_of(std::move(whole))) looked.push_back(std::move(panel));
  }
  // As review judges them.
  const Divided seen = divided(c, facts_from(Value().set("panels", std::move(pictures))));
  const Facts& facts = seen.facts;
  const SiteIndex sites = load_sites(options.sites);
  const SiteInUse site = site_for(seen.c, facts, sites);
  const Verdict verdict = judge(seen.c, facts, EventIndex{}, catalogue, policy, {}, site);
  if (!site.note.empty()) streams.err << c.id << ": " << site.note << '\n';
  for (const PanelFacts& panel : facts.panels) {
    if (options.json)
      streams.out << write_json(inspected(panel).set("case_id", c.id)) << '\n';
    else
      streams.out << panel_table(panel, chinese);
  }
  if (options.json)
    streams.out << write_json(Value().set("case_id", c.id).set("judged", to_value(verdict)))
                << '\n';
  else
    streams.out << c.id << '\n' << verdict_table(verdict, chinese);
  if (gallery.wanted()) {
    const std::vector<WayPoint> way = way_of_target(facts, verdict.target);
    std::vector<Image> drawn;
    for (std::size_t i = 0; i < looked.size(); ++i)
      drawn.push_back(gallery.draw(looked[i], &verdict, static_cast<int>(i), way));
    if (!drawn.empty()) {
      const std::string headline =
          c.id + "  " + std::string(chinese ? zh_of(verdict.decision) : name_of(verdict.decision));
      gallery.save(name_of_case(c, options.path), draw_case(drawn, {headline}, &verdict, chinese),
                   streams.err);
    }
  }
  return c.problems.empty() ? kDone : kUnprocessed;
}

int run(const Options& options, Streams& streams) {
  const auto perceiver = make_torch_perceiver(read_model_cards(models_dir(options.models)));
  // JSON is for machines: pictures only when a folder for them is named.
  const std::string folder = options.out.empty() && !options.json ? "inspect" : options.out;
  const Gallery gallery(folder, speaks_chinese(options.lang));
  if (!holds_cases(options.path)) return inspect_pictures(options, *perceiver, gallery, streams);
  int code = kDone;
  for (const Case& c : ingest(options.path).cases)
    code = std::max(code, inspect_case(c, options, *perceiver, gallery, streams));
  return code;
}

}  // namespace

RunCommand declare_inspect(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("path", options->path,
                 "A picture, a folder of pictures, or a folder with one or more cases")
      ->required()
      ->check(CLI::ExistingPath);
  app.add_option("--role", options->role,
                 "What pictures without a record are: panel (default), closeup or composite")
      ->check(CLI::IsMember({"panel", "closeup", "composite"}));
  app.add_flag("--json", options->json, "One JSON object a picture, with every fact");
  app.add_option("-o,--out", options->out,
                 "Folder for annotated PNG (default: inspect; none with --json)");
  app.add_option("--models", options->models, "The models folder");
  app.add_option("--policy", options->policy, "A policy of your own (TOML)")
      ->check(CLI::ExistingFile);
  app.add_option("--catalogue", options->catalogue, "A catalogue of your own (TOML)")
      ->check(CLI::ExistingFile);
  app.add_option("--sites", options->sites, "A folder of site profiles (TOML)")
      ->check(CLI::ExistingDirectory);
  app.add_option("--lang", options->lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
