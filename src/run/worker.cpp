// SPDX-License-Identifier: Apache-2.0
#include "run/worker.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <unistd.h>

#include "core/errors.h"
#include "format/codecs.h"
#include "format/read.h"

namespace vioreview {
namespace {

Value to_value(const Needs& needs) {
  return Value()
      .set("vehicles", needs.vehicles)
      .set("plates", needs.plates)
      .set("signals", needs.signals)
      .set("markings", needs.markings)
      .set("overlay", needs.overlay)
      .set("panels", needs.panels)
      .set("layout", needs.layout);
}

LookRequest request_from(const Value& value) {
  Case c = case_from(value);  // only id and pictures are sent
  const Value& needs = read::member(value, "needs");
  return {c.id,
          std::move(c.pictures),
          {read::flag(needs, "vehicles"), read::flag(needs, "plates"), read::flag(needs, "signals"),
           read::flag(needs, "markings"), read::flag(needs, "overlay"), read::flag(needs, "panels"),
           read::text(needs, "layout")}};
}

// False when the other side is gone.
bool send(int out, std::string line) {
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t wrote = write(out, rest.data(), rest.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::string answer(const std::string& line, const Look& look) {
  const auto parsed = parse_json(line);
  if (!parsed) throw IoError("a request that is no JSON: " + parsed.problem().detail);
  const LookRequest request = request_from(parsed.value());
  return write_json(to_value(look(request)).set("case_id", request.case_id));
}

// What a look throws says that this process is not to be trusted any more (no memory, a broken
// library): it dies as in a crash, without destructors, and the supervisor goes on from there.
std::string guarded_answer(const std::string& line, const Look& look) {
  try {
    return answer(line, look);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "worker: %s\n", error.what());
    std::_Exit(1);
  }
}

}  // namespace

std::string request_line(const LookRequest& request) {
  Case c;
  c.id = request.case_id;
  c.pictures = request.pictures;
  return write_json(to_value(c).set("needs", to_value(request.needs)));
}

std::optional<Facts> facts_answered(const std::string& line, const LookRequest& request) {
  const auto parsed = parse_json(line);
  if (!parsed) return std::nullopt;
  try {
    Facts facts = facts_from(parsed.value());
    const bool fits = read::text(parsed.value(), "case_id") == request.case_id &&
                      facts.panels.size() == request.pictures.size();
    return fits ? std::optional(std::move(facts)) : std::nullopt;
  } catch (const IoError&) {
    return std::nullopt;
  }
}

std::string fatal_line(const std::string& why) {
  return write_json(Value().set("fatal", why)) + "\n";
}

int take_stdout() {
  const int answers = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  return answers;
}

int run_worker(int in, int out, const Look& look) {
  signal(SIGPIPE, SIG_IGN);
  if (!send(out, R"({"ready":true})")) return 1;
  std::string pending;
  std::array<char, 1 << 16> block{};
  for (;;) {
    const ssize_t got = ::read(in, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    pending.append(block.data(), static_cast<std::size_t>(got));
    for (std::size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
      if (!send(out, guarded_answer(pending.substr(0, end), look))) return 1;
      pending.erase(0, end + 1);
    }
  }
}

}  // namespace vioreview
