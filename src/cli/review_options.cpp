// SPDX-License-Identifier: Apache-2.0
#include "cli/review_options.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/configuration.h"
#include "cli/environment.h"
#include "cli/version.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "perceive/perceiver.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

WorkerOptions worker_options(const ReviewArguments& arguments, const std::string& models) {
  WorkerOptions workers;
  workers.command = {"/proc/self/exe", "worker"};
  if (arguments.recorded.empty())
    workers.command.insert(workers.command.end(), {"--models", models});
  else
    workers.command.insert(workers.command.end(), {"--recorded", arguments.recorded});
  workers.count = arguments.workers > 0
                      ? arguments.workers
                      : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  workers.job_timeout_s = arguments.case_timeout_s;
  workers.memory_mb = arguments.worker_memory_mb;
  if (arguments.isa == "avx2")
    workers.environment = {{"ONEDNN_MAX_CPU_ISA", "AVX2"}, {"ATEN_CPU_CAPABILITY", "avx2"}};
  return workers;
}

// "now" is the one way to ask the host's clock; summary.json says what it told.
std::optional<Time> time_received(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "now") {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Time{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  }
  const auto time = parse_time(text);
  if (!time)
    throw UsageError("--received " + text +
                     ": is no time; write 2026-03-15T06:00 (UTC+8 without a zone), or now");
  return time;
}

}  // namespace

void add_review_options(CLI::App& app, ReviewArguments& a) {
  app.add_option("--workers", a.workers, "Worker processes (default: one a core)")
      ->check(CLI::Range(1, 256));
  app.add_option("--models", a.models, "The models folder");
  app.add_option("--recorded", a.recorded,
                 "Judge facts recorded elsewhere (JSON Lines) instead of looking with models")
      ->check(CLI::ExistingFile);
  app.add_option("--policy", a.policy, "A policy of your own (TOML)")->check(CLI::ExistingFile);
  app.add_option("--catalogue", a.catalogue, "A catalogue of your own (TOML)")
      ->check(CLI::ExistingFile);
  app.add_option("--sites", a.sites, "A folder of site profiles (TOML; see vioreview sites)")
      ->check(CLI::ExistingDirectory);
  app.add_option(
         "--isa", a.isa,
         "Fix the instruction set of the nets, so that other machines give the same outputs")
      ->check(CLI::IsMember({"avx2"}));
  app.add_option("--case-timeout", a.case_timeout_s, "Seconds that one case may take")
      ->check(CLI::Range(1.0, 3600.0));
  app.add_option("--worker-memory", a.worker_memory_mb,
                 "MiB of data that one worker may take, 0 for no limit")
      ->check(CLI::Range(0, 1 << 20));
  app.add_option("--lang", a.lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
}

ReviewOptions review_options(const ReviewArguments& a) {
  ReviewOptions options;
  options.batch = a.batch;
  options.name_template = a.name_template;
  options.pictures = a.pictures;
  options.out = a.out;
  options.state = a.state.empty() ? fs::path(a.out) / "state" : fs::path(a.state);
  options.received = time_received(a.received);
  options.catalogue = load_catalogue(a.catalogue);
  options.policy = load_policy(a.policy, options.catalogue);
  options.sites = load_sites(a.sites);
  options.versions = {kVersion,
                      a.isa.empty() ? current_isa() : a.isa,
                      options.catalogue.sha256,
                      options.policy.sha256,
                      options.sites.sha256(),
                      {},
                      ""};
  std::string models;
  if (a.recorded.empty()) {
    models = fs::absolute(models_dir(a.models)).string();
    const std::vector<ModelCard> cards = read_model_cards(models);
    options.models_key = models_key(cards);
    for (const ModelCard& card : cards)
      options.versions.models.emplace_back(card.name, card.sha256);
  } else {
    options.models_key = "recorded " + sha256_of_file(a.recorded);
  }
  options.versions.basis = fitted_on(options.catalogue, options.models_key);
  // Limits that were fitted on other models, another catalogue or tool prove nothing here.
  if (options.policy.fitted_on != options.versions.basis) options.policy.proven.clear();
  options.workers = worker_options(a, models);
  return options;
}

std::unique_ptr<Progress> make_progress(Streams& streams) {
  return streams.terminal ? make_terminal_progress(streams.err) : make_json_progress(streams.err);
}

}  // namespace vioreview
