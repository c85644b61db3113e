// SPDX-License-Identifier: Apache-2.0
// A night of a hundred broken cases through the whole program: one line each with the right reason,
// exit 3, bounded memory.
#include <map>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../decode/pictures.h"
#include "cli/exit_codes.h"
#include "format/value.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using pictures::File;

#if defined(__SANITIZE_ADDRESS__)
constexpr long kMostMemoryMiB = 3000;  // shadow memory counts
#else
constexpr long kMostMemoryMiB = 900;
#endif

// The program with these arguments; its exit code, and the most memory that it or a worker of it
// took.
struct Ended {
  int code = -1;
  long memory_mib = 0;
};
Ended run_program_file(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), VIOREVIEW_PROGRAM);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stdout)) _exit(126);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, used.ru_maxrss / 1024};
}

// The batch, and for each case id the reason that its line must hold ("" = any line at all).
class Night {
 public:
  explicit Night(const fs::path& folder)
      : folder_(folder), whole_(pictures::jpeg(pictures::scene(320, 200))) {}

  void picture(const std::string& id, const File& bytes, const std::string& reason,
               const std::string& name = "1.jpg") {
    write(id + "/" + name, bytes);
    record(id,
           R"({"case_id":")" + id + R"(","violation":"1636","plate":"皖A12345","pictures":[")" +
               name + R"("]})",
           reason);
  }
  void record(const std::string& id, const std::string& json, const std::string& reason) {
    write_file(folder_ / id / "record.json", json);
    expected[id] = reason;
  }
  void write(const std::string& name, const File& bytes) {
    write_file(folder_ / name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  const File& whole() const { return whole_; }

  std::map<std::string, std::string> expected;

 private:
  fs::path folder_;
  File whole_;
};

std::string numbered(const std::string& stem, std::size_t i) {
  return stem + "-" + (i < 10 ? "0" : "") + std::to_string(i);
}

void add_pictures(Night& night) {
  const File& whole = night.whole();
  for (std::size_t i = 1; i <= 30; ++i)
    night.picture(numbered("cut", i), pictures::first(whole, whole.size() * i / 32),
                  i < 2 ? "" : "picture_truncated");
  const File png = pictures::encoded(pictures::scene(64, 48), ".png");
  for (std::size_t i = 1; i <= 6; ++i)
    night.picture(numbered("cut-png", i), pictures::first(png, png.size() * i / 7),
                  i < 2 ? "" : "picture_truncated", "1.png");
  File flipped = whole;
  for (std::size_t i = 1; i <= 20;
       ++i) {  // a flip that leaves a picture is seen by nobody; none may crash
    flipped[flipped.size() * i / 21] ^= 0x55;
    night.picture(numbered("flip", i), flipped, "");
  }
  night.picture("empty", {}, "picture_empty");
  night.picture("html", pictures::text("<html><body>404</body></html>"), "picture_undecodable");
  night.picture("zip", pictures::text("PK\x03\x04 and more"), "picture_undecodable");
  night.picture("gif", pictures::text("GIF89a.............."), "picture_undecodable");
  night.picture("text", pictures::text("no picture at all"), "picture_undecodable");
  night.picture("zeros", File(4096, 0), "picture_undecodable");
  night.picture("png-as-jpg", png,
                "check_missing");  // decoded by content; only the facts are missing
  File huge = pictures::encoded(pictures::scene(8, 8), ".bmp");  // 30000 x 30000 in the header
  for (const std::size_t at : {18U, 22U}) huge[at] = 0x30, huge[at + 1] = 0x75;
  night.picture("huge", huge, "", "1.bmp");
}

void add_records(Night& night, const fs::path& folder) {
  const auto with_picture = [&](const std::string& id, const std::string& json,
                                const std::string& reason) {
    night.write(id + "/1.jpg", night.whole());
    night.record(id, json, reason);
  };
  const auto valid = [](const std::string& id, const std::string& more) {
    return R"({"case_id":")" + id + R"(","violation":"1636","pictures":["1.jpg"])" + more + "}";
  };
  night.expected.clear();
  with_picture(
      "wrong-types",
      valid("wrong-types",
            R"(,"plate":7,"times":{"a":1},"lane":"x","speed_kmh":[1],"vehicle_class":true)"),
      "check_missing");
  with_picture(
      "impossible",
      valid("impossible",
            R"(,"speed_kmh":-5,"limit_kmh":1e99,"lane":-3,"times":["2026-13-45T99:99:99"])"),
      "check_missing");
  with_picture(
      "formula",
      valid("formula",
            R"x(,"place":"=HYPERLINK(\"http://x\")","device_id":"+1+1","plate":"@SUM(A1)")x"),
      "check_missing");
  with_picture("unknown-code",
               R"({"case_id":"unknown-code","violation":"0000","pictures":["1.jpg"]})",
               "violation_unknown");
  with_picture("no-code", R"({"case_id":"no-code","pictures":["1.jpg"]})", "violation_unknown");
  night.record("missing", R"({"case_id":"missing","violation":"1636","pictures":["9.jpg"]})",
               "picture_missing");
  night.record("outside",
               R"({"case_id":"outside","violation":"1636","pictures":["../empty/1.jpg"]})",
               "picture_missing");
  night.record("absolute",
               R"({"case_id":"absolute","violation":"1636","pictures":["/etc/passwd"]})",
               "picture_missing");
  night.record("no-pictures", R"({"case_id":"no-pictures","violation":"1636","pictures":[]})",
               "picture_missing");
  fs::create_symlink("/etc/passwd", folder / "no-pictures" / "link.jpg");
  night.record("link", R"({"case_id":"link","violation":"1636","pictures":["link.jpg"]})",
               "picture_missing");
  fs::create_symlink("/etc/passwd", folder / "link" / "link.jpg");
}

// Records that cannot be read get an id made for them: counted by reason.
std::map<std::string, int> add_unreadable(Night& night) {
  const std::vector<std::string> texts = {"",
                                          "{",
                                          "[1,2]",
                                          "nul",
                                          "<xml/>",
                                          "\"text\"",
                                          std::string(100, '\0'),
                                          std::string(2 << 20, ' '),
                                          std::string(200, '[') + std::string(200, ']')};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    night.write(numbered("unreadable", i) + "/1.jpg", night.whole());
    night.record(numbered("unreadable", i), texts[i], "");
    night.expected.erase(numbered("unreadable", i));
  }
  for (const char* folder : {"bare-1", "bare-2"})
    night.write(std::string(folder) + "/1.jpg", night.whole());
  return {{"record_invalid", static_cast<int>(texts.size())}, {"record_missing", 2}};
}

std::map<std::string, std::set<std::string>> reasons_by_case(const fs::path& manifest) {
  std::map<std::string, std::set<std::string>> reasons;
  std::ifstream in(manifest);
  for (std::string line; std::getline(in, line);) {
    const auto parsed = parse_json(line);
    EXPECT_TRUE(parsed.ok()) << line.substr(0, 200);
    if (!parsed) continue;
    auto& mine = reasons[*parsed.value().find("case_id")->as_string()];
    EXPECT_NE(*parsed.value().find("verdict")->as_string(), "accept");
    for (const Value& reason : *parsed.value().find("reasons")->as_array())
      mine.insert(*reason.find("id")->as_string());
  }
  return reasons;
}

TEST(BadInputs, AHundredBrokenCasesGetALineEachWithTheRightReason) {
  const TestDir dir;
  const fs::path batch = dir / "night";
  Night night(batch);
  std::map<std::string, std::string> expected;
  add_records(night, batch);
  expected = night.expected;
  add_pictures(night);
  expected.merge(night.expected);
  const std::map<std::string, int> unreadable = add_unreadable(night);
  // Two folders with one id and different content.
  for (const char* folder : {"twice-a", "twice-b"}) night.picture(folder, night.whole(), "");
  for (const char* folder : {"twice-a", "twice-b"})
    write_file(batch / folder / "record.json",
               std::string(R"({"case_id":"twice","violation":"1636","place":")") + folder +
                   R"(","pictures":["1.jpg"]})");
  expected["twice"] = "";
  expected["twice~2"] = "id_repeated";
  dir.write("facts.jsonl", "");

  const Ended ended =
      run_program_file({"review", batch.string(), "-o", (dir / "out").string(), "--recorded",
                        (dir / "facts.jsonl").string(), "--workers", "2", "--worker-memory", "0"});
  EXPECT_EQ(ended.code, kUnprocessed);
  EXPECT_LT(ended.memory_mib, kMostMemoryMiB);

  const auto reasons = reasons_by_case(dir / "out/manifest.jsonl");
  std::size_t lines = expected.size();
  for (const auto& [reason, count] : unreadable) lines += static_cast<std::size_t>(count);
  EXPECT_GE(lines, 85U);
  EXPECT_EQ(reasons.size(), lines) << "a line for each case, none more";
  for (const auto& [id, reason] : expected) {
    ASSERT_TRUE(reasons.contains(id)) << id;
    if (!reason.empty()) {
      EXPECT_THAT(reasons.at(id), testing::Contains(reason)) << id;
    }
  }
  for (const auto& [reason, count] : unreadable) {
    int found = 0;
    for (const auto& [id, mine] : reasons)
      if (!expected.contains(id)) found += static_cast<int>(mine.contains(reason));
    EXPECT_EQ(found, count) << reason;
  }
}

TEST(BadInputs, AnIndexOfBrokenRowsKeepsEveryRow) {
  const TestDir dir;
  std::string rows = "case_id,wfxw,hphm,xp1\n";
  for (int i = 0; i < 20; ++i)
    rows += "row-" + std::to_string(i) +
            ",1636,\xCD\xEE"
            "A1234" +
            std::to_string(i % 10) + ",none.jpg\n";
  rows += "too,many,cells,in,this,row\n\"open quote\n";
  dir.write("night.csv", rows);
  dir.write("facts.jsonl", "");
  const Ended ended =
      run_program_file({"review", (dir / "night.csv").string(), "-o", (dir / "out").string(),
                        "--recorded", (dir / "facts.jsonl").string(), "--worker-memory", "0"});
  EXPECT_EQ(ended.code, kUnprocessed);
  const auto reasons = reasons_by_case(dir / "out/manifest.jsonl");
  EXPECT_EQ(reasons.size(), 22U);
  EXPECT_THAT(reasons.at("row-7"), testing::Contains("picture_missing"));
  EXPECT_EQ(std::count_if(reasons.begin(), reasons.end(),
                          [](const auto& r) { return r.second.contains("record_invalid"); }),
            2);
}

}  // namespace
}  // namespace vioreview
