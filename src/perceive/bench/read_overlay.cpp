// SPDX-License-Identifier: Apache-2.0
// vioreview_read_overlay: what is burned into pictures, for scripts/eval/overlay.py. A line of
// standard input is a picture's path and maybe regions after tabs, each "x0 y0 x1 y1"; a line of
// output is JSON: file, milliseconds, overlay.
#include <chrono>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "format/codecs.h"
#include "perceive/overlay.h"

namespace vioreview {
namespace {

Image load(const std::string& file) {
  const cv::Mat bgr = cv::imread(file);
  Image image(bgr.cols, bgr.rows);
  if (!bgr.empty())
    cv::cvtColor(bgr, cv::Mat(bgr.rows, bgr.cols, CV_8UC3, image.pixels.data()), cv::COLOR_BGR2RGB);
  return image;
}

int run() {
  const auto reader = make_overlay_reader();
  if (!reader) {
    std::cerr << "this build has no Tesseract: build with -DVIOREVIEW_TESSERACT=ON\n";
    return 2;
  }
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream parts(line);
    PanelFacts facts;
    std::getline(parts, facts.file, '\t');
    const Image image = load(facts.file);
    std::vector<Box> regions;
    for (std::string region; std::getline(parts, region, '\t');) {
      Box box;
      std::istringstream(region) >> box.x0 >> box.y0 >> box.x1 >> box.y1;
      regions.push_back(box);
    }
    if (regions.empty())
      regions.push_back({0, 0, static_cast<float>(image.width), static_cast<float>(image.height)});
    const auto start = std::chrono::steady_clock::now();
    facts.overlay = reader->read(image, regions);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    std::cout << write_json(to_value(facts).set("ms", took.count())) << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace vioreview

int main() {
  return vioreview::run();
}
