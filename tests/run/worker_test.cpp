// SPDX-License-Identifier: Apache-2.0
// The lines that supervisor and worker exchange, and the loop over pipes.
#include "run/worker.h"

#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "format/codecs.h"
#include "run/night.h"

namespace vioreview {
namespace {

LookRequest request() {
  LookRequest r;
  r.case_id = "云-1";
  r.pictures = {{"1.jpg", "/night/a b\n/1.jpg", Role::panel, std::nullopt},
                {"2.jpg", "/night/2.jpg", Role::closeup, Time{1000}}};
  r.needs.signals = true;
  r.needs.plates = false;
  return r;
}

std::string read_all(int file) {
  std::string text;
  char block[4096];
  for (ssize_t got = 0; (got = read(file, block, sizeof block)) > 0;)
    text.append(block, static_cast<std::size_t>(got));
  return text;
}

// What a worker with this look says to these lines.
std::string said(const std::string& lines, const Look& look) {
  int in[2] = {}, out[2] = {};
  if (pipe(in) != 0 || pipe(out) != 0) return "no pipe";
  std::thread supervisor([&] {
    [[maybe_unused]] const ssize_t ignored = write(in[1], lines.data(), lines.size());
    close(in[1]);
  });
  std::string text;
  std::thread reader([&] { text = read_all(out[0]); });
  EXPECT_EQ(run_worker(in[0], out[1], look), 0);
  close(out[1]);
  supervisor.join();
  reader.join();
  close(in[0]);
  close(out[0]);
  return text;
}

TEST(Worker, GetsTheRequestAndAnswersIt) {
  std::vector<PictureRef> asked;
  const std::string text = said(request_line(request()) + "\n", [&](const LookRequest& got) {
    EXPECT_EQ(got.needs, request().needs);
    asked = got.pictures;
    Facts facts;
    for (const PictureRef& picture : got.pictures) {
      facts.panels.push_back(seen_car("皖A00001"));
      facts.panels.back().file = picture.file;
      facts.panels.back().role = picture.role;
    }
    return facts;
  });
  EXPECT_EQ(asked, request().pictures);
  const std::string ready = "{\"ready\":true}\n";
  ASSERT_EQ(text.substr(0, ready.size()), ready);
  const auto facts = facts_answered(text.substr(ready.size()), request());
  ASSERT_TRUE(facts);
  ASSERT_EQ(facts->panels.size(), 2U);
  EXPECT_EQ(facts->panels[1].file, "2.jpg");
  EXPECT_EQ(facts->panels[1].role, Role::closeup);
  EXPECT_EQ(facts->panels[1].plates.at(0).text, "皖A00001");
}

TEST(Worker, AnswersEveryLine) {
  const std::string line = request_line(request()) + "\n";
  const std::string text = said(line + line + line, [](const LookRequest&) { return Facts{}; });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
}

TEST(Answer, OfAnotherCaseOrFormIsNone) {
  const auto answer = [](const std::string& id, int panels) {
    Facts facts;
    facts.panels.resize(static_cast<std::size_t>(panels));
    return write_json(to_value(facts).set("case_id", id));
  };
  EXPECT_TRUE(facts_answered(answer("云-1", 2), request()));
  EXPECT_FALSE(facts_answered(answer("云-2", 2), request()));
  EXPECT_FALSE(facts_answered(answer("云-1", 1), request()));
  for (const char* line :
       {"", "{", "[]", "7", "{\"case_id\":\"云-1\",\"panels\":7}", "{\"case_id\":7,\"panels\":[]}",
        "{\"case_id\":\"云-1\",\"panels\":[{\"file\":7},{}]}"})
    EXPECT_FALSE(facts_answered(line, request())) << line;
}

TEST(Answer, ThatAWorkerCannotStartIsOneLine) {
  EXPECT_EQ(fatal_line("a \"model\"\nis broken"), "{\"fatal\":\"a \\\"model\\\"\\nis broken\"}\n");
}

}  // namespace
}  // namespace vioreview
