// SPDX-License-Identifier: Apache-2.0
#include "cli/site_profile.h"

#include <chrono>
#include <filesystem>

#include "cli/configuration.h"
#include "core/errors.h"
#include "emit/durable_file.h"
#include "format/site_codec.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// Sees nothing: size and fingerprint are of the picture itself.
class Blind : public Perceiver {
 public:
  void perceive(const Image&, const Needs&, PanelFacts&) override {}
};

Looked decoded(const PictureRef& picture) {
  Blind blind;
  return look_at(picture, Needs{}, blind);
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

Time now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

Looked decoded_picture(const std::string& file) {
  Looked looked = decoded({fs::path(file).filename().string(), file, Role::panel, {}});
  if (looked.facts.failure) throw IoError(file + ": " + looked.facts.failure->detail);
  return looked;
}

PanelFacts decoded_facts(const PictureRef& picture) {
  return decoded(picture).facts;
}

Site drawn_site(const SiteHead& head, const std::string& geometry, const PanelFacts& panel) {
  // A file made for one picture may name its size and device itself.
  std::string text;
  const bool whole =
      geometry.starts_with("device_id") || geometry.find("\ndevice_id") != std::string::npos;
  if (!whole) {
    if (head.device_id.empty()) throw UsageError("sites draw: name the device with --device");
    text = "device_id = " + quoted(head.device_id) + "\npicture = [" + std::to_string(panel.width) +
           ", " + std::to_string(panel.height) + "]\n";
  }
  Site site = site_from_toml(text + geometry, "the drawing");
  if (site.width != panel.width || site.height != panel.height)
    throw UsageError("the drawing is for pictures of " + std::to_string(site.width) + " x " +
                     std::to_string(site.height) + ", the picture has " +
                     std::to_string(panel.width) + " x " + std::to_string(panel.height));
  if (!head.device_id.empty()) site.device_id = head.device_id;
  if (!whole || head.view != "1") site.view = head.view;
  if (!head.place.empty()) site.place = head.place;
  if (!head.direction.empty()) site.direction = head.direction;
  site.confirmed_by.clear();
  site.confirmed_at.reset();
  site.print = panel.print;
  return site;
}

void write_profile(const std::string& file, const Site& site, bool replace) {
  if (fs::exists(file)) {
    const Site there = site_from_toml(read_text_file(file), file);
    if (there.confirmed())
      throw UsageError(file + ": is confirmed by " + there.confirmed_by +
                       "; remove it first, or name another file and view");
    if (!replace) throw UsageError(file + ": is there; say --replace to write over it");
  }
  write_text(file, site_to_toml(site));
}

void write_text(const std::string& file, std::string_view text) {
  const fs::path path = fs::absolute(file);
  make_folders(path.parent_path());
  write_durable(path, text);
}

std::string confirmed_text(const std::string& text, const std::string& file, const std::string& by,
                           const std::string& at) {
  const Site site = site_from_toml(text, file);
  if (site.confirmed()) throw UsageError(file + ": is confirmed by " + site.confirmed_by);
  if (site.print.empty() && !(site.road == Road{}))
    throw UsageError(file + ": has no fingerprint of its view; make it with vioreview sites draw");
  const auto time = at.empty() ? std::optional(now()) : parse_time(at);
  if (!time) throw UsageError("--at " + at + ": is no time; write 2026-03-14T08:25");
  const std::string block =
      "[confirmed]\nby = " + quoted(by) + "\nat = " + quoted(format_time(*time)) + "\n\n";
  const std::size_t table = text.starts_with("[") ? 0 : text.find("\n[");
  const std::string result = table == std::string::npos
                                 ? text + "\n" + block
                                 : text.substr(0, table + (table == 0 ? 0 : 1)) + block +
                                       text.substr(table + (table == 0 ? 0 : 1));
  if (!site_from_toml(result, file).confirmed()) throw UsageError("--by: name somebody");
  return result;
}

}  // namespace vioreview
