// SPDX-License-Identifier: Apache-2.0
// Name patterns, forms of times, inbox.toml, and which pictures become one case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/batches.h"
#include "ingest/name_proposal.h"
#include "ingest/name_report.h"
#include "ingest/named_pictures.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

ParsedName parsed(const std::string& pattern, const std::string& name) {
  const auto result = NamePattern(pattern).parse(name);
  EXPECT_TRUE(result.ok()) << name << ": " << (result.ok() ? "" : result.problem().detail);
  return result.ok() ? result.value() : ParsedName{};
}
std::string why_not(const std::string& pattern, const std::string& name) {
  const auto result = NamePattern(pattern).parse(name);
  if (result.ok()) return "fits";
  EXPECT_EQ(result.problem().reason, "name_unparsable");
  return result.problem().detail;
}
std::string wrong_pattern(const std::string& pattern) {
  try {
    const NamePattern taken(pattern);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(NamePattern, ReadsFixedWidths) {  // the name pattern of domain reference 7.2
  const ParsedName name = parsed("{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}",
                                 "530502000000012345202603140825310012_2");
  EXPECT_THAT(name.items,
              ElementsAre(Pair("device", "530502000000012345"), Pair("time", "20260314082531"),
                          Pair("sequence", "0012"), Pair("number", "2")));
  EXPECT_EQ(name.time, "2026-03-14T08:25:31.000");
  EXPECT_EQ(name.shared(), "530502000000012345202603140825310012_*");
}

TEST(NamePattern, ReadsUpToTheNextTextAndCountsCharactersNotBytes) {
  const ParsedName name =
      parsed("{place}-{plate:7}{color:1}-{lane}车道_{number}", "永昌路口-云M12345蓝-2车道_1");
  EXPECT_THAT(name.items, ElementsAre(Pair("place", "永昌路口"), Pair("plate", "云M12345"),
                                      Pair("color", "蓝"), Pair("lane", "2"), Pair("number", "1")));
}

TEST(NamePattern, AValueWithoutWidthTakesWhatTheOthersLeave) {
  const ParsedName name = parsed("{device}{time:yyyyMMddHHmmss}_{number}", "D7720260314082531_1");
  EXPECT_EQ(*name.find("device"), "D77");
  EXPECT_THAT(parsed("{device}__{lane}_{number}", "A___1").items,  // an unknown lane
              ElementsAre(Pair("device", "A"), Pair("lane", ""), Pair("number", "1")));
}

TEST(NamePattern, SaysWhereAndWhyANameDoesNotFit) {
  const std::string pattern = "{device:3}{time:yyyyMMddHHmmss}_{lane}_{number}";
  EXPECT_THAT(why_not(pattern, "D772026"), HasSubstr("ends before {time} is whole"));
  EXPECT_THAT(why_not(pattern, "D772026031408253x_2_1"), HasSubstr("{time} at character 4"));
  EXPECT_THAT(why_not(pattern, "D7720260230082531_2_1"), HasSubstr("no day or hour"));
  EXPECT_THAT(why_not(pattern, "D7720260314082531-2_1"), HasSubstr("no \"_\" at character 18"));
  EXPECT_THAT(why_not(pattern, "D7720260314082531_2"), HasSubstr("no \"_\" after {lane}"));
  EXPECT_THAT(why_not(pattern, "D7720260314082531_B_1"), HasSubstr("{lane} at character 19"));
  EXPECT_THAT(why_not(pattern, "D7720260314082531_2_"), HasSubstr("{number} at character 21"));
  EXPECT_THAT(why_not("{device}_{number}.x", "A_1.xy"), HasSubstr("goes on"));
}

TEST(NamePattern, ReadsTheFormsOfTimes) {
  const std::pair<const char*, const char*> kForms[] = {
      {"{time}", "20260314082531"},
      {"{time}", "2026-03-14 08.25.31"},
      {"{time}", "2026年03月14日08时25分31秒"},
      {"{time}", "1773447931"},  // date -u -d 2026-03-14T00:25:31Z +%s
      {"{time:unix_ms}", "1773447931000"},
      {"{time:yyMMddHHmmss}", "260314082531"},
      {"{time:dd.MM.yyyy HH-mm-ss}", "14.03.2026 08-25-31"},
      {"{date}/{clock}", "20260314/082531"},
      {"{date:yyyy-MM-dd}/{clock:HHmmssS}", "2026-03-14/0825310"},
  };
  for (const auto& [pattern, name] : kForms)
    EXPECT_EQ(parsed(pattern, name).time, "2026-03-14T08:25:31.000") << pattern << " " << name;
  EXPECT_EQ(parsed("{time}", "20260314082531120").time, "2026-03-14T08:25:31.120");
}

// A time that lacks a digit is none: neither milliseconds nor mended by what stands behind it.
TEST(NamePattern, DoesNotMendTimes) {
  for (const auto& [pattern, name] : {std::pair("{device}_{time}_{number}", "D_2026031408253_1"),
                                      std::pair("{device}_{time}", "D_2026031408253_1"),
                                      std::pair("{device}_{time}", "D_2-0260314082531")}) {
    const auto read = NamePattern(pattern).parse(name);
    ASSERT_FALSE(read.ok()) << pattern << " " << name;
    EXPECT_EQ(read.problem().reason, "name_unparsable");
  }
}

TEST(NamePattern, RefusesWhatCannotBeRead) {
  EXPECT_THAT(wrong_pattern("{devise}_{time}"), HasSubstr("did you mean {device}"));
  EXPECT_THAT(wrong_pattern("{device}{plate}"), HasSubstr("where {plate} starts"));
  EXPECT_THAT(wrong_pattern("{lane}_{lane}"), HasSubstr("twice"));
  EXPECT_THAT(wrong_pattern("{device}{time}"), HasSubstr("({time:yyyyMMddHHmmss})"));
  EXPECT_THAT(wrong_pattern("{device}{date}_{clock}"), HasSubstr("({date:yyyyMMdd})"));
  EXPECT_THAT(wrong_pattern("{device}{lane}"), HasSubstr("({lane:4})"));
  EXPECT_THAT(wrong_pattern("{lane"), HasSubstr("without its '}'"));
  EXPECT_THAT(wrong_pattern("lane}"), HasSubstr("without its '{'"));
  EXPECT_THAT(wrong_pattern("IMG"), HasSubstr("names no value"));
  EXPECT_THAT(wrong_pattern("{date}_{lane}"), HasSubstr("{clock} together"));
  EXPECT_THAT(wrong_pattern("{time:yyyyMMdd}"), HasSubstr("wants HH, mm"));
  EXPECT_THAT(wrong_pattern("{lane:two}"), HasSubstr("number of characters"));
  EXPECT_EQ(wrong_pattern("{ignored}_{ignored}_{plate:7}{lane}"), "accepted");
}

TEST(Inbox, GlobsAreForAFolderAndWhatIsInside) {
  EXPECT_TRUE(folder_like("*/5305*", "20260314/530502/a"));
  EXPECT_FALSE(folder_like("*/5305*", "20260314/4301"));
  EXPECT_FALSE(folder_like("*/5305*", "20260314"));
  EXPECT_TRUE(folder_like("", "."));
  EXPECT_TRUE(like("*_?.x*", "a_b_1.xy"));
  EXPECT_FALSE(like("a*b", "abc"));
}

TEST(Inbox, MistakesAreNamedWithFileAndLine) {
  const std::pair<const char*, const char*> kMistakes[] = {
      {"[[template]]\npattern = \"{lane\"\n", ":2: "},
      {"[[template]]\nname = \"north\"\n", "pattern is missing"},
      {"[[template]]\npattern = \"{number}\"\nfolde = \"x\"\n", "did you mean folder"},
      {"[[template]]\npattern = \"{number}\"\nrole = \"close\"\n", "role is panel, closeup"},
      {"[[template]]\npattern = \"{number}\"\nencoding = \"big5\"\n", "gbk or utf8"},
      {"[[template]]\npattern = \"{number}\"\npictures = 2.5\n", "pictures is a number"},
      {"[[template]]\npattern = \"{number}\"\nrecord = { plat = \"x\" }\n", "holds plat"},
      {"[[template]]\npattern = \"{number}\"\nrecord = { layout = \"2by2\" }\n",
       "the layout 2by2; give rows x columns"},
      {"[[template]]\npattern = \"{number}\"\nvalues = { lane = { A = \"1\" } }\n", "holds lane"},
      {"[template]\npattern = \"{number}\"\n", "[[template]]"},
  };
  for (const auto& [text, message] : kMistakes) {
    const TestDir dir;
    dir.write("inbox.toml", text);
    try {
      ingest(dir.path());
      ADD_FAILURE() << "accepted: " << text;
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), HasSubstr(message));
      EXPECT_THAT(error.what(), HasSubstr("inbox.toml:"));
    }
  }
  const TestDir dir;
  EXPECT_THROW(ingest(dir.path(), "no-such-file.toml"), UsageError);
  EXPECT_THROW(ingest(dir.path(), "{lane"), ConfigError);
}

TEST(NamedPictures, NamesThatAgreeInAllButTheNumberAreOneCase) {
  const TestDir dir;
  for (const char* name : {"D_20260314082531_1.jpg", "D_20260314082531_2.jpg",
                           "D_20260314082531_10.jpg", "D_20260314082532_1.jpg"})
    dir.write(name, name);
  const Batch batch = ingest(dir.path(), "{device}_{time}_{number}.jpg");
  ASSERT_EQ(batch.cases.size(), 2U);
  const Case& c = case_at(batch, "D_20260314082531_1.jpg");
  EXPECT_EQ(c.record.device_id, "D");
  EXPECT_EQ(format_time(c.record.times.at(0)), "2026-03-14T08:25:31.000");
  ASSERT_EQ(c.pictures.size(), 10U) << "3 to 9 are missing pictures";
  EXPECT_EQ(c.pictures[1].file, "D_20260314082531_2.jpg");
  EXPECT_EQ(c.pictures[2].file, "D_20260314082531_3.jpg");
  EXPECT_EQ(c.pictures[9].file, "D_20260314082531_10.jpg") << "numbers count, not letters";
  EXPECT_THAT(problems_of(c), testing::SizeIs(7));
  EXPECT_EQ(problems_of(c).front(), "picture_missing D_20260314082531_3.jpg");
}

TEST(NamedPictures, ACaseKeepsItsIdWhenAPictureComesLate) {
  const TestDir dir;
  dir.write("D_20260314082531_2.jpg", "two");
  const std::string before = ingest(dir.path(), "{device}_{time}_{number}").cases.at(0).id;
  dir.write("D_20260314082531_1.jpg", "one");
  dir.write("D_20260314082531_3.jpg", "three");
  EXPECT_EQ(ingest(dir.path(), "{device}_{time}_{number}").cases.at(0).id, before);
}

TEST(NamedPictures, TheFileSaysWhatANameCannot) {
  const TestDir dir;
  dir.write("inbox.toml",
            "[[template]]\nfolder = 'north'\npattern = '{plate}_{color}_{time}_{number}'\n"
            "unread = ['NOCAR']\npictures = 2\nroles = { 3 = 'closeup', T = 'driver' }\n"
            "record = { device_id = 'N1', limit_kmh = 60, layout = '2X2C' }\n"
            "values = { color = { 1 = 'blue' } }\n");
  dir.write("north/nocar_1_20260314082531_0.jpg", "0");
  dir.write("north/nocar_1_20260314082531_3.jpg", "3");
  dir.write("north/nocar_1_20260314082531_T.jpg", "T");
  dir.write("south/nocar_1_20260314082531_1.jpg", "x");
  const Batch batch = ingested(dir.path());
  const Case& c = case_at(batch, "north/nocar_1_20260314082531_0.jpg");
  EXPECT_EQ(c.record.plate, "");
  EXPECT_EQ(c.record.plate_color, PlateColor::blue);
  EXPECT_EQ(c.record.device_id, "N1");
  EXPECT_EQ(c.record.limit_kmh, 60);
  EXPECT_EQ(c.record.layout, "2x2c") << "in any case of letters";
  std::vector<Role> roles;
  for (const PictureRef& picture : c.pictures) roles.push_back(picture.role);
  EXPECT_THAT(roles,
              ElementsAre(Role::panel, Role::panel, Role::panel, Role::closeup, Role::driver))
      << "numbers from 0, so that 1 and 2 are missing";
  EXPECT_THAT(problems_of(case_at(batch, "south")), ElementsAre("record_missing "))
      << "no template is meant for this folder";
}

TEST(NamedPictures, OneFileACaseIsAComposite) {
  const TestDir dir;
  dir.write("20260314/D1/082531_2.jpg", "a");
  dir.write("20260314/D2/082531_2.jpg", "b");
  const Batch batch = ingest(dir.path(), "{date}/{device}/{clock}_{lane}");
  ASSERT_EQ(batch.cases.size(), 2U) << "the same name in two devices' folders";
  for (const Case& c : batch.cases) {
    EXPECT_EQ(c.pictures.at(0).role, Role::composite);
    EXPECT_EQ(c.record.lane, 2);
    EXPECT_THAT(c.problems, IsEmpty());
  }
}

TEST(NamedPictures, NothingIsDropped) {
  const TestDir dir;
  dir.write("D_20260314082531_1.jpg", "1");
  dir.write("D_20260314082531_1.png", "1 again");
  dir.write("strange.jpg", "x");
  dir.write("deep/strange.jpg", "y");
  dir.write("case/record.json", R"({"case_id":"c","pictures":["1.jpg"]})");
  dir.write("case/1.jpg", "z");
  const Batch batch = ingest(dir.path(), "{device}_{time}_{number}");
  ASSERT_EQ(batch.cases.size(), 4U);
  const Case& c = case_at(batch, "D_20260314082531_1.jpg");
  EXPECT_EQ(files_of(c).size(), 2U);
  EXPECT_THAT(c.notes, ElementsAre("picture number 1 stands more than once"));
  EXPECT_THAT(problems_of(case_at(batch, "strange.jpg")), ElementsAre("name_unparsable "));
  EXPECT_THAT(problems_of(case_at(batch, "deep/strange.jpg")), ElementsAre("name_unparsable "));
  EXPECT_THAT(problems_of(case_at(batch, "case")), IsEmpty());
}

TEST(NamedPictures, TheSameNightTwiceIsOneNight) {
  const TestDir dir;
  for (const char* folder : {"first/", "again/"})
    dir.write(std::string(folder) + "D_20260314082531_1.jpg", "same");
  const Batch batch = ingest(dir.path(), "{device}_{time}_{number}");
  EXPECT_EQ(batch.cases.size(), 1U);
  const NameReport report = report_names(dir.path(), "{device}_{time}_{number}");
  EXPECT_EQ(report.count(FileFate::named), 1U);
  EXPECT_EQ(report.count(FileFate::repeated), 1U);
}

TEST(NameReport, ReadsAListingWithoutOpeningAnything) {
  const TestDir dir;
  const auto listing = dir.write(
      "names.txt", "./D_20260314082531_1.jpg\r\nD_20260314082531_3.jpg\n\nnotes.md\nx.jpg\n");
  const NameReport report = report_names(listing, "{device}_{time}_{number}");
  EXPECT_EQ(report.files.size(), 4U);
  EXPECT_EQ(report.count(FileFate::named), 2U);
  EXPECT_EQ(report.count(FileFate::unparsed), 1U);
  EXPECT_EQ(report.count(FileFate::unread), 1U);
  EXPECT_THAT(report.missing, ElementsAre("D_20260314082531_2.jpg"));
}

// Names of `count` cases with three pictures each, built by `name(case, picture)`.
template <class Name>
std::vector<std::string> listed(int count, Name name) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i)
    for (int k = 1; k <= 3; ++k) names.push_back(name(i, std::to_string(k)));
  return names;
}
std::string two(int n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

TEST(Proposal, FindsWhatTheNamesHold) {
  const auto fixed = listed(20, [](int i, const std::string& k) {
    return "5305020000000123452026031408" + two(i) + "5900" + two(i) + "_" + k + ".jpg";
  });
  auto proposals = propose_templates(fixed);
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(proposals[0].pattern, "{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}");
  EXPECT_EQ(proposals[0].fits, 60U);

  const auto marked = listed(40, [](int i, const std::string& k) {
    return std::string("2026-03-14_08-") + two(i) + "-07_云M" + std::to_string(10000 + 7 * i) +
           "_" + std::to_string(1 + i % 3) + "_" + std::to_string(61 + i) + "_60_1636_" + k +
           ".jpg";
  });
  proposals = propose_templates(marked);
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(proposals[0].pattern,
            "{time:yyyy-MM-dd_HH-mm-ss}_{plate}_{lane}_{speed}_{limit}_{code}_{number}");

  const auto dated = listed(20, [](int i, const std::string& k) {
    return "20260314/D7/08" + two(i) + "07_" + k + ".jpg";
  });
  proposals = propose_templates(dated);
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(proposals[0].pattern, "{date}/{device}/{clock}_{number}");

  std::vector<std::string> both = fixed;
  both.insert(both.end(), dated.begin(), dated.end());
  both.push_back("IMG_1.jpg");
  proposals = propose_templates(both);
  EXPECT_EQ(proposals.size(), 2U) << "one for each build, none for a single name";
}

// samples/named holds pictures of samples/inbox under names that say what their records say.
TEST(Proposal, IsAllThatAListingWithoutATemplateIsFor) {
  const TestDir dir;
  const NameReport report = report_names(dir.write("names.txt", "a_1.jpg\nnotes.doc\n"), "");
  ASSERT_EQ(report.files.size(), 2U);
  EXPECT_EQ(report.files[0].why, "no template is given");
  EXPECT_EQ(report.files[1].why, "is no picture");
}

// One name with a day that is none must not turn the time of all others into a number.
TEST(Proposal, ComesFromMostOfTheNames) {
  std::vector<std::string> names;
  for (int second = 10; second < 50; ++second)
    for (const char* number : {"1", "2"})
      names.push_back("D1_202603140825" + std::to_string(second) + "_" + number + ".jpg");
  for (const char* spoiled : {"D1_20269914082531_1.jpg", "D1_2026031408253_1.jpg", "IMG_1.jpg"})
    names.emplace_back(spoiled);
  const auto proposals = propose_templates(names);
  ASSERT_FALSE(proposals.empty());
  EXPECT_EQ(proposals[0].pattern, "{device}_{time:yyyyMMddHHmmss}_{number}");
  EXPECT_EQ(proposals[0].fits, 80U);
}

TEST(Samples, NamedPicturesGiveTheCasesOfTheInbox) {
  const std::filesystem::path samples = std::filesystem::path(VIOREVIEW_SOURCE_DIR) / "samples";
  const Batch named = ingested(samples / "named"), inbox = ingested(samples / "inbox");
  const std::pair<const char*, const char*> kPairs[] = {
      {"20260725/724128988825846831/153736_1_湘F7938Q_2_1625_1.jpg", "rendered-01001"},
      {"checkpoint/340100000000010001202603140806100007@皖A28593@1636@078-060.jpg", "real-07"},
      {"checkpoint/340100000000010001202603140810100008@XXXXXXX@1636@078-060.jpg", "real-08"},
  };
  EXPECT_EQ(named.cases.size(), std::size(kPairs));
  for (const auto& [file, folder] : kPairs) {
    const Case &one = case_at(named, file), &other = case_at(inbox, folder);
    EXPECT_THAT(one.problems, IsEmpty());
    EXPECT_EQ(one.record.violation, other.record.violation) << folder;
    EXPECT_EQ(one.record.device_id, other.record.device_id) << folder;
    EXPECT_EQ(one.record.place, other.record.place) << folder;
    EXPECT_EQ(one.record.direction, other.record.direction) << folder;
    EXPECT_EQ(one.record.lane, other.record.lane) << folder;
    EXPECT_EQ(one.record.speed_kmh, other.record.speed_kmh) << folder;
    EXPECT_EQ(one.record.limit_kmh, other.record.limit_kmh) << folder;
    const bool unread = std::string_view(file).find("XXXXXXX") != std::string_view::npos;
    EXPECT_EQ(one.record.plate, unread ? "" : other.record.plate) << folder;
    EXPECT_EQ(one.notes.size(), unread ? 1U : 0U) << "that no plate was read";
    EXPECT_EQ(format_time(one.record.times.at(0)).substr(0, 19),
              format_time(other.record.times.at(0)).substr(0, 19));
    ASSERT_EQ(one.pictures.size(), other.pictures.size()) << folder;
    for (std::size_t i = 0; i < one.pictures.size(); ++i) {
      EXPECT_EQ(one.pictures[i].role, other.pictures[i].role) << one.pictures[i].file;
      EXPECT_EQ(read_file(one.pictures[i].path), read_file(other.pictures[i].path));
    }
  }
}

}  // namespace
}  // namespace vioreview
