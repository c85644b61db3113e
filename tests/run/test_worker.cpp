// SPDX-License-Identifier: Apache-2.0
// A worker for tests: sees in a picture the facts that it holds, and fails as it is told to.
// VIOREVIEW_TEST_FAULT   "crash:CASE", "crash_once:CASE", "hang:CASE", "memory:CASE", "throw:CASE",
//                        "garbage:CASE"; several with commas
// VIOREVIEW_TEST_START   "die", "fatal", "slow"
// VIOREVIEW_TEST_SLOW_MS how long a look takes
// VIOREVIEW_TEST_TRACE   a folder: "looks" gets a line for each look, "pids" one for each worker
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "core/sha256.h"
#include "format/codecs.h"
#include "run/worker.h"

namespace vioreview {
namespace {

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void sleep_ms(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

void trace(const std::string& file, const std::string& line) {
  const std::string folder = setting("VIOREVIEW_TEST_TRACE");
  if (folder.empty()) return;
  const int out = open((folder + "/" + file).c_str(), O_WRONLY | O_CREAT | O_APPEND, 0640);
  const std::string whole = line + "\n";
  if (out < 0 || write(out, whole.data(), whole.size()) < 0) std::abort();
  close(out);
}

[[noreturn]] void outgrow() {
  std::vector<std::string> taken;
  for (;;) taken.emplace_back(16U << 20, 'x');
}

// True the first time that the case asks.
bool first_time(const std::string& case_id) {
  const std::string mark = setting("VIOREVIEW_TEST_TRACE") + "/crashed-" + case_id;
  return open(mark.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0640) >= 0;
}

void fail_as_told(const std::string& case_id) {
  const std::string faults = "," + setting("VIOREVIEW_TEST_FAULT") + ",";
  const auto told = [&](const std::string& how) {
    return faults.find("," + how + ":" + case_id + ",") != std::string::npos;
  };
  if (told("crash") || (told("crash_once") && first_time(case_id))) {
    signal(SIGABRT, SIG_DFL);
    std::abort();
  }
  if (told("hang"))
    for (;;) pause();
  if (told("memory")) outgrow();
  if (told("throw")) throw std::runtime_error("a library gave up");
  if (told("garbage")) {
    // And then the true answer, which must not be taken for that of the next case.
    constexpr std::string_view kNoAnswer = "{\"panels\":[{\"file\":7}]}\n";
    if (write(std::atoi(setting("VIOREVIEW_TEST_OUT").c_str()), kNoAnswer.data(),
              kNoAnswer.size()) < 0)
      std::abort();
  }
}

PanelFacts look(const PictureRef& picture, const Needs&) {
  const std::string case_id = picture.path.parent_path().filename().string();
  trace("looks", case_id + "/" + picture.file);
  fail_as_told(case_id);
  std::printf("what a library prints\n");
  std::fflush(stdout);
  if (const std::string slow = setting("VIOREVIEW_TEST_SLOW_MS"); !slow.empty())
    sleep_ms(std::stoi(slow));
  std::ifstream in(picture.path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  PanelFacts facts;
  if (bytes.empty()) {
    facts.failure = Problem{"picture_empty", picture.file, "the file is empty"};
  } else if (const auto seen = parse_json(bytes)) {
    facts = panel_facts_from(seen.value());
    facts.sha256 = sha256(bytes);
  } else {
    facts.sha256 = sha256(bytes);
    facts.failure = Problem{"picture_undecodable", picture.file, "is no picture"};
  }
  facts.file = picture.file;
  facts.role = picture.role;
  return facts;
}

Facts look_at_case(const LookRequest& request) {
  Facts facts;
  for (const PictureRef& picture : request.pictures)
    facts.panels.push_back(look(picture, request.needs));
  return facts;
}

int run() {
  const int answers = take_stdout();
  setenv("VIOREVIEW_TEST_OUT", std::to_string(answers).c_str(), 1);
  trace("pids", std::to_string(getpid()));
  const std::string start = setting("VIOREVIEW_TEST_START");
  if (start == "die") {
    std::fprintf(stderr, "libmissing.so: cannot be found\n");
    return 1;
  }
  if (start == "fatal") {
    const std::string line = fatal_line("reader.pt: has another hash than its card says");
    return write(answers, line.data(), line.size()) < 0 ? 2 : 1;
  }
  if (start == "slow") sleep_ms(500);
  return run_worker(STDIN_FILENO, answers, look_at_case);
}

}  // namespace
}  // namespace vioreview

int main() {
  return vioreview::run();
}
