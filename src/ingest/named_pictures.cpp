// SPDX-License-Identifier: Apache-2.0
#include "ingest/named_pictures.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "ingest/assemble.h"
#include "ingest/fields.h"
#include "ingest/ids.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr int kHighestNumber = 64;
constexpr std::size_t kMostReasons = 6;

// Of the picture in its case; nothing for a word or a number that no case has.
std::optional<int> number_in(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number >= 0 && number <= kHighestNumber ? std::optional(number) : std::nullopt;
}

std::optional<Role> role_of(const NameTemplate& t, const std::string& number) {
  const auto value = number_in(number);
  const auto found = t.roles.find(value ? std::to_string(*value) : number);
  return found == t.roles.end() ? t.role : std::optional(found->second);
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

using Key = std::tuple<const NameTemplate*, fs::path, std::string>;
using Found = std::vector<const NamedPicture*>;

bool number_before(const NamedPicture* a, const NamedPicture* b) {
  const auto order = [](const NamedPicture* p) {
    return std::pair(number_in(p->parsed.number).value_or(kHighestNumber + 1), p->file);
  };
  return order(a) < order(b);
}

// Puts the pictures of one case in order, and those that lack between them.
NamedCase case_of(const Key& key, Found found, int first) {
  std::sort(found.begin(), found.end(), number_before);
  NamedCase c{std::get<0>(key), std::get<1>(key), std::get<2>(key), {}, {}};
  const NamedPicture& one = *found.front();
  const auto miss = [&](int from, int to) {
    for (int number = from; number < to; ++number)
      c.pictures.push_back({nullptr,
                            one.parsed.before + padded(number, one.parsed.number.size()) +
                                one.parsed.after + to_utf8(one.path.extension().string()),
                            number});
  };
  int next = first;
  const int wanted = first + c.by->pictures;
  for (const NamedPicture* picture : found) {
    const auto number = number_in(picture->parsed.number);
    if (number && *number < next && *number >= first) c.repeated.push_back(*number);
    miss(next, number.value_or(next));
    if (number) next = std::max(next, *number + 1);
    c.pictures.push_back(
        {picture, picture->path.lexically_relative(c.base).string(), number.value_or(-1)});
  }
  if (c.by->pattern.holds("number")) miss(next, wanted);
  return c;
}

class RecordOfName {
 public:
  explicit RecordOfName(const NameTemplate& by) : by_(by) {}

  ReadRecord read(const ParsedName& parsed) {
    for (const auto& [word, value] : parsed.items) {
      const std::string field = *field_of_word(word);
      if (!field.empty() && field_named(field) != Field::time)
        set(field, meaning(word, field, value));
    }
    set("time", parsed.time);
    for (const auto& [name, value] : *by_.record.as_object())
      if (!known_.contains(field_named(*field_of_word(name))))
        fields_.set(*field_of_word(name), value);
    return read_record(fields_);
  }

 private:
  std::string meaning(const std::string& word, const std::string& field,
                      const std::string& value) const {
    if (const auto words = by_.values.find(word); words != by_.values.end())
      if (const auto found = words->second.find(value); found != words->second.end())
        return found->second;
    const auto& unread = by_.unread;
    const bool no_plate = field_named(field) == Field::plate &&
                          std::find(unread.begin(), unread.end(), plate_of(value)) != unread.end();
    return no_plate ? "未识别" : value;
  }
  void set(const std::string& field, std::string value) {
    if (value.empty()) return;
    known_.insert(field_named(field));
    fields_.set(field, std::move(value));
  }

  const NameTemplate& by_;
  std::set<Field> known_;
  Value fields_{Value::Object{}};
};

Case read_case(const NamedCase& named, const Root& root) {
  ReadRecord record = RecordOfName(*named.by).read(named.first().parsed);
  record.pictures.emplace();
  for (const NamedCase::Picture& picture : named.pictures) {
    const std::string number =
        picture.found ? picture.found->parsed.number : std::to_string(picture.number);
    record.pictures->push_back({picture.file, role_of(*named.by, number), {}});
  }
  // Not from the list of pictures: those that come late belong to the same case.
  if (record.id.empty())
    record.id = made_id(record.record, {named.shared}, root.name_of(named.base));
  for (const int number : named.repeated)
    record.notes.push_back("picture number " + std::to_string(number) + " stands more than once");
  return assemble(std::move(record), named.base, root, named.first().file);
}

}  // namespace

std::string device_in(const ParsedName& parsed) {
  for (const auto& [word, value] : parsed.items)
    if (field_named(*field_of_word(word)) == Field::device_id) return value;
  return "";
}

std::size_t NamedCase::missing() const {
  return static_cast<std::size_t>(std::count_if(
      pictures.begin(), pictures.end(), [](const Picture& picture) { return !picture.found; }));
}

const NamedPicture& NamedCase::first() const {
  return *std::find_if(pictures.begin(), pictures.end(), [](const Picture& picture) {
            return picture.found != nullptr;
          })->found;
}

bool NamedPictures::meant_for(const std::string& folder) const {
  return std::any_of(templates_.begin(), templates_.end(),
                     [&](const NameTemplate& t) { return folder_like(t.folder, folder); });
}

// Why the template does not read the picture, "" when it does.
std::string NamedPictures::read(NamedPicture& picture, const fs::path& relative,
                                const NameTemplate& by) const {
  std::vector<std::string> parts;
  for (const fs::path& part : relative) parts.push_back(part.string());
  parts.back() = relative.stem().string();
  const auto folders = static_cast<std::size_t>(by.pattern.folders());
  if (parts.size() <= folders) return "lies in fewer folders than the template reads";
  std::string name;
  for (std::size_t i = parts.size() - folders - 1; i < parts.size(); ++i)
    name += (name.empty() ? "" : "/") + parts[i];
  Result<ParsedName> parsed =
      by.pattern.parse(by.encoding ? decoded(name, *by.encoding).utf8 : to_utf8(name));
  if (!parsed) return parsed.problem().detail;
  const std::string& number = parsed.value().number;
  if (!number.empty() && !number_in(number) && !by.roles.contains(number))
    return "{number} is no picture number";
  if (!by.device.empty() && !like(by.device, device_in(parsed.value())))
    return "is of another device";
  picture.base = picture.path.parent_path();
  for (std::size_t i = 0; i < folders; ++i) picture.base = picture.base.parent_path();
  picture.parsed = std::move(parsed).value();
  picture.by = &by;
  return "";
}

void NamedPictures::add(const fs::path& path, const fs::path& relative) {
  NamedPicture picture{path, to_utf8(relative.string()), nullptr, {}, {}, {}};
  const std::string above = to_utf8(relative.parent_path().string());
  const std::string folder = above.empty() ? "." : above;
  std::size_t tried = 0;
  for (const NameTemplate& by : templates_) {
    if (!folder_like(by.folder, folder)) continue;
    const std::string why = read(picture, relative, by);
    if (picture.by) break;
    if (++tried <= kMostReasons)
      picture.why +=
          (picture.why.empty() ? "" : "; ") + (templates_.size() > 1 ? by.name + ": " + why : why);
  }
  if (picture.by)
    picture.why.clear();
  else if (tried == 0)
    picture.why = "no template is meant for its folder";
  pictures_.push_back(std::move(picture));
}

std::vector<NamedCase> NamedPictures::grouped() const {
  std::map<Key, Found> groups;
  std::set<const NameTemplate*> from_zero;
  for (const NamedPicture& picture : pictures_) {
    if (!picture.by) continue;
    const ParsedName& parsed = picture.parsed;
    const bool numbered = picture.by->pattern.holds("number");
    const std::string shared =  // without a number each file is a case of its own
        numbered ? parsed.shared()
                 : to_utf8(picture.path.lexically_relative(picture.base).string());
    groups[{picture.by, picture.base, shared}].push_back(&picture);
    if (number_in(parsed.number) == 0) from_zero.insert(picture.by);
  }
  std::vector<NamedCase> cases;
  for (auto& [key, found] : groups)
    cases.push_back(case_of(key, std::move(found), from_zero.contains(std::get<0>(key)) ? 0 : 1));
  return cases;
}

std::vector<Case> cases_of_names(const NamedPictures& named, const Root& root) {
  std::vector<Case> cases;
  for (const NamedCase& c : named.grouped()) cases.push_back(read_case(c, root));
  for (const NamedPicture& picture : named.pictures())
    if (!picture.by)
      cases.push_back(
          without_record({"name_unparsable", "", picture.why}, {picture.path}, root, picture.file));
  return cases;
}

}  // namespace vioreview
