// SPDX-License-Identifier: Apache-2.0
#include "run/review.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <sys/stat.h>

#include "core/errors.h"
#include "core/sha256.h"
#include "format/codecs.h"
#include "ingest/ingest.h"
#include "judge/judge.h"
#include "run/memory.h"
#include "run/worker.h"
#include "store/lock.h"
#include "store/state.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

volatile std::sig_atomic_t stop_requested = 0;
void request_stop(int) {
  stop_requested = 1;
}

// The pictures of a case that have to be looked at.
struct Job {
  std::size_t case_index = 0;
  std::vector<std::size_t> pictures;
};

std::vector<Job> jobs_of(const Batch& batch, const Catalogue& catalogue, FactsMemory& memory) {
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < batch.cases.size(); ++i) {
    Job job{i, {}};
    const Needs needs = needs_of(batch.cases[i], catalogue);
    for (std::size_t k = 0; k < batch.cases[i].pictures.size(); ++k) {
      const PictureRef& picture = batch.cases[i].pictures[k];
      if (!picture.path.empty() && !memory.knows(picture, needs)) job.pictures.push_back(k);
    }
    if (!job.pictures.empty()) jobs.push_back(std::move(job));
  }
  return jobs;
}

std::string line_of(const Batch& batch, const Job& job, const Catalogue& catalogue) {
  const Case& c = batch.cases[job.case_index];
  LookRequest request{c.id, {}, needs_of(c, catalogue)};
  for (const std::size_t k : job.pictures) request.pictures.push_back(c.pictures[k]);
  return request_line(request);
}

// The worker's answer as panels, or the same problem for each picture that was asked for.
std::vector<PanelFacts> panels_of(const Case& c, const Job& job,
                                  const Result<std::string>& answer) {
  Problem problem{"case_crashed", "",
                  "a worker answered with something else; look at its pictures by hand"};
  if (answer) {
    const auto parsed = parse_json(answer.value());
    if (parsed) {
      Facts facts = facts_from(parsed.value());
      if (facts.panels.size() == job.pictures.size()) return std::move(facts.panels);
    }
  } else {
    problem = answer.problem();
  }
  std::vector<PanelFacts> panels;
  for (const std::size_t k : job.pictures) {
    PanelFacts panel;
    panel.file = c.pictures[k].file;
    panel.role = c.pictures[k].role;
    panel.failure = problem;
    panel.failure->file = panel.file;
    panels.push_back(std::move(panel));
  }
  return panels;
}

void perceive(const ReviewOptions& options, const Batch& batch, FactsMemory& memory,
              RunCounters& counters, Progress& progress) {
  const std::vector<Job> jobs = jobs_of(batch, options.catalogue, memory);
  std::vector<std::string> lines;
  for (const Job& job : jobs) lines.push_back(line_of(batch, job, options.catalogue));
  std::int64_t done = 0;
  const auto total = static_cast<std::int64_t>(jobs.size());
  const auto take = [&](std::size_t index, const Result<std::string>& answer) {
    const Job& job = jobs[index];
    const Case& c = batch.cases[job.case_index];
    const Needs needs = needs_of(c, options.catalogue);
    std::vector<PanelFacts> panels = panels_of(c, job, answer);
    for (std::size_t i = 0; i < panels.size(); ++i)
      memory.remember(c.pictures[job.pictures[i]], needs, panels[i]);
    counters.pictures_opened += static_cast<std::int64_t>(panels.size());
    progress.update("looking", ++done, total);
  };
  const WorkerCounters workers =
      run_jobs(options.workers, lines, take, [] { return stop_requested != 0; });
  counters.worker_crashes = workers.crashes;
  counters.worker_timeouts = workers.timeouts;
  counters.cases_perceived = total;
  counters.cases_remembered = static_cast<std::int64_t>(batch.cases.size()) - total;
  progress.finish();
}

Facts facts_of(const Case& c, const Needs& needs, FactsMemory& memory) {
  Facts facts;
  for (const PictureRef& picture : c.pictures)
    facts.panels.push_back(memory.recall(picture, needs));
  return facts;
}

// This batch's events, and those of other cases in the ledger: a case's own earlier runs do not
// count.
EventIndex events_of(const Batch& batch, const Catalogue& catalogue, State& state) {
  std::vector<Event> events;
  std::map<std::string, bool> here;
  for (const Case& c : batch.cases) {
    here[c.id] = true;
    if (auto event = event_of(c, catalogue)) events.push_back(std::move(*event));
  }
  for (const LedgerEntry& e : state.events())
    if (!here.contains(e.case_id)) events.push_back({e.case_id, e.plate, e.code, e.place, e.time});
  return EventIndex(std::move(events));
}

LedgerEntry entry_of(const Case& c, const Verdict& verdict, const Catalogue& catalogue) {
  LedgerEntry entry{c.id, c.content, "", "", "", {}, std::string(name_of(verdict.decision))};
  if (const auto event = event_of(c, catalogue)) {
    entry.plate = event->plate;
    entry.code = event->code;
    entry.place = event->place;
    entry.time = event->time;
  }
  return entry;
}

Summary judge_all(const ReviewOptions& options, const Batch& batch, FactsMemory& memory,
                  State& state, RunCounters& counters, std::chrono::steady_clock::time_point begun,
                  Progress& progress) {
  const EventIndex events = events_of(batch, options.catalogue, state);
  const auto emitter = make_emitter(options.out, options.versions, options.catalogue);
  std::int64_t done = 0;
  for (const Case& c : batch.cases) {
    if (stop_requested != 0) throw StoppedError("stopped; the same command resumes");
    const Facts facts = facts_of(c, needs_of(c, options.catalogue), memory);
    const Verdict verdict = judge(c, facts, events, options.catalogue, options.policy);
    emitter->add(c, facts, verdict);
    state.record(entry_of(c, verdict, options.catalogue));
    progress.update("judging", ++done, static_cast<std::int64_t>(batch.cases.size()));
  }
  progress.finish();
  state.flush();
  counters.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return emitter->finish(counters);
}

}  // namespace

void stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = request_stop;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Reviewed review(const ReviewOptions& options, Progress& progress) {
  const auto begun = std::chrono::steady_clock::now();
  const Batch batch = ingest(options.batch);
  const Lock output(options.out);
  const auto state = State::open(options.state);
  FactsMemory memory(*state, options.models_key + "|" + options.versions.isa);
  Reviewed reviewed;
  reviewed.counters.workers = options.workers.count;
  perceive(options, batch, memory, reviewed.counters, progress);
  state->flush();
  reviewed.summary = judge_all(options, batch, memory, *state, reviewed.counters, begun, progress);
  return reviewed;
}

Planned plan_review(const ReviewOptions& options) {
  const Batch batch = ingest(options.batch);
  const auto state = fs::exists(options.state / "state.db") ? State::open(options.state) : nullptr;
  std::optional<FactsMemory> memory;
  if (state) memory.emplace(*state, options.models_key + "|" + options.versions.isa);
  Planned planned;
  planned.cases = batch.cases.size();
  for (const Case& c : batch.cases) {
    std::size_t known = 0;
    const Needs needs = needs_of(c, options.catalogue);
    for (const PictureRef& picture : c.pictures)
      if (memory && !picture.path.empty() && memory->knows(picture, needs)) ++known;
    std::string line = c.id + "  " + (c.record.violation.empty() ? "-" : c.record.violation) +
                       "  " + std::to_string(c.pictures.size()) + " pictures, " +
                       std::to_string(known) + " remembered";
    for (const Problem& problem : c.problems) line += "  " + problem.reason;
    planned.lines.push_back(std::move(line));
    planned.pictures += c.pictures.size();
    planned.remembered += known;
  }
  return planned;
}

}  // namespace vioreview
