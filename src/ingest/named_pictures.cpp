// SPDX-License-Identifier: Apache-2.0
#include "ingest/named_pictures.h"

#include <algorithm>
#include <charconv>

#include "core/errors.h"
#include "ingest/fields.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostReasons = 3, kLargestInbox = 1U << 20;

std::string folder_above(const std::string& folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == std::string::npos ? "." : folder.substr(0, slash);
}

// "." for the folder itself.
std::string below(const std::string& folder, const std::string& above) {
  if (above == ".") return folder;
  return folder == above ? "." : folder.substr(above.size() + 1);
}

// Why the template does not read the picture at `relative`, "" when it does.
std::string read_by(const NameTemplate& by, const fs::path& relative, bool utf8,
                    NamedPicture& picture) {
  std::vector<std::string> parts;
  for (const fs::path& part : relative) parts.push_back(part.string());
  parts.back() = relative.stem().string();
  const auto folders = static_cast<std::size_t>(by.pattern.folders());
  if (parts.size() <= folders) return "lies in fewer folders than the template reads";
  std::string name;
  for (std::size_t i = parts.size() - folders - 1; i < parts.size(); ++i)
    name += (name.empty() ? "" : "/") + parts[i];
  const bool known = by.encoding && !utf8;
  Result<ParsedName> parsed =
      by.pattern.parse(known ? decoded(name, *by.encoding).utf8 : to_utf8(name));
  if (!parsed) return parsed.problem().detail;
  const std::string& number = parsed.value().number;
  if (!number.empty() && !picture_number(number) && !by.roles.contains(number))
    return "{number} is no picture number (0 to " + std::to_string(kHighestNumber) + ")";
  NamedPicture read = picture;
  read.by = &by;
  read.parsed = std::move(parsed).value();
  read.base = picture.path.parent_path();
  for (std::size_t i = 0; i < folders; ++i) read.base = read.base.parent_path();
  if (!by.device.empty() && !like(by.device, device_of(read))) return "is of another device";
  picture = std::move(read);
  return "";
}

}  // namespace

std::optional<int> picture_number(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number >= 0 && number <= kHighestNumber ? std::optional(number) : std::nullopt;
}

std::string device_of(const NamedPicture& picture) {
  for (const auto& [word, value] : picture.parsed.items)
    if (field_named(*field_of_word(word)) == Field::device_id) return value;
  if (picture.by)
    for (const auto& [name, value] : *picture.by->record.as_object())
      if (field_named(*field_of_word(name)) == Field::device_id && value.as_string())
        return *value.as_string();
  return "";
}

NamedPictures::NamedPictures(const std::string& given, int pictures) : given_(!given.empty()) {
  if (given_)
    add_scope(".", templates_given(given, pictures));
  else if (pictures > 0)
    throw UsageError(
        "--pictures says how many pictures the cases of a --template have: give one, "
        "or write pictures = " +
        std::to_string(pictures) + " into inbox.toml");
}

void NamedPictures::add_scope(const std::string& folder, std::vector<NameTemplate> templates) {
  for (NameTemplate& t : templates) t.place = templates_++;
  scopes_[folder].templates = std::move(templates);
}

void NamedPictures::look_for_inbox(const fs::path& folder, const Listing& listing,
                                   const Root& root) {
  const auto file =
      std::find_if(listing.others.begin(), listing.others.end(),
                   [](const fs::path& path) { return path.filename() == kInboxFile; });
  if (given_ || file == listing.others.end()) return;
  const std::string name = root.name_of(folder);
  try {
    const Result<std::string> text = root.read(*file, kLargestInbox);
    if (!text) throw ConfigError(root.name_of(*file) + ": " + text.problem().detail);
    add_scope(name, templates_of_text(text.value(), root.name_of(*file)));
  } catch (const ConfigError& error) {
    if (name == ".") throw ConfigError((root.path() / "").string() + error.what());
    scopes_[name].broken = error.what();
  }
}

std::vector<const NameTemplate*> NamedPictures::meant(const std::string& folder,
                                                      std::string& broken) const {
  std::vector<const NameTemplate*> found;
  for (std::string at = folder;; at = folder_above(at)) {
    if (const auto scope = scopes_.find(at); scope != scopes_.end()) {
      if (found.empty()) broken = scope->second.broken;
      if (!scope->second.broken.empty()) return found;
      for (const NameTemplate& t : scope->second.templates)
        if (folder_like(t.folder, below(folder, at))) found.push_back(&t);
    }
    if (at == ".") return found;
  }
}

bool NamedPictures::meant_for(const std::string& folder) const {
  std::string broken;
  return !meant(folder, broken).empty() || !broken.empty();
}

void NamedPictures::add(const fs::path& picture, const Root& root) {
  add({picture, root.name_of(picture), nullptr, {}, {}, {}},
      picture.lexically_relative(root.path()), root.is_archive());
}

void NamedPictures::add(const std::string& name) {
  add({name, name, nullptr, {}, {}, {}}, name, true);
}

void NamedPictures::add(NamedPicture picture, const fs::path& relative, bool utf8) {
  std::string broken;
  std::size_t tried = 0;
  const auto templates = meant(folder_above(picture.file), broken);
  for (const NameTemplate* by : templates) {
    const std::string why = read_by(*by, relative, utf8, picture);
    if (picture.by) break;
    if (++tried <= kMostReasons)
      picture.why +=
          (picture.why.empty() ? "" : "; ") + (templates.size() > 1 ? by->name + ": " + why : why);
  }
  if (picture.by)
    picture.why.clear();
  else if (tried == 0)
    picture.why = !broken.empty()   ? broken
                  : templates_ == 0 ? "no template is given"
                                    : "no template is meant for its folder";
  else if (tried > kMostReasons)
    picture.why += "; nor do " + std::to_string(tried - kMostReasons) + " more templates read it";
  pictures_.push_back(std::move(picture));
}

}  // namespace vioreview
