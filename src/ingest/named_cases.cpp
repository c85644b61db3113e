// SPDX-License-Identifier: Apache-2.0
// Which named pictures are one case, and the case that they make.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "ingest/assemble.h"
#include "ingest/fields.h"
#include "ingest/ids.h"
#include "ingest/named_pictures.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

std::optional<Role> role_of(const NameTemplate& t, const std::string& number) {
  const auto value = picture_number(number);
  const auto found = t.roles.find(value ? std::to_string(*value) : number);
  return found == t.roles.end() ? t.role : std::optional(found->second);
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

// Template, folder, shared name.
using Key = std::tuple<std::size_t, std::string, std::string>;
using Found = std::vector<const NamedPicture*>;

bool number_before(const NamedPicture* a, const NamedPicture* b) {
  const auto order = [](const NamedPicture* p) {
    return std::tuple(picture_number(p->parsed.number).value_or(kHighestNumber + 1), p->file,
                      p->path.native());
  };
  return order(a) < order(b);
}

// Puts the pictures of one case in order, and those that lack between them.
NamedCase case_of(const std::string& shared, Found found, int first) {
  std::sort(found.begin(), found.end(), number_before);
  const NamedPicture& one = *found.front();
  NamedCase c{one.by, one.base, shared, {}, {}};
  const std::size_t width = std::min<std::size_t>(one.parsed.number.size(), 4);
  const auto miss = [&](int from, int to) {
    for (int number = from; number < to; ++number)
      c.pictures.push_back({nullptr,
                            one.parsed.before + padded(number, width) + one.parsed.after +
                                to_utf8(one.path.extension().string()),
                            number});
  };
  int next = first;
  const int wanted = first + c.by->pictures;
  for (const NamedPicture* picture : found) {
    const auto number = picture_number(picture->parsed.number);
    if (number && *number < next && (c.repeated.empty() || c.repeated.back() != *number))
      c.repeated.push_back(*number);
    miss(next, number.value_or(next));
    if (number) next = std::max(next, *number + 1);
    c.pictures.push_back(
        {picture, picture->path.lexically_relative(c.base).string(), number.value_or(-1)});
  }
  if (c.by->pattern.holds("number")) miss(next, wanted);
  std::stable_sort(c.pictures.begin(), c.pictures.end(), [](const auto& a, const auto& b) {
    const auto order = [](int number) { return number < 0 ? kHighestNumber + 1 : number; };
    return order(a.number) < order(b.number);
  });
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
    record.pictures->back().absent = !picture.found;
  }
  // Not from the list of pictures: those that come late belong to the same case.
  if (record.id.empty())
    record.id = made_id(record.record, {named.shared}, root.name_of(named.base));
  for (const int number : named.repeated)
    record.notes.push_back("picture number " + std::to_string(number) + " stands more than once");
  return assemble(std::move(record), named.base, root, named.first().file);
}

}  // namespace

std::size_t NamedCase::found() const {
  return static_cast<std::size_t>(std::count_if(
      pictures.begin(), pictures.end(), [](const Picture& picture) { return picture.found; }));
}

const NamedPicture& NamedCase::first() const {
  return *std::find_if(pictures.begin(), pictures.end(), [](const Picture& picture) {
            return picture.found != nullptr;
          })->found;
}

std::vector<NamedCase> NamedPictures::grouped() const {
  std::map<Key, Found> groups;
  std::set<const NameTemplate*> from_zero;
  for (const NamedPicture& picture : pictures_) {
    if (!picture.by) continue;
    const bool numbered = picture.by->pattern.holds("number");
    const std::string shared =  // without a number each file is a case of its own
        numbered ? picture.parsed.shared()
                 : to_utf8(picture.path.lexically_relative(picture.base).string());
    groups[{picture.by->place, picture.base.native(), shared}].push_back(&picture);
    if (picture_number(picture.parsed.number) == 0) from_zero.insert(picture.by);
  }
  std::vector<NamedCase> cases;
  for (auto& [key, found] : groups) {
    const int first = from_zero.contains(found.front()->by) ? 0 : 1;
    cases.push_back(case_of(std::get<2>(key), std::move(found), first));
  }
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
