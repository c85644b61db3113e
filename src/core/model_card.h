// SPDX-License-Identifier: Apache-2.0
// The values of models/NAME/card.toml: what a model file is, takes and gives. Documented in
// models/README.md.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vioreview {

struct ModelCard {
  std::string name, task, version;
  std::filesystem::path file;  // absolute: the card's folder and its `file`
  std::string sha256;          // what the file must have
  std::vector<std::string> labels;
  std::string charset;  // reader: one character per class, in order
  int width = 0, height = 0;
  std::array<float, 3> mean{}, std{1, 1, 1};  // of x / 255
  std::vector<std::pair<std::string, std::vector<std::int64_t>>>
      outputs;  // name and shape in order, the batch as 0
  std::map<std::string, double> thresholds;
  std::map<std::string, std::vector<double>> calibration;  // a number is a list of one
  std::map<std::string, std::string>
      accuracy;                   // for people: "0.983 of 1000 (test-public/ccpd1000)"
  std::vector<std::string> data;  // training data with licences
};

}  // namespace vioreview
