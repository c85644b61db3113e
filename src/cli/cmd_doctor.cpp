// SPDX-License-Identifier: Apache-2.0
// vioreview doctor: does this installation work? Versions, models, limits, and one made-up case
// through all stages.
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <thread>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"
#include "cli/look.h"
#include "cli/scratch_folder.h"
#include "cli/version.h"
#include "core/errors.h"
#include "emit/emit.h"
#include "format/codecs.h"
#include "ingest/ingest.h"
#include "judge/judge.h"
#include "perceive/torch/torch_perceiver.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string models;
  bool json = false;
};

struct Item {
  std::string name;
  bool ok = true;
  std::string text;
};

// The simplest picture there is: an uncompressed 24-bit BMP, grey from dark to light.
std::string bmp_picture(int width, int height) {
  std::string bytes(54, '\0');
  const auto put = [&](std::size_t at, std::uint32_t n) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(n >> (8 * i));
  };
  const auto size = static_cast<std::uint32_t>(width * height * 3);
  bytes[0] = 'B', bytes[1] = 'M';
  put(2, 54 + size), put(10, 54), put(14, 40);
  put(18, static_cast<std::uint32_t>(width)), put(22, static_cast<std::uint32_t>(height));
  bytes[26] = 1, bytes[28] = 24;
  for (int i = 0; i < width * height; ++i)
    bytes.append(3, static_cast<char>(i * 255 / (width * height)));
  return bytes;
}

// A case that holds no vehicle must come out as one line, and as manual.
std::string self_test(Perceiver& perceiver) {
  const ScratchFolder scratch("doctor");
  const fs::path folder = scratch.path() / "case";
  fs::create_directory(folder);
  std::ofstream(folder / "1.bmp", std::ios::binary) << bmp_picture(640, 360);
  std::ofstream(folder / "record.json")
      << R"({"case_id":"self-test","violation":"1636","plate":"京A12345","speed_kmh":78,"limit_kmh":60,"pictures":["1.bmp"]})";
  const Batch batch = ingest(scratch.path());
  if (batch.cases.size() != 1)
    return "ingest made " + std::to_string(batch.cases.size()) + " cases of one";
  const Catalogue catalogue = load_catalogue("");
  const Case& c = batch.cases.front();
  Facts facts;
  for (const PictureRef& picture : c.pictures) {
    facts.panels.push_back(look_at(picture, needs_of(c, catalogue), perceiver).facts);
    if (const auto& failure = facts.panels.back().failure)
      return failure->reason + ": " + failure->detail;
  }
  const Verdict verdict = judge(c, facts, EventIndex{}, catalogue, load_policy("", catalogue));
  if (verdict.decision != Decision::manual) return "a picture without a vehicle was decided";
  return manifest_line(c, facts, verdict, Versions{}).empty() ? "no manifest line" : "";
}

Item guarded(const std::string& name, const std::function<std::string()>& problem) {
  try {
    const std::string found = problem();
    return {name, found.empty(), found.empty() ? "ok" : found};
  } catch (const std::exception& error) {
    return {name, false, error.what()};
  }
}

std::vector<Item> versions_and_limits() {
  struct sysinfo memory {};
  sysinfo(&memory);
  const auto gib = static_cast<double>(memory.totalram) * memory.mem_unit / (1 << 30);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  return {{"vioreview", true, kVersion},
          {"libtorch", have_torch(),
           have_torch() ? torch_version() : "not built in: only recorded facts can be judged"},
          {"isa", true, current_isa() + " (network outputs differ between instruction sets)"},
          {"cores", true, std::to_string(std::thread::hardware_concurrency())},
          {"memory", gib > 1.5,
           std::to_string(static_cast<int>(gib + 0.5)) + " GiB; a worker takes about half a GiB"},
          {"open files", files.rlim_cur >= 256, std::to_string(files.rlim_cur)}};
}

std::vector<Item> examine(const Options& options) {
  std::vector<Item> items = versions_and_limits();
  items.push_back(
      guarded("catalogue", [] { return load_catalogue("").violations.empty() ? "is empty" : ""; }));
  items.push_back(guarded("policy", [] { return load_policy("", load_catalogue("")), ""; }));
  std::vector<ModelCard> cards;
  items.push_back(guarded("models", [&] {
    cards = read_model_cards(models_dir(options.models));
    return cards.empty() ? "none found; give the folder with --models" : "";
  }));
  for (const ModelCard& card : cards)
    items.push_back(guarded("model " + card.name, [&] { return verify_model(card); }));
  items.push_back(guarded("self-test", [&] { return self_test(*make_torch_perceiver(cards)); }));
  return items;
}

int run(const Options& options, Streams& streams) {
  int code = kDone;
  for (const Item& item : examine(options)) {
    if (!item.ok) code = kFailed;
    if (options.json)
      streams.out << write_json(
                         Value().set("item", item.name).set("ok", item.ok).set("text", item.text))
                  << '\n';
    else
      streams.out << (item.ok ? "ok    " : "FAIL  ") << item.name << ": " << item.text << '\n';
  }
  return code;
}

}  // namespace

RunCommand declare_doctor(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--models", options->models, "The models folder");
  app.add_flag("--json", options->json, "One JSON object an item");
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
