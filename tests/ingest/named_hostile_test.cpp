// SPDX-License-Identifier: Apache-2.0
// Names that a hostile sender chooses, and templates where devices can write: the right reason, all
// below the batch, bounded work, nothing dropped.
#include <random>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/name_proposal.h"
#include "ingest/name_report.h"
#include "ingest/named_pictures.h"
#include "ingest/text.h"
#include "sanitized.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kRounds = kSanitized ? 600 : 3000;  // a slow build: fewer of each kind
constexpr const char* kPattern = "{device}_{time}_{number}";

const NameReport::File& file_named(const NameReport& report, const std::string& name) {
  for (const NameReport::File& file : report.files)
    if (file.file == name) return file;
  throw std::runtime_error("the report has no " + name);
}

TEST(InboxInAFolder, IsForThatFolderAndTheNearestCountsFirst) {
  const TestDir dir;
  dir.write("inbox.toml", "[[template]]\npattern = '{device}_{time}_{number}'\n");
  dir.write("north/inbox.toml",
            "[[template]]\nfolder = 'day*'\npattern = '{lane}_{time}_{number}'\n"
            "record = { device_id = 'B' }\n");
  for (const char* folder : {"a/", "north/", "north/day1/", "north/day1/deep/"})
    dir.write(std::string(folder) + "2_20260314082531_1.jpg", folder);
  const Batch batch = ingested(dir.path());
  const auto at = [&](const std::string& folder) -> const Record& {
    return case_at(batch, folder + "2_20260314082531_1.jpg").record;
  };
  EXPECT_EQ(at("a/").device_id, "2");
  EXPECT_EQ(at("north/").device_id, "2") << "its template is for days, the one above for all";
  for (const char* folder : {"north/day1/", "north/day1/deep/"}) {
    EXPECT_EQ(at(folder).device_id, "B") << folder;
    EXPECT_EQ(at(folder).lane, 2) << folder;
  }
  EXPECT_EQ(report_names(dir.path(), "").templates, 2U);
  const Batch given = ingest(dir.path(), "{plate_kind}_{time}_{number}");
  for (const Case& c : given.cases) EXPECT_EQ(c.record.device_id, "") << "--template goes alone";
}

// A device that may write into its folder must not be able to stop the night.
TEST(InboxInAFolder, AMistakeInItConcernsThatFolderAlone) {
  const TestDir dir;
  dir.write("inbox.toml", "[[template]]\npattern = '{device}_{time}_{number}'\n");
  dir.write("bad/inbox.toml", "[[template]]\npattern = '{lane'\n");
  dir.write("bad/D_20260314082531_1.jpg", "x");
  dir.write("bad/in/D_20260314082532_1.jpg", "y");
  dir.write("good/D_20260314082531_1.jpg", "z");
  fs::create_directory(dir / "link");
  fs::create_symlink("/etc/hostname", dir / "link/inbox.toml");
  dir.write("link/D_20260314082533_1.jpg", "v");
  const Batch batch = ingested(dir.path());
  for (const char* file : {"bad/D_20260314082531_1.jpg", "bad/in/D_20260314082532_1.jpg"}) {
    const Case& c = case_at(batch, file);
    EXPECT_THAT(problems_of(c), ElementsAre("name_unparsable ")) << file;
    EXPECT_THAT(c.problems[0].detail, HasSubstr("bad/inbox.toml:2: ")) << file;
  }
  EXPECT_THAT(case_at(batch, "link/D_20260314082533_1.jpg").problems.at(0).detail,
              HasSubstr("link/inbox.toml: a link"));
  EXPECT_THAT(case_at(batch, "good/D_20260314082531_1.jpg").problems, IsEmpty());
}

TEST(NamedInArchives, AreReadLikeThoseInFolders) {
  const TestDir dir;
  const std::string text = "[[template]]\npattern = '{plate}_{time}_{number}'\nencoding = 'gbk'\n";
  std::vector<Packed> entries = {{"night/inbox.toml", text}};
  for (const char* name : {"云M12345_20260314082531_1.jpg", "云M12345_20260314082531_3.jpg"})
    entries.push_back({"night/" + to_gb18030(name), name});
  entries.push_back({"night/strange.jpg", "x"});
  entries.push_back({"../D_20260314082531_1.jpg", "leaves"});
  for (const char* ending : {".zip", ".tar", ".tar.gz", ".tar.zst"}) {
    const fs::path file = pack(dir / ("night"s + ending), entries);
    const Batch batch = ingested(file);
    const Case& c = case_at(batch, "night/云M12345_20260314082531_1.jpg");
    EXPECT_EQ(c.record.plate, "云M12345") << "names of archives are UTF-8 already" << ending;
    EXPECT_THAT(problems_of(c), ElementsAre("picture_missing 云M12345_20260314082531_2.jpg"));
    EXPECT_THAT(problems_of(case_at(batch, "night/strange.jpg")), ElementsAre("name_unparsable "));
    const NameReport report = report_names(file, "");
    EXPECT_EQ(report.files.size(), 4U) << ending;
    EXPECT_EQ(report.count(FileFate::named), 2U);
    EXPECT_EQ(report.count(FileFate::unparsed), 1U);
    EXPECT_THAT(report.missing, ElementsAre("night/云M12345_20260314082531_2.jpg"));
    ASSERT_EQ(report.refused.size(), 1U);
    EXPECT_THAT(report.refused[0], HasSubstr("lead out"));
  }
}

TEST(NameTemplates, AreNotForIndexes) {
  const TestDir dir;
  dir.write("1.jpg", "x");
  EXPECT_THROW(ingest(dir.write("a.csv", "xh,xp1\n1,1.jpg\n"), kPattern), UsageError);
  EXPECT_THROW(
      ingest(pack(dir / "a.zip", {{"a.csv", "xh,xp1\n1,1.jpg\n"}, {"1.jpg", "x"}}), kPattern),
      UsageError);
  EXPECT_THROW(report_names(dir / "a.csv", ""), UsageError);
  EXPECT_THROW(report_names(dir / "none", ""), IoError);
}

TEST(HostileNames, LinksAndPipesAreToldOfAndNotFollowed) {
  const TestDir dir, outside;
  const fs::path secret = outside.write("secret.jpg", "secret");
  outside.write("D_20260314090000_1.jpg", "secret");
  fs::create_symlink(secret, dir / "D_20260314082531_1.jpg");
  fs::create_symlink(dir / "nothing.jpg", dir / "D_20260314082532_1.jpg");
  fs::create_directory_symlink(outside.path(), dir / "linked");
  ASSERT_EQ(mkfifo((dir / "D_20260314082533_1.jpg").c_str(), 0600), 0);
  const Batch batch = ingest(dir.path(), kPattern);
  ASSERT_EQ(batch.cases.size(), 4U);
  for (const Case& c : batch.cases) {
    EXPECT_EQ(c.problems.size(), 1U) << c.source;
    for (const PictureRef& picture : c.pictures) EXPECT_EQ(picture.path, "") << picture.file;
  }
  const NameReport report = report_names(dir.path(), kPattern);
  EXPECT_EQ(report.files.size(), 4U);
  EXPECT_THAT(file_named(report, "D_20260314082531_1.jpg").why, HasSubstr("leaves the batch"));
  EXPECT_THAT(file_named(report, "D_20260314082532_1.jpg").why, HasSubstr("link to nothing"));
  EXPECT_THAT(file_named(report, "D_20260314082533_1.jpg").why, HasSubstr("no file"));
  EXPECT_THAT(file_named(report, "linked/").why, HasSubstr("not followed"));
}

TEST(HostileNames, NeverLeaveTheBatchAndNeverReachATerminal) {
  const TestDir dir;
  for (const char* name : {"a\\..\\..\\x_20260314082531_1.jpg", "C:\\x_20260314082532_1.jpg",
                           "\x1B[2J_20260314082533_1.jpg", "a\nb_20260314082534_1.jpg",
                           "\xFF\xFF_20260314082535_1.jpg", "\xE2\x80\xAEgpj_20260314082536_1.jpg",
                           "$(id)`id`;_20260314082537_1.jpg", "=cmd()_20260314082538_1.jpg",
                           "{device}_20260314082539_1.jpg"})
    dir.write(name, name);
  const Batch batch = ingest(dir.path(), kPattern);
  EXPECT_EQ(batch.cases.size(), 9U);
  std::size_t refused = 0;
  for (const Case& c : batch.cases) {
    EXPECT_EQ(c.record.times.size(), 1U) << c.source;
    EXPECT_TRUE(valid_utf8(c.source + c.record.device_id)) << c.source;
    for (const Problem& problem : c.problems) refused += problem.reason == "picture_missing";
  }
  EXPECT_EQ(refused, 2U) << "names that are paths elsewhere are not looked up";
  const NameReport report = report_names(dir.path(), kPattern);
  EXPECT_EQ(report.count(FileFate::named), 9U);
  for (const NameReport::File& file : report.files) {
    const std::string shown = printable(file.file);
    for (std::string_view rest = shown; !rest.empty();)
      EXPECT_FALSE(is_control(take_character(rest))) << shown;
  }
  EXPECT_EQ(printable("a\x1B[2J\xE2\x80\xAE云"), "a\xEF\xBF\xBD[2J\xEF\xBF\xBD云");
}

TEST(HostileNames, OfAListingMayHoldAnything) {
  const TestDir dir;
  const std::string lines = "D_20260314082531_1.jpg\0.jpg\n"s +
                            "../../etc/D_20260314082532_1.jpg\n" +
                            "/D_20260314082533_1.jpg\nC:\\in\\D_20260314082534_1.jpg\n" +
                            std::string(3000000, 'x') + ".jpg\n//\n.jpg\n_\n\n";
  const NameReport report = report_names(dir.write("names.txt", lines), kPattern);
  EXPECT_EQ(report.files.size(), 8U) << "every line that is not empty";
  EXPECT_EQ(report.count(FileFate::named), 3U);
  EXPECT_EQ(file_named(report, "C:/in/D_20260314082534_1.jpg").items.at(0).second, "D");
  EXPECT_THAT(file_named(report, "line 5").why, HasSubstr("longer"));
}

// One name must not make a case of thousands of missing pictures.
TEST(HostileNames, HighNumbersAreNoPictureNumbers) {
  const TestDir dir;
  for (const char* name :
       {"D_20260314082531_999999999.jpg", "D_20260314082532_17.jpg", "D_20260314082533_-1.jpg",
        "D_20260314082534_16.jpg", "D_20260314082535_00000000000000000000000001.jpg"})
    dir.write(name, name);
  const Batch batch = ingest(dir.path(), kPattern);
  std::size_t pictures = 0, unparsed = 0;
  for (const Case& c : batch.cases) {
    pictures += c.pictures.size();
    for (const Problem& problem : c.problems) unparsed += problem.reason == "name_unparsable";
  }
  EXPECT_EQ(unparsed, 3U);
  EXPECT_EQ(pictures, 3U + 16U + 1U);
}

TEST(HostileNames, ManyPicturesOfOneNumberAreOneCase) {
  const TestDir dir;
  std::string zeros;
  for (int i = 0; i < 200; ++i) {
    dir.write("D_20260314082531_" + zeros + "1.jpg", "x");
    zeros += "0";
  }
  const Batch batch = ingest(dir.path(), kPattern);
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_LE(batch.cases[0].pictures.size(), 64U);
  EXPECT_THAT(batch.cases[0].notes, ElementsAre("picture number 1 stands more than once"));
  EXPECT_EQ(batch.cases[0].problems.at(0).reason, "record_invalid") << "too many pictures";
  EXPECT_EQ(report_names(dir.path(), kPattern).count(FileFate::named), 200U);
}

std::string noise(std::mt19937& random, std::string_view letters, std::size_t most) {
  std::string text;
  for (std::size_t n = random() % (most + 1); n > 0; --n)
    text += letters[random() % letters.size()];
  return text;
}

TEST(NameMutations, PatternsAreAcceptedOrAConfigErrorAndNamesFitOrNot) {
  std::mt19937 random(20260314);
  const std::string words[] = {"{device}",    "{time:yyyyMMddHHmmss}",
                               "{lane:2}",    "{number}",
                               "{clock}",     "{date:yyMMdd}",
                               "{ignored:1}", "_",
                               "-",           "{plate",
                               "}",           "/",
                               "云"};
  int patterns = 0, fits = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) text += words[random() % std::size(words)];
    try {
      const NamePattern pattern(text);
      ++patterns;
      for (int k = 0; k < 20; ++k) {
        const auto parsed = pattern.parse(to_utf8(noise(random, "0123456789_-/\xD4\xC6"s, 24)));
        fits += parsed.ok();
        EXPECT_TRUE(parsed.ok() || parsed.problem().reason == "name_unparsable");
      }
    } catch (const ConfigError&) {  // said before anything is read
    }
  }
  EXPECT_GT(patterns, kRounds / 10);
  EXPECT_GT(fits, kRounds / 10);
}

TEST(NameMutations, ProposalsCanBeUsedWhateverTheNamesAre) {
  std::mt19937 random(530502);
  std::size_t proposals = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::vector<std::string> names;
    const std::string start = noise(random, "{}_-./ 0A"s, 6);
    for (std::size_t n = random() % 12; n > 0; --n)
      names.push_back(start + noise(random, "0123456789_{}/."s, 20) + ".jpg");
    for (const NameProposal& proposal : propose_templates(names)) {
      ++proposals;
      EXPECT_NO_THROW(NamePattern(proposal.pattern)) << proposal.pattern;
      EXPECT_GT(proposal.fits, 0U) << proposal.pattern;
    }
  }
  EXPECT_GT(proposals, kRounds / 30U);
}

TEST(NameMutations, DamagedInboxFilesAreConfigErrors) {
  const std::string text =
      "[[template]]\npattern = '{plate}_{color}_{time}_{number}'\nunread = ['NOCAR']\npictures = "
      "2\n"
      "roles = { 3 = 'closeup', T = 'driver' }\nrecord = { device_id = 'N1', limit_kmh = 60 }\n"
      "values = { color = { 1 = 'blue' } }\n";
  std::mt19937 random(7);
  int read = 0, refused = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::string damaged = text;
    for (unsigned n = 1 + random() % 3; n > 0; --n)
      damaged[random() % damaged.size()] = "[]{}'=\n1.\xFF\0,"[random() % 12];
    try {
      templates_of_text(damaged, "inbox.toml");
      ++read;
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), HasSubstr("inbox.toml:"));
      ++refused;
    }
  }
  EXPECT_GT(read, kRounds / 300);
  EXPECT_GT(refused, kRounds / 3);
  EXPECT_THROW(templates_of_text("template = [1]", "inbox.toml"), ConfigError);
  EXPECT_THROW(templates_of_text("template = " + std::string(5000, '['), "inbox.toml"),
               ConfigError);
}

}  // namespace
}  // namespace vioreview
