// SPDX-License-Identifier: Apache-2.0
// `calibrate` as a command: nights that people went through, in; curves and a policy, or what is
// missing, out.
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/configuration.h"
#include "cli/decisions.h"
#include "cli/run.h"
#include "core/sha256.h"
#include "emit/emit.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kHeader = "case_id,decision,blind,selection_probability\n";

Versions versions() {
  const Catalogue catalogue = load_catalogue("");
  Versions versions;
  versions.catalogue = catalogue.sha256;
  versions.policy = load_policy("", catalogue).sha256;
  versions.basis = std::string(64, 'f');
  return versions;
}

// An output folder of review, with a device for each case.
class Night {
 public:
  explicit Night(fs::path folder, Versions of = versions())
      : folder_(std::move(folder)), versions_(std::move(of)) {}
  ~Night() {
    write_file(folder_ / "manifest.jsonl", manifest_);
    write_file(folder_ / "decisions.csv", decisions);
  }
  Night(const Night&) = delete;
  Night& operator=(const Night&) = delete;

  void add(const std::string& id, float accept, float reject, const std::string& decided) {
    Case c;
    c.id = id;
    c.record.device_id = "device-" + id;
    c.record.times = {*parse_time("2026-03-14T23:30:00")};
    Verdict verdict;
    verdict.violation = "1636";
    verdict.group = "speed";
    verdict.accept_score = accept;
    verdict.reject_score = reject;
    manifest_ += manifest_line(c, Facts(), verdict, versions_) + "\n";
    if (!decided.empty()) decisions += id + "," + decided + "\n";
  }
  // So many surely acceptable and surely rejectable cases, decided as they should be.
  void fill(int count, const std::string& how = "true,") {
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      add("good-" + number, 0.9995F, 0, "accept," + how);
      add("waste-" + number, 0, 0.9921F, "reject," + how);
    }
  }

  std::string decisions = kHeader;

 private:
  fs::path folder_;
  std::string manifest_;
  Versions versions_;
};

class Calibrate : public testing::Test {
 protected:
  Ran calibrate(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"calibrate", (folder / "nights").string(), "-o", out().string()});
    return run(more);
  }
  fs::path out() const { return folder / "calibration"; }
  TestDir folder;
};

TEST_F(Calibrate, WritesAPolicyWithWhereItComesFrom) {
  Night(folder / "nights/out-1").fill(598);
  const Ran ran = calibrate();
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("speed: fitted on 1196 decisions that count"),
                             HasSubstr("accept 0.5: 0 of 598 independent draws wrong"),
                             HasSubstr("good cases, 50 %")));
  const Catalogue catalogue = load_catalogue("");
  const Policy policy = load_policy((out() / "policy.toml").string(), catalogue);
  EXPECT_EQ(policy.groups.at("speed").reject, 0.5);
  EXPECT_EQ(policy.groups.at("red_light").accept,
            load_policy("", catalogue).groups.at("red_light").accept)
      << "what is not fitted keeps its limit";
  EXPECT_EQ(policy.fitted_on, std::string(64, 'f'));
  EXPECT_EQ(policy.proven.size(), 1196U);
  EXPECT_THAT(read_file(out() / "policy.toml"),
              AllOf(HasSubstr("# accept 0.5: 0 of 598"), HasSubstr("[provenance]"),
                    HasSubstr("date = \"20"),
                    HasSubstr(sha256_of_file(folder / "nights/out-1/decisions.csv"))));
  EXPECT_THAT(read_file(out() / "curve.csv"),
              AllOf(StartsWith("group,side,limit,coverage"), HasSubstr("speed,reject,0.995,0")));
  EXPECT_THAT(read_file(out() / "curve-speed.png"), StartsWith("\x89PNG"));
}

TEST_F(Calibrate, SaysHowManyAreMissing) {
  Night(folder / "nights/out-1").fill(100);
  const Ran ran = calibrate();
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("accept: 498 independent draws are missing"),
                             HasSubstr("reject: 498 independent draws are missing")));
  EXPECT_THAT(ran.err, HasSubstr("too few cases"));
  EXPECT_TRUE(fs::exists(out() / "curve.csv"));
  EXPECT_FALSE(fs::exists(out() / "policy.toml"));
  EXPECT_EQ(calibrate({"--max-wrong-accept", "4%", "--max-wrong-reject", "0.04"}).code, 0);
}

TEST_F(Calibrate, DecisionsThatTheVerdictMayHaveLedDoNotCount) {
  Night(folder / "nights").fill(598, "false,");
  const Ran ran = calibrate();
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.out, HasSubstr("1196 decisions do not count"));
  EXPECT_THAT(ran.err, HasSubstr("no decision counts"));
  Night(folder / "nights").fill(598, "false,5%");
  EXPECT_EQ(calibrate().code, 0);
}

TEST_F(Calibrate, NightsAddUpAndAreNotCountedTwice) {
  Night(folder / "nights/a").fill(300);
  {
    Night night(folder / "nights/b");
    for (int i = 300; i < 598; ++i) {
      night.add(std::to_string(i), 0.9995F, 0, "通过,是,");
      night.add("w" + std::to_string(i), 0, 0.9921F, "Reject,1,");
    }
    night.add("left-open", 0.2F, 0, "");
    night.decisions += "left-open,,,\n";
  }
  const Ran ran = calibrate({"--group", "speed"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("1 rows are not decided yet"));
  Night(folder / "nights/c").fill(1);
  EXPECT_THAT(calibrate().err, HasSubstr("case good-0 is decided in " +
                                         (folder / "nights/a/decisions.csv:2").string()));
}

TEST_F(Calibrate, NamesTheLineOfWhatIsWrong) {
  struct Wrong {
    const char *table, *complaint;
  };
  for (const Wrong& wrong : {
           Wrong{"case_id,blind\n", ":1: the column decision is missing"},
           {"", ":1: the column case_id is missing"},
           {"case_id,decision\n", ":1: the columns blind and selection_probability are missing"},
           {"case_id,decision,blind\n\none,perhaps,true\n", ":3: decision is \"perhaps\""},
           {"case_id,decision,blind\none,accept,maybe\n", ":2: blind is \"maybe\""},
           {"case_id,decision,selection_probability\none,accept,0\n",
            ":2: selection_probability is \"0\""},
           {"case_id,decision,selection_probability\none,accept,120%\n",
            ":2: selection_probability is \"120%\""},
           {"case_id,decision,blind\n,accept,true\n", ":2: case_id is empty"},
           {"case_id,decision,blind\nnone,accept,true\n", ":2: the manifest beside it has no case"},
           {"case_id,decision,blind\none,accept,true\none,accept,true\n", ":3: case one stands"},
           {"case_id,decision,blind\n\"one,accept,true\n", ":2: a quote is opened"},
       }) {
    {
      Night night(folder / "nights");
      night.add("one", 0.9F, 0, "");
      night.decisions = wrong.table;
    }
    const Ran ran = calibrate();
    EXPECT_EQ(ran.code, 2) << wrong.table;
    EXPECT_THAT(ran.err, HasSubstr((folder / "nights/decisions.csv").string() + wrong.complaint));
  }
}

TEST_F(Calibrate, ATableForSpreadsheetsIsRead) {
  const auto rows =
      read_decisions(folder.write("d.csv",
                                  "\xEF\xBB\xBF"
                                  "Case_ID;reasons;Decision;Blind;Selection_Probability\r\n"
                                  "'=1;\"two\nlines\";reject;no; 12.5 % "
                                  "\r\n;;;;\r\n2;;\xB2\xBB\xCD\xA8\xB9\xFD;\xCA\xC7;\r\n"));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].case_id, "=1");
  EXPECT_EQ(rows[0].decision, Decision::reject);
  EXPECT_EQ(rows[0].selection_probability, 0.125);
  EXPECT_EQ(rows[1].line, 5);
  EXPECT_TRUE(rows[1].blind);
  EXPECT_EQ(rows[1].selection_probability, std::nullopt);
}

TEST_F(Calibrate, ScoresOfOtherModelsOrPoliciesDoNotMix) {
  Night(folder / "nights/a").fill(1);
  Versions other = versions();
  other.basis = std::string(64, 'e');
  Night(folder / "nights/b", other).add("b", 0.9F, 0, "accept,true,");
  EXPECT_THAT(calibrate().err, HasSubstr("b/manifest.jsonl: was judged by other models"));
  other = versions();
  other.policy = std::string(64, 'd');
  Night(folder / "nights/b", other).add("b", 0.9F, 0, "accept,true,");
  EXPECT_THAT(calibrate().err, HasSubstr("give that one with --policy"));
  other.catalogue = std::string(64, 'c');
  Night(folder / "nights/b", other).add("b", 0.9F, 0, "accept,true,");
  EXPECT_THAT(calibrate().err, HasSubstr("--catalogue"));
  other.basis = "";
  Night(folder / "nights/b", other).add("b", 0.9F, 0, "accept,true,");
  EXPECT_THAT(calibrate().err, HasSubstr("earlier version"));
  EXPECT_EQ(calibrate().code, 2);
}

TEST_F(Calibrate, RefusesWhatCannotBeMeant) {
  EXPECT_THAT(calibrate().err, HasSubstr("nights: no such folder"));
  fs::create_directories(folder / "nights");
  EXPECT_THAT(calibrate().err, HasSubstr("holds no decisions.csv"));
  Night(folder / "nights").fill(1);
  EXPECT_THAT(calibrate({"--group", "sped"}).err, HasSubstr("--group sped: no reviewed night"));
  for (const char* share : {"0", "100%", "x", "-1", "1.5"}) {
    const Ran ran = calibrate({"--max-wrong-accept", share});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("must lie between 0 and 100 %"));
  }
}

}  // namespace
}  // namespace vioreview
