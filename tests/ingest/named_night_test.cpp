// SPDX-License-Identifier: Apache-2.0
// A night of 2,000 pictures named by five templates, some of them spoiled, against the same night
// given as case folders.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/batches.h"
#include "ingest/name_report.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

constexpr int kPictures = 2000, kSpoiledEvery = 20;

constexpr const char* kInbox = R"(
[[template]]
folder = "north"
pattern = "{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}"
pictures = 3

[[template]]
folder = "east"
pattern = "{date}/{device}/{clock}_{lane}_{plate}_{number}"
pictures = 3

[[template]]
folder = "south"
pattern = "{device}_{time:yyyy-MM-dd_HH-mm-ss}_{plate}_{plate_color}_{direction}_{sequence}_{number}"
encoding = "gbk"
pictures = 2

[[template]]
folder = "west"
pattern = "{device}@{time}@{plate}@{code}@{speed}-{limit}@{sequence:4}"

[[template]]
folder = "yard"
pattern = "{time:unix_ms}-{sequence}-{number}-{lane}"
record = { device_id = "YARD-1", place = "货场出口" }
pictures = 3
)";

std::string digits(int number, int width) {
  std::string text = std::to_string(number);
  return std::string(static_cast<std::size_t>(width) - text.size(), '0') + text;
}

// One event: what a record.json would say, and the names of its pictures.
struct Event {
  std::string fields, device, second;
  std::vector<std::string> names;
  bool composite = false;
};

// Events of one kind lie seven seconds apart, but every 25th falls into the second of the one
// before.
struct Clock {
  explicit Clock(int i) : second(i % 25 == 24 ? i - 1 : i) { second *= 7; }
  std::string hour() const { return digits(second / 3600, 2); }
  std::string minute() const { return digits(second / 60 % 60, 2); }
  std::string sec() const { return digits(second % 60, 2); }
  std::string iso() const { return "2026-03-14T" + hour() + ":" + minute() + ":" + sec(); }
  std::string compact() const { return "20260314" + hour() + minute() + sec(); }
  int second;
};

Event event_of(int kind, int i) {
  const Clock clock(i);
  const std::string sequence = digits(i, 4), plate = "豫A" + digits(12000 + i, 5);
  const std::string read = i % 10 == 3 ? "未识别" : plate;
  Event event;
  event.second = clock.iso();
  const auto names = [&](int count, const auto& name) {
    for (int k = 1; k <= count; ++k) event.names.push_back(name(std::to_string(k)));
  };
  event.fields = R"("time":")" + clock.iso() + "\"";
  switch (kind) {
    case 0:
      event.device = "530502000000012345";
      names(3, [&](const std::string& k) {
        return "north/" + event.device + clock.compact() + sequence + "_" + k + ".jpg";
      });
      break;
    case 1:
      event.device = "E" + std::to_string(i % 3);
      event.fields += R"(,"lane":)" + std::to_string(1 + i % 4) + R"(,"plate":")" + plate + "\"";
      names(3, [&](const std::string& k) {
        return "east/20260314/" + event.device + "/" + clock.compact().substr(8) + "_" +
               std::to_string(1 + i % 4) + "_" + plate + "_" + k + ".jpg";
      });
      break;
    case 2:
      event.device = "S7";
      event.fields += R"(,"plate":")" + read + R"(","plate_color":"蓝","direction":"由南向北")";
      names(2, [&](const std::string& k) {
        return to_gb18030("south/S7_2026-03-14_" + clock.hour() + "-" + clock.minute() + "-" +
                          clock.sec() + "_" + read + "_蓝_由南向北_" + sequence + "_" + k + ".jpg");
      });
      break;
    case 3:
      event.device = "W" + std::to_string(i % 2);
      event.composite = true;
      event.fields += R"(,"plate":")" + read + R"(","violation":"1636","speed_kmh":)" +
                      std::to_string(75 + i % 20) + R"(,"limit_kmh":60)";
      event.names = {"west/" + event.device + "@" + clock.compact() + "@" + read + "@1636@" +
                     digits(75 + i % 20, 3) + "-60@" + sequence + ".jpg"};
      break;
    default:
      event.device = "YARD-1";
      event.fields += R"(,"lane":2,"place":"货场出口")";
      names(3, [&](const std::string& k) {  // 1773417600: 2026-03-14T00:00:00+08:00
        return "yard/" + std::to_string(1773417600LL + clock.second) + "000-" + sequence + "-" + k +
               "-2.jpg";
      });
  }
  event.fields = R"("device_id":")" + event.device + "\"," + event.fields;
  return event;
}

// A name that no template reads, in the same folder.
std::string spoiled(const std::string& name, int number) {
  const fs::path path = name;
  const std::string stem = path.stem().string(), id = std::to_string(number);
  const std::string bad[] = {"IMG_" + id, stem.substr(0, 4) + "x" + id, stem + " (" + id + ")",
                             stem + "_" + id};
  return (path.parent_path() / (bad[number % 4] + ".jpg")).string();
}

// What a case is but for the names of its files: pictures by their bytes.
std::string signature(const Case& c) {
  std::string text = write_json(to_value(c.record));
  for (const PictureRef& picture : c.pictures)
    text += "\n" + std::string(name_of(picture.role)) + " " +
            (picture.path.empty() ? "missing" : read_file(picture.path)) +
            (picture.time ? format_time(*picture.time) : "");
  for (const Problem& problem : c.problems) text += "\n" + problem.reason;
  for (const std::string& note : c.notes) text += "\n" + note;
  return text;
}

std::vector<std::string> only_in(const std::multiset<std::string>& one,
                                 const std::multiset<std::string>& other) {
  std::vector<std::string> rest;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(rest));
  if (rest.size() > 3) rest.resize(3);  // enough to see what is wrong
  return rest;
}

// The night twice on the disk, and what is true of it.
struct Night {
  TestDir tree, folders;
  std::size_t spoiled_names = 0, orphans = 0, missing = 0, events = 0;
  std::map<std::pair<std::string, std::string>, std::size_t> in_second;

  Night() {
    tree.write("inbox.toml", kInbox);
    constexpr int kEvents[] = {150, 150, 200, 0, 100};
    for (int kind = 0; kind < 5; ++kind)
      for (int i = 0; i < kEvents[kind]; ++i) add(event_of(kind, i), i % 40 == 17);
    for (int i = 0; pictures < kPictures; ++i) add(event_of(3, i), false);
  }

  // Of an orphan but the second picture never arrived.
  void add(const Event& event, bool orphan) {
    std::string listed;
    std::size_t good = 0;
    const std::string folder = "case-" + std::to_string(++made);
    for (std::size_t k = 0; k < event.names.size(); ++k) {
      // Names of its own: ids are made from them.
      const std::string file = std::to_string(made) + "-" + std::to_string(k + 1) + ".jpg";
      listed += (k > 0 ? "," : "") + (R"({"file":")" + file) + "\"" +
                (event.composite ? R"(,"role":"composite"})" : "}");
      if (orphan && k != 1) continue;
      const std::string bytes = "picture " + std::to_string(++pictures);
      if (pictures % kSpoiledEvery == 0) {
        const std::string name = spoiled(event.names[k], pictures / kSpoiledEvery);
        tree.write(name, bytes);
        all.push_back(to_utf8(name));
        unread.insert(bytes);
        ++spoiled_names;
        continue;
      }
      tree.write(event.names[k], bytes);
      sound.push_back(to_utf8(event.names[k]));
      all.push_back(sound.back());
      folders.write(fs::path(folder) / file, bytes);
      ++good;
    }
    if (good == 0) return;  // nothing of it says that there was an event
    folders.write(fs::path(folder) / "record.json",
                  "{" + event.fields + ",\"pictures\":[" + listed + "]}");
    ++events;
    ++in_second[{event.device, event.second}];
    missing += event.names.size() - good;
    orphans += event.names.size() > 1 && good == 1;
  }

  std::set<std::string> unread;
  std::vector<std::string> sound, all;  // names that a template fits, all names
  int pictures = 0, made = 0;
};

const Night& the_night() {
  static const Night night;
  return night;
}

TEST(NamedNight, CasesEqualThoseOfTheSameNightAsFolders) {
  const Night& night = the_night();
  std::multiset<std::string> named, recorded;
  std::set<std::string> unparsed;
  for (const Case& c : ingested(night.tree.path()).cases) {
    if (!c.problems.empty() && c.problems[0].reason == "name_unparsable")
      unparsed.insert(read_file(c.pictures.at(0).path));
    else
      named.insert(signature(c));
  }
  for (const Case& c : ingested(night.folders.path()).cases) recorded.insert(signature(c));
  EXPECT_EQ(recorded.size(), night.events);
  EXPECT_EQ(named.size(), recorded.size());
  EXPECT_THAT(only_in(named, recorded), IsEmpty());
  EXPECT_THAT(only_in(recorded, named), IsEmpty());
  EXPECT_EQ(unparsed, night.unread);
}

TEST(NamedNight, TheReportAccountsForEveryFile) {
  const Night& night = the_night();
  const NameReport report = report_names(night.tree.path(), "");
  EXPECT_EQ(night.spoiled_names, 100U);
  EXPECT_EQ(report.templates, 5U);
  EXPECT_EQ(report.files.size(), kPictures + 1U) << "and inbox.toml";
  EXPECT_EQ(report.count(FileFate::named), kPictures - night.spoiled_names);
  EXPECT_EQ(report.count(FileFate::unparsed), night.spoiled_names);
  EXPECT_EQ(report.count(FileFate::unread), 1U);
  EXPECT_EQ(report.cases, night.events + night.spoiled_names);
  EXPECT_EQ(report.missing.size(), night.missing);
  EXPECT_EQ(report.orphans.size(), night.orphans);
  EXPECT_GT(night.orphans, 10U);
  std::size_t collisions = 0;
  for (const auto& [second, events] : night.in_second) collisions += events > 1;
  EXPECT_GT(collisions, 10U);
  EXPECT_EQ(report.collisions.size(), collisions);
  for (const NameReport::File& file : report.files) {
    EXPECT_EQ(file.case_id.empty(), file.fate == FileFate::unread) << file.file;
    EXPECT_EQ(file.why.empty(), file.fate == FileFate::named) << file.file;
  }
}

TEST(NamedNight, TemplatesAreProposedFromAListingOfItsNames) {
  const TestDir dir;
  std::string names;
  for (const std::string& name : the_night().sound) names += name + "\n";
  const NameReport report = report_names(dir.write("names.txt", names), "");
  EXPECT_EQ(report.templates, 0U);
  EXPECT_EQ(report.count(FileFate::unparsed), the_night().sound.size());
  std::size_t fits = 0;
  std::vector<std::string> patterns;
  for (const NameProposal& proposal : report.proposals) {
    fits += proposal.fits;
    patterns.push_back(proposal.pattern);
    EXPECT_THAT(proposal.pattern, testing::ContainsRegex("[{](time|date)")) << "every name has one";
  }
  EXPECT_EQ(fits, the_night().sound.size());
  EXPECT_THAT(patterns, testing::Contains("{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}"));

  // Its spoiled names change none of them.
  names.clear();
  for (const std::string& name : the_night().all) names += name + "\n";
  std::vector<std::string> with_spoiled;
  for (const NameProposal& proposal : report_names(dir.write("all.txt", names), "").proposals)
    with_spoiled.push_back(proposal.pattern);
  for (const std::string& pattern : patterns) EXPECT_THAT(with_spoiled, testing::Contains(pattern));
}

}  // namespace
}  // namespace vioreview
