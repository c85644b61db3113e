// SPDX-License-Identifier: Apache-2.0
// vioreview models: the cards, and whether each file is the one its card names.
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"
#include "format/value.h"
#include "perceive/perceiver.h"
#include "perceive/torch/torch_perceiver.h"

namespace vioreview {
namespace {

struct Options {
  std::string models;
  bool json = false;
};

Value described(const ModelCard& card, const std::string& problem) {
  Value accuracy{Value::Object{}}, data{Value::Array{}};
  for (const auto& [name, text] : card.accuracy) accuracy.set(name, text);
  for (const std::string& source : card.data) data.push(source);
  Value value;
  value.set("name", card.name).set("task", card.task).set("version", card.version);
  value.set("sha256", card.sha256).set("ok", problem.empty()).set("problem", problem);
  return value.set("accuracy", std::move(accuracy)).set("data", std::move(data));
}

void print(const ModelCard& card, const std::string& problem, std::ostream& out) {
  out << card.name << "  " << card.task << "  " << card.width << "x" << card.height << "  sha256 "
      << card.sha256.substr(0, 12) << "  " << (problem.empty() ? "ok" : "NOT USABLE: " + problem)
      << '\n';
  for (const auto& [name, text] : card.accuracy) out << "    " << name << ": " << text << '\n';
}

int run(const Options& options, Streams& streams) {
  bool all_ok = true;
  for (const ModelCard& card : read_model_cards(models_dir(options.models))) {
    const std::string problem = verify_model(card);
    all_ok = all_ok && problem.empty();
    if (options.json)
      streams.out << write_json(described(card, problem)) << '\n';
    else
      print(card, problem, streams.out);
  }
  return all_ok ? kDone : kFailed;
}

}  // namespace

RunCommand declare_models(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--models", options->models, "The models folder");
  app.add_flag("--json", options->json, "One JSON object a model");
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
