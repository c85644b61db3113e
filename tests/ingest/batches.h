// SPDX-License-Identifier: Apache-2.0
// Batches made by a test, and what they were read as.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "format/codecs.h"
#include "ingest/ingest.h"
#include "testing.h"

namespace vioreview {

// Ingests and checks what holds for every batch: ids are unique and sorted, contents are hashes,
// pictures lie below the root, and cases pass the pipe to a worker unchanged.
inline Batch ingested(const std::filesystem::path& path) {
  Batch batch = ingest(path);
  for (std::size_t i = 0; i < batch.cases.size(); ++i) {
    const Case& c = batch.cases[i];
    EXPECT_TRUE(i == 0 || batch.cases[i - 1].id < c.id) << c.id;
    EXPECT_EQ(c.content.size(), 64U);
    EXPECT_FALSE(c.id.empty() || c.source.empty());
    for (const PictureRef& picture : c.pictures) {
      if (picture.path.empty()) continue;
      EXPECT_TRUE(std::filesystem::is_regular_file(picture.path)) << picture.file;
      const auto real = std::filesystem::canonical(picture.path).string();
      EXPECT_TRUE(real.starts_with(std::filesystem::canonical(batch.root).string())) << real;
    }
    const auto tree = parse_json(write_json(to_value(c)));
    EXPECT_TRUE(tree.ok() && case_from(tree.value()) == c) << c.id;
  }
  return batch;
}

inline const Case& case_at(const Batch& batch, const std::string& source) {
  for (const Case& c : batch.cases)
    if (c.source == source) return c;
  std::string all;
  for (const Case& c : batch.cases) all += " " + c.source;
  throw std::runtime_error("no case at " + source + ", but:" + all);
}

// "reason file" of each problem.
inline std::vector<std::string> problems_of(const Case& c) {
  std::vector<std::string> problems;
  for (const Problem& problem : c.problems) problems.push_back(problem.reason + " " + problem.file);
  return problems;
}

inline std::vector<std::string> files_of(const Case& c) {
  std::vector<std::string> files;
  for (const PictureRef& picture : c.pictures) files.push_back(picture.file);
  return files;
}

inline std::vector<std::string> ids_of(const Batch& batch) {
  std::vector<std::string> ids;
  for (const Case& c : batch.cases) ids.push_back(c.id);
  return ids;
}

}  // namespace vioreview
