// SPDX-License-Identifier: Apache-2.0
// vioreview_bench [MODELS [INBOX [PROGRAM]]]: what looking costs here. Nets alone against the
// machine's convolution peak, the stages of a picture, and cases per second with one and two
// worker processes. Medians; compare ratios, not milliseconds of different machines.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "perceive/perceiver.h"
#include "perceive/pipeline.h"
#include "perceive/torch/convolutions.h"
#include "perceive/torch/torch_net.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

// Adds up what a net costs inside the pipeline.
struct Cost {
  double seconds = 0;
  std::int64_t pictures = 0;
};

class TimedNet : public Net {
 public:
  TimedNet(std::unique_ptr<Net> net, Cost& cost)
      : Net(net->card()), net_(std::move(net)), cost_(cost) {}
  std::vector<Tensor> run(const std::vector<float>& pictures, std::int64_t batch) override {
    std::vector<Tensor> out;
    cost_.seconds += seconds([&] { out = net_->run(pictures, batch); });
    cost_.pictures += batch;
    return out;
  }

 private:
  std::unique_ptr<Net> net_;
  Cost& cost_;
};

double ms_of(Net& net, std::int64_t batch) {
  const std::vector<float> input(
      static_cast<std::size_t>(batch * 3 * net.card().width * net.card().height), 0.25F);
  for (int i = 0; i < 3; ++i) net.run(input, batch);
  std::vector<double> times;
  times.reserve(25);
  for (int i = 0; i < 25; ++i) times.push_back(seconds([&] { net.run(input, batch); }));
  return 1000 * median(times) / static_cast<double>(batch);
}

// What one look of each net costs, by task, and what the machine can do.
struct Work {
  std::map<std::string, double> gflop;
  double peak = 0;  // GFLOP/s
};

Work nets_alone(const std::vector<ModelCard>& cards) {
  Work work;
  std::vector<double> peaks{convolution_peak(5)};
  struct Row {
    std::string name;
    double gflop, one, eight;
  };
  std::vector<Row> rows;
  for (const ModelCard& card : cards) {
    const auto net = make_torch_net(card);
    work.gflop[card.task] = convolution_flops(card) / 1e9;
    rows.push_back({card.name, work.gflop[card.task], ms_of(*net, 1), ms_of(*net, 8)});
    peaks.push_back(convolution_peak(5));
  }
  const double peak = work.peak = median(peaks) / 1e9;
  std::printf("Nets, one thread, fp32; convolution peak of this machine %.0f GFLOP/s\n", peak);
  std::printf(
      "| net | GFLOP | ms, alone | ms, of 8 together | share of the peak, alone |\n"
      "|---|---|---|---|---|\n");
  for (const Row& row : rows)
    std::printf("| %s | %.2f | %.1f | %.1f | %.0f %% |\n", row.name.c_str(), row.gflop, row.one,
                row.eight, 100 * row.gflop / (row.one / 1000) / peak);
  return work;
}

std::vector<Image> panels_of(const fs::path& inbox) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(inbox))
    if (entry.path().extension() == ".jpg" || entry.path().extension() == ".png")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Image> panels;
  for (const fs::path& file : files) {
    const cv::Mat bgr = cv::imread(file.string());
    if (bgr.empty()) continue;
    Image panel(bgr.cols, bgr.rows);
    cv::Mat rgb(bgr.rows, bgr.cols, CV_8UC3, panel.pixels.data());
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    panels.push_back(std::move(panel));
  }
  return panels;
}

void stages(const std::vector<ModelCard>& cards, const Work& work, const fs::path& inbox) {
  std::map<std::string, Cost> costs;
  std::map<std::string, std::unique_ptr<Net>> nets;
  for (const ModelCard& card : cards)
    nets[card.task] = std::make_unique<TimedNet>(make_torch_net(card), costs[card.task]);
  const auto perceiver = make_pipeline(std::move(nets));
  const std::vector<Image> panels = panels_of(inbox);
  if (panels.empty()) return;
  const auto look = [&](const Image& panel) {
    PanelFacts facts;
    Needs needs;
    needs.signals = needs.markings = true;
    perceiver->perceive(panel, needs, facts);
  };
  for (const Image& panel : panels) look(panel);  // every batch size once
  for (auto& [task, cost] : costs) cost = {};
  std::vector<double> times;
  times.reserve(panels.size());
  double all = 0;
  for (const Image& panel : panels) times.push_back(seconds([&] { look(panel); }));
  for (const double t : times) all += t;
  const auto n = static_cast<double>(panels.size());
  std::printf(
      "\nOne picture of %s (%zu pictures), means; a whole picture: median %.0f ms\n"
      "| stage | looks | ms |\n|---|---|---|\n",
      inbox.string().c_str(), panels.size(), 1000 * median(times));
  double inside = 0, gflop = 0;
  for (const auto& [task, cost] : costs) {
    inside += cost.seconds;
    gflop += work.gflop.at(task) * static_cast<double>(cost.pictures);
    std::printf("| %s | %.1f | %.1f |\n", task.c_str(), static_cast<double>(cost.pictures) / n,
                1000 * cost.seconds / n);
  }
  std::printf("| all nets: %.1f GFLOP, %.0f %% of the peak | | %.1f |\n", gflop / n,
              100 * gflop / inside / work.peak, 1000 * inside / n);
  std::printf("| cutting, warping, strings | | %.1f |\n| all | | %.1f |\n",
              1000 * (all - inside) / n, 1000 * all / n);
}

void whole_program(const fs::path& program, const fs::path& models, const fs::path& inbox) {
  std::size_t cases = 0;
  for (const auto& entry : fs::directory_iterator(inbox)) cases += entry.is_directory();
  const fs::path out =
      fs::temp_directory_path() / ("vioreview-bench-" + std::to_string(std::rand()));
  std::printf(
      "\n%zu cases of %s through `review`, start of the program included\n"
      "| workers | cases/s |\n|---|---|\n",
      cases, inbox.string().c_str());
  for (const int workers : {1, 2}) {
    std::vector<double> times;
    for (int round = 0; round < 3; ++round) {
      fs::remove_all(out);
      const std::string command = "'" + program.string() + "' review '" + inbox.string() +
                                  "' -o '" + out.string() + "' --models '" + models.string() +
                                  "' --workers " + std::to_string(workers) + " >/dev/null 2>&1";
      int status = 0;
      times.push_back(seconds([&] { status = std::system(command.c_str()); }));
      if (status != 0 && WEXITSTATUS(status) != 3) {
        std::fprintf(stderr, "failed: %s\n", command.c_str());
        return;
      }
    }
    std::printf("| %d | %.2f |\n", workers, static_cast<double>(cases) / median(times));
  }
  fs::remove_all(out);
}

}  // namespace
}  // namespace vioreview

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const std::vector<std::string> given(argv + 1, argv + argc);
  const fs::path models = given.empty() ? "models" : given[0];
  const fs::path inbox = given.size() > 1 ? given[1] : "samples/inbox";
  const fs::path program = given.size() > 2
                               ? fs::path(given[2])
                               : fs::read_symlink("/proc/self/exe").parent_path() / "vioreview";
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // it takes minutes: each line as it is known
  try {
    const auto cards = vioreview::read_model_cards(models);
    vioreview::stages(cards, vioreview::nets_alone(cards), inbox);
    vioreview::whole_program(program, models, inbox);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
