// SPDX-License-Identifier: Apache-2.0
#include "run/review.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/errors.h"
#include "format/codecs.h"
#include "ingest/ingest.h"
#include "judge/judge.h"
#include "run/divide.h"
#include "run/late.h"
#include "run/memory.h"
#include "run/survey.h"
#include "run/worker.h"
#include "store/lock.h"
#include "store/state.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t stop_requested = 0;
void request_stop(int) {
  stop_requested = 1;
}

// The pictures of a case that have to be looked at: those that are not remembered; all, where a
// close-up may come from one of them.
struct Job {
  std::size_t case_index = 0;
  std::vector<std::size_t> pictures;
};

std::vector<Job> jobs_of(const Batch& batch, const Catalogue& catalogue, FactsMemory& memory) {
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < batch.cases.size(); ++i) {
    Job job{i, {}};
    const Needs needs = needs_of(batch.cases[i], catalogue);
    const std::vector<PictureRef>& pictures = batch.cases[i].pictures;
    const bool enlarged = std::any_of(pictures.begin(), pictures.end(), [](const PictureRef& p) {
      return p.role == Role::closeup && !p.path.empty();
    });
    bool news = false;
    for (std::size_t k = 0; k < pictures.size(); ++k) {
      if (pictures[k].path.empty()) continue;
      const bool known = memory.knows(pictures[k], needs);
      news = news || !known;
      if (enlarged || !known) job.pictures.push_back(k);
    }
    if (news) jobs.push_back(std::move(job));
  }
  // Pictures in archives are looked at in the order of their entries: one pass reads them all.
  const auto place = [&](const Job& job) {
    const PictureRef& first = batch.cases[job.case_index].pictures[job.pictures.front()];
    return first.within ? std::tuple(first.path.native(), first.within->entry, first.within->offset)
                        : std::tuple(std::string(), std::int64_t{0}, std::int64_t{0});
  };
  std::stable_sort(jobs.begin(), jobs.end(),
                   [&](const Job& a, const Job& b) { return place(a) < place(b); });
  return jobs;
}

// The same problem for each picture that was asked for.
Facts failed(const LookRequest& request, const Problem& problem) {
  Facts facts;
  for (const PictureRef& picture : request.pictures) {
    PanelFacts panel;
    panel.file = picture.file;
    panel.role = picture.role;
    panel.failure = problem;
    panel.failure->file = panel.file;
    facts.panels.push_back(std::move(panel));
  }
  return facts;
}

// Pass 1: hands the cases that are not remembered to workers, and remembers what they saw. A case
// is kept as soon as it is seen.
class LookPass {
 public:
  LookPass(const ReviewOptions& options, const Batch& batch, FactsMemory& memory, State& state,
           Progress& progress)
      : options_(options),
        batch_(batch),
        memory_(memory),
        state_(state),
        progress_(progress),
        jobs_(jobs_of(batch, options.catalogue, memory)) {}

  void run(RunCounters& counters) {
    Jobs jobs;
    jobs.count = jobs_.size();
    jobs.request = [this](std::size_t job) { return begin(job); };
    jobs.answered = [this](std::size_t job, const std::string& line) {
      const auto facts = facts_answered(line, in_hand_.at(job).request);
      if (facts) keep(job, *facts);
      return facts.has_value();
    };
    jobs.failed = [this](std::size_t job, const Problem& problem) {
      keep(job, failed(in_hand_.at(job).request, problem));
    };
    jobs.stopped = [] { return stop_requested != 0; };
    const WorkerCounters workers = run_jobs(options_.workers, jobs);
    state_.flush();
    progress_.finish();
    counters.worker_crashes = workers.crashes;
    counters.worker_timeouts = workers.timeouts;
    counters.pictures_opened = opened_;
    counters.cases_perceived = static_cast<std::int64_t>(jobs_.size());
    counters.cases_remembered =
        static_cast<std::int64_t>(batch_.cases.size()) - counters.cases_perceived;
  }

 private:
  // A job that a worker has, and how its pictures lay when it got it.
  struct InHand {
    LookRequest request;
    std::vector<std::optional<FileStamp>> stamps;
  };

  std::string begin(std::size_t job) {
    const Case& c = batch_.cases[jobs_[job].case_index];
    InHand taken{{c.id, {}, needs_of(c, options_.catalogue)}, {}};
    for (const std::size_t k : jobs_[job].pictures) {
      taken.request.pictures.push_back(c.pictures[k]);
      taken.stamps.push_back(stamp_of(c.pictures[k]));
    }
    return request_line((in_hand_[job] = std::move(taken)).request);
  }

  void keep(std::size_t job, const Facts& facts) {
    const auto& [request, stamps] = in_hand_.at(job);
    for (std::size_t i = 0; i < facts.panels.size(); ++i)
      memory_.remember(request.pictures[i], stamps[i], request.needs, facts.panels[i]);
    in_hand_.erase(job);
    state_.commit();
    opened_ += static_cast<std::int64_t>(facts.panels.size());
    progress_.update("looking", ++done_, static_cast<std::int64_t>(jobs_.size()));
  }

  const ReviewOptions& options_;
  const Batch& batch_;
  FactsMemory& memory_;
  State& state_;
  Progress& progress_;
  std::vector<Job> jobs_;
  std::map<std::size_t, InHand> in_hand_;
  std::int64_t opened_ = 0, done_ = 0;
};

Facts facts_of(const Case& c, const Needs& needs, FactsMemory& memory) {
  Facts facts;
  for (const PictureRef& picture : c.pictures)
    facts.panels.push_back(memory.recall(picture, needs));
  return facts;
}

// For the summary: whose clocks were doubted, and which cases replace what was said before.
void tell_of_nights(const Batch& batch, const ReviewOptions& options, const Survey& survey,
                    RunCounters& counters) {
  counters.received = options.received;
  for (const DoubtedDevice& device : survey.doubted())
    counters.clocks.push_back(
        {device.device, device.cases, device.newest, device.doubt.offset_s, device.doubt.en});
  counters.overdue = survey.overdue();
  counters.revised = std::count_if(batch.cases.begin(), batch.cases.end(),
                                   [](const Case& c) { return c.revision > 1; });
}

// Pass 2: judges every case from remembered facts. The ledger learns of the verdicts once the
// manifest is there: no later case is the duplicate of one that was never told.
Summary judge_all(const ReviewOptions& options, Batch& batch, FactsMemory& memory, State& state,
                  RunCounters& counters, Clock::time_point begun, Progress& progress) {
  const auto facts_of_case = [&](const Case& c) {
    if (stop_requested != 0) throw StoppedError("stopped; the same command resumes");
    return facts_of(c, needs_of(c, options.catalogue), memory);
  };
  const Survey survey(batch, facts_of_case, options.catalogue, options.policy, options.received,
                      state);
  const auto emitter = make_emitter(options.out, options.versions, options.catalogue);
  std::vector<LedgerEntry> told;
  for (Case& c : batch.cases) {
    const Divided seen = divided(c, facts_of_case(c));
    const SiteInUse site = site_for(seen.c, seen.facts, options.sites);
    if (!site.note.empty()) c.notes.push_back(site.note);
    const Verdict verdict = judge(seen.c, seen.facts, survey.events(), options.catalogue,
                                  options.policy, survey.clocks(), site);
    emitter->add(c, seen.facts, verdict);
    told.push_back(survey.entry(told.size(), verdict));
    progress.update("judging", static_cast<std::int64_t>(told.size()),
                    static_cast<std::int64_t>(batch.cases.size()));
  }
  progress.finish();
  tell_of_nights(batch, options, survey, counters);
  counters.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  Summary summary = emitter->finish(counters);
  for (const LedgerEntry& entry : told) state.record(entry);
  state.flush();
  return summary;
}

// All that facts depend on beside picture, role and needs.
std::string models_of(const ReviewOptions& options) {
  return options.models_key + "|" + options.versions.isa + "|" + options.versions.tool +
         "|print 2|lamps 2|layout 2";
}

}  // namespace

void stop_on_signals() {
  stop_requested = 0;
  struct sigaction action {};
  action.sa_handler = request_stop;
  action.sa_flags = SA_RESTART;  // only waiting for workers is cut short
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Reviewed review(const ReviewOptions& options, Progress& progress) {
  const auto begun = Clock::now();
  Batch batch = ingest(options.batch, options.name_template, options.pictures);
  const Lock output(options.out);
  const auto state = State::open(options.state);
  FactsMemory memory(*state, models_of(options));
  add_late_pictures(batch, options.catalogue, *state, memory);
  Reviewed reviewed;
  reviewed.counters.workers = options.workers.count;
  LookPass(options, batch, memory, *state, progress).run(reviewed.counters);
  reviewed.summary = judge_all(options, batch, memory, *state, reviewed.counters, begun, progress);
  progress.summarise(reviewed.summary, reviewed.counters);
  return reviewed;
}

std::vector<std::pair<Case, Facts>> remembered_cases(const ReviewOptions& options) {
  std::vector<std::pair<Case, Facts>> cases;
  if (!fs::exists(options.state / "state.db")) return cases;
  const auto state = State::open(options.state);
  FactsMemory memory(*state, models_of(options));
  for (const Case& c : ingest(options.batch).cases) {
    const Needs needs = needs_of(c, options.catalogue);
    if (std::all_of(c.pictures.begin(), c.pictures.end(),
                    [&](const PictureRef& picture) { return memory.knows(picture, needs); }))
      cases.emplace_back(c, facts_of(c, needs, memory));
  }
  return cases;
}

Planned plan_review(const ReviewOptions& options) {
  Batch batch = ingest(options.batch, options.name_template, options.pictures);
  const auto state = fs::exists(options.state / "state.db") ? State::open(options.state) : nullptr;
  std::optional<FactsMemory> memory;
  if (state) {
    memory.emplace(*state, models_of(options));
    add_late_pictures(batch, options.catalogue, *state, *memory);
  }
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
    if (c.pictures.empty() && !c.problems.empty())
      line += " (" + c.source + ": " + c.problems.front().detail + ")";
    planned.lines.push_back(std::move(line));
    planned.pictures += c.pictures.size();
    planned.remembered += known;
  }
  return planned;
}

}  // namespace vioreview
